"""Written reports of real results: both kinds, both formats, and results without their images."""

import re
import shutil
from dataclasses import replace

import docx
import pytest

from errors import ExportError, InputError
from exports.written.html import render
from services.open_case import open_case
from services.report_matter import Manner, compose
from services.write_report import write_report
from tests.counting import add_bright_counter, counted, write_huts
from wording.document import Figure
from wording.english import ENGLISH
from wording.matter import Answer


@pytest.fixture(scope="module")
def count_folder(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        add_bright_counter(patch)
        files = write_huts(tmp_path_factory.mktemp("huts"))
        return counted(files, tmp_path_factory.mktemp("count") / "out").folder


def figures(document):
    return [one for part in document.sections for one in part.blocks if isinstance(one, Figure)]


def test_a_comparison_becomes_a_page_and_a_document(result_folder, tmp_path):
    paths = write_report(result_folder, formats=("html", "docx"), out_dir=tmp_path / "new")
    assert [path.name for path in paths] == ["report-full-en.html", "report-full-en.docx"]
    text = paths[0].read_text(encoding="utf-8")
    caption = (result_folder / "caption.txt").read_text(encoding="utf-8").strip()
    plain = re.sub(r"<sup>.*?</sup>|<[^>]+>", "", text)
    assert caption in plain
    assert docx.Document(str(paths[1])).inline_shapes
    assert {path.name for path in (tmp_path / "new").iterdir()} == {path.name for path in paths}


def test_it_shows_the_area_and_the_largest_things_at_both_dates(result_folder):
    document = compose(open_case(result_folder), result_folder)
    found = figures(document)
    assert len(found) == 4  # the area and the three new houses
    assert all(
        [one.label for one in figure.pictures] == ["pre", "post", "found"] for figure in found
    )
    sizes = [figure.pictures[0].width_px for figure in found]
    assert all(size >= 300 for size in sizes)


def test_outlines_are_drawn_on_the_third_picture_only(result_folder):
    (area, *_rest) = figures(compose(open_case(result_folder), result_folder))
    _pre, post, found = area.pictures
    assert post.data != found.data
    assert (post.width_px, post.height_px) == (found.width_px, found.height_px)


def test_a_count_names_what_appeared_and_vanished(count_folder):
    document = compose(open_case(count_folder), count_folder)
    captions = [figure.caption.text for figure in figures(document)]
    assert any("hut, appeared" in caption for caption in captions)
    assert any("hut, vanished" in caption for caption in captions)
    text = render(document)
    assert "What became of the huts" in text


def test_without_the_images_the_report_is_still_written(
    result_folder, houses, tmp_path, monkeypatch
):
    moved = tmp_path / "moved"
    shutil.copytree(result_folder, moved)
    record = (moved / "run.json").read_text(encoding="utf-8")
    (moved / "run.json").write_text(record.replace("pre.tif", "gone.tif"), encoding="utf-8")
    document = compose(open_case(moved), moved)
    assert figures(document) == []
    assert "no longer where they were" in render(document)


def test_an_image_that_changed_is_not_shown(result_folder, tmp_path):
    moved = tmp_path / "moved"
    shutil.copytree(result_folder, moved)
    record = (moved / "run.json").read_text(encoding="utf-8")
    sha256 = re.search(r'"sha256": "([0-9a-f]{64})"', record).group(1)
    (moved / "run.json").write_text(record.replace(sha256, "0" * 64), encoding="utf-8")
    assert figures(compose(open_case(moved), moved)) == []


def test_question_and_answer_stand_first_and_keep_their_sources(result_folder, tmp_path):
    case = open_case(result_folder)
    fact = next(one for one in case.facts if one.name == "object_count")
    text = f"It was {fact.value}."
    (path,) = write_report(
        result_folder, question="How <b>many</b>?\u202e", out_dir=tmp_path, style="short",
        answer=(text, ((7, 7 + len(str(fact.value)), fact.id),)),
    )  # fmt: skip
    page = path.read_text(encoding="utf-8")
    assert "How &lt;b&gt;many&lt;/b&gt;?</bdi>" in page
    assert f'It was <span class="cited">{fact.value}<sup><a href="#source-1"' in page


def test_an_answer_may_cite_facts_that_were_found_later(result_folder):
    case = open_case(result_folder)
    late = replace(case.facts[0], id="e" * 16, name="late_fact")
    answer = Answer("It was so.", ((7, 9, late.id),), (late,))
    document = compose(case, result_folder, answer=answer)
    assert document.sources[0].fact == late


def test_a_language_that_is_not_given_is_english(result_folder, tmp_path):
    (path,) = write_report(result_folder, out_dir=tmp_path, language_tag="xx")
    assert path.name == "report-full-en.html"
    german = replace(ENGLISH, tag="de")
    (path,) = write_report(result_folder, out_dir=tmp_path, language_tag="de", language=german)
    assert path.name == "report-full-de.html"
    assert "Bericht über Veränderungen" in path.read_text(encoding="utf-8")


def test_things_may_have_names_of_the_language(count_folder):
    german = replace(ENGLISH, tag="de", decimal=",", thousands=".")
    names = {"hut": ("Hütte", "Hütten")}
    manner = Manner(language=german, names=names)
    text = render(compose(open_case(count_folder), count_folder, manner=manner))
    assert "Was geschehen ist: Hütten" in text
    assert "Hütte, hinzugekommen" in text
    assert "hut," not in text


def test_an_earlier_report_is_replaced(result_folder, tmp_path):
    first = write_report(result_folder, out_dir=tmp_path, style="short", question="One?")
    second = write_report(result_folder, out_dir=tmp_path, style="short", question="Two?")
    assert first == second
    assert "Two?" in second[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("wanted", [{"formats": ("pdf",)}, {"style": "long"}])
def test_other_formats_and_styles_are_refused(result_folder, tmp_path, wanted):
    with pytest.raises(InputError, match="report"):
        write_report(result_folder, out_dir=tmp_path, **wanted)


def test_what_is_no_result_is_refused_and_nothing_is_left(tmp_path):
    with pytest.raises(InputError):
        write_report(tmp_path, out_dir=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(result_folder, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="cannot be written"):
        write_report(result_folder, out_dir=tmp_path / "file", style="short")
