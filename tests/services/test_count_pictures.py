"""Photographs of a count: what they show, and a report that holds them."""

import re
from dataclasses import replace

import numpy as np
import pytest

from exports.count.report import render
from services import count_pictures, count_results
from tests.counting import NEW, add_bright_counter, counted, write_huts


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        add_bright_counter(patch)
        files = write_huts(tmp_path_factory.mktemp("huts"))
        yield counted(files, tmp_path_factory.mktemp("count") / "out")


def at(shot, pixels):
    """The picture's row and column of the middle of a rectangle of pixels of the scene."""
    top, left, rows, cols = pixels
    height, width = shot.post_rgb.shape[:2]
    share = (top + rows / 2) / shot.grid.height, (left + cols / 2) / shot.grid.width
    return int(share[0] * height), int(share[1] * width)


def test_the_first_pair_shows_the_whole_area_at_both_dates(outcome):
    whole = outcome.result.shots[0]
    assert whole.entry == 0
    row, col = at(whole, NEW[0])
    # Bright roofs on the ground of before.
    assert whole.post_rgb[row, col].min() > whole.pre_rgb[row, col].max() + 40


def test_the_largest_changes_are_shown_up_close(outcome):
    shots = outcome.result.shots[1:]
    changed = {
        one.id: max(one.pre_area_m2, one.post_area_m2)
        for one in outcome.result.ledger.entries
        if one.state != "kept"
    }
    assert 0 < len(shots) <= count_pictures.MOST_CLOSE
    assert [one.entry for one in shots] == sorted(changed, key=lambda id_: (-changed[id_], id_))[
        : len(shots)
    ]
    for shot in shots:
        bright = (
            np.count_nonzero((shot.pre_rgb > 200).all(axis=2)),
            np.count_nonzero((shot.post_rgb > 200).all(axis=2)),
        )
        assert max(bright) > 2 * min(bright)


def test_the_report_holds_them_with_outlines_of_each_date(outcome):
    text = (outcome.folder / "report.html").read_text(encoding="utf-8")
    sources = re.findall(r'<image href="([^"]+)"', text)
    assert len(sources) == 2 * len(outcome.result.shots)
    assert all(one.startswith("data:image/jpeg;base64,") for one in sources)
    assert 'id="pre-0-vanished"' in text
    assert 'id="post-0-appeared"' in text
    assert 'id="pre-0-appeared"' not in text
    assert "The largest changes up close" in text
    assert len(text) < 3_000_000


def test_a_finished_count_is_photographed_again_from_its_images(outcome):
    saved = count_results.review(outcome.folder).result
    assert saved.shots == ()
    found = count_pictures.reopened(saved, outcome.folder).shots
    assert [one.entry for one in found] == [one.entry for one in outcome.result.shots]
    assert (found[0].post_rgb == outcome.result.shots[0].post_rgb).all()


def test_without_its_images_a_count_has_a_report_all_the_same(outcome):
    inputs = [
        one | {"path": "gone.tif", "name": "gone.tif"} for one in outcome.result.run["inputs"]
    ]
    saved = count_results.review(outcome.folder).result
    lost = replace(saved, run={**saved.run, "inputs": inputs})
    result = count_pictures.reopened(lost, outcome.folder)
    assert result.shots == ()
    text = render(result)
    assert "<image" not in text
    assert "Outlines are those of the later date" in text
