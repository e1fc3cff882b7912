"""The report analysts file: question, data, method, findings, cautions, gaps and provenance.

Chooses what is said and in which order; words are those of `report_words`, numbers those of facts.
Knows no file format.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from analysis.facts import Fact
from wording import caption, count_caption, report_findings
from wording.document import (
    Block,
    Bullets,
    Document,
    Figure,
    Labels,
    Paragraph,
    Picture,
    Section,
    Table,
    Tone,
    cited,
)
from wording.english import ENGLISH
from wording.finding_words import said
from wording.language import Language
from wording.matter import Answer, Matter, Photo, Views
from wording.report_degrees import words_of_degree
from wording.report_words import ReportWords, table
from wording.said import Caption
from wording.slots import Citation, Rendered, joined

Style = Literal["short", "full"]
SEVERITIES = ("refuse", "caution", "info")
TONES: dict[str, Tone] = {"go": "go", "warn": "warn", "refuse": "refuse"}
ROLES = ("pre", "post", "found")
NOT_KNOWN = "not known"


def write(
    matter: Matter,
    *,
    provenance: Sequence[Table],
    style: Style = "full",
    language: Language = ENGLISH,
) -> Document:
    """The whole report.

    Args:
        matter: what it is about.
        provenance: tables about inputs, run and versions.
        style: `short` leaves out method, tables, cut-outs and the explanation of words.
        language: words and number marks; sentences of a language without any are English.
    """
    words = _words(matter, language)
    sections = tuple(
        Section(key, words.template(f"section.{key}"), found)
        for key, blocks in _sections(matter, words, style, provenance)
        if (found := tuple(blocks))
    )
    sources = tuple(
        words.source(number, words.by_id[fact_id])
        for number, fact_id in enumerate(cited(sections), 1)
    )
    return Document(
        language_tag=language.tag,
        title=_title(matter, words),
        subtitle=_subtitle(words),
        sections=sections,
        sources=sources,
        labels=_labels(words),
    )


def _words(matter: Matter, language: Language) -> ReportWords:
    labels = {entry.name: entry.label for entry in matter.legend}
    if matter.is_count:
        labels[matter.counted] = matter.thing[0]
    beyond = matter.answer.facts if matter.answer else ()
    # Those of the run come last, so that they are the ones found by name.
    largest = (one.fact for one in matter.largest)
    return ReportWords(language, labels, (*beyond, *largest, matter.gsd, *matter.facts))


def _sections(
    matter: Matter, words: ReportWords, style: Style, provenance: Sequence[Table]
) -> Iterator[tuple[str, Sequence[Block]]]:
    is_full = style == "full"
    yield "question", list(_question(matter, words))
    yield "summary", list(_summary(matter, words))
    yield "data", list(_data(matter, words))
    if is_full:
        yield "method", list(_method(matter, words))
        yield "findings", list(report_findings.blocks(matter, words))
    yield "pictures", list(_pictures(matter, words, style))
    yield "cautions", list(_cautions(matter, words, style))
    yield "not_assessed", list(_not_assessed(words))
    if is_full:
        yield "words", words_of_degree(words)
    yield "provenance", list(_provenance(matter, words, provenance if is_full else provenance[:1]))


def _title(matter: Matter, words: ReportWords) -> str:
    if matter.is_count:
        return words.template("title.count").replace("%s", matter.thing[1])
    return words.template("title.comparison")


def _subtitle(words: ReportWords) -> str:
    """Both days, or in words that none is known."""
    days = [words.get(name) for name in ("pre_acquired_on", "post_acquired_on")]
    known = [fact for fact in days if fact]
    if all(fact.value == NOT_KNOWN for fact in known):
        return words.template("days.unknown")
    return " · ".join(words.value(fact).text for fact in known)


def _question(matter: Matter, words: ReportWords) -> Iterator[Block]:
    if matter.question:
        yield Paragraph(Rendered(matter.question), "quote")
        if matter.answer is None:
            yield Paragraph(words.say("answer.none"))
    if matter.answer is not None:
        yield Paragraph(_as_shown(matter.answer, words), "lead")


def _as_shown(answer: Answer, words: ReportWords) -> Rendered:
    """The answer with those of its citations whose facts are known."""
    cites = tuple(Citation(*one) for one in answer.citations if one[2] in words.by_id)
    return Rendered(answer.text, cites)


def _summary(matter: Matter, words: ReportWords) -> Iterator[Block]:
    language, things = words.language, matter.thing[1]
    if matter.is_count:
        thing = matter.counted
        shown = count_caption.write(matter.facts, thing=thing, things=things, language=language)
    else:
        shown = caption.write(matter.facts, legend=matter.legend, language=language)
    yield Paragraph(_rendered(shown), "lead")


def _rendered(shown: Caption) -> Rendered:
    return Rendered(shown.text, tuple(Citation(*one) for one in shown.citations))


def _data(matter: Matter, words: ReportWords) -> Iterator[Block]:
    names = [Rendered(words.quoted(name)) for name in matter.scenes]
    days = [words.value(words.get(f"{role}_acquired_on")) for role in ("pre", "post")]
    rows = [
        (Rendered(words.template("data.scene")), *names),
        (Rendered(words.template("data.day")), *days),
    ]
    title, columns = words.template("section.data"), words.columns("data.columns")
    yield Table(title, columns, tuple(rows))
    aoi, valid, share = (words.get(n) for n in ("aoi_area", "valid_area", "valid_share"))
    if aoi and valid and share:
        area = words.quoted(matter.area)
        yield Paragraph(words.say("data.area", area, aoi=aoi, valid=valid, share=share))
    yield Paragraph(words.say("data.pixel", gsd=matter.gsd))


def _method(matter: Matter, words: ReportWords) -> Iterator[Block]:
    method = matter.method
    names = [words.quoted(method.title), method.summary]
    if matter.is_count:
        yield Paragraph(words.say("method.counter", matter.thing[1], *names))
    else:
        yield Paragraph(words.say("method.detector", *names))
    yield Paragraph(joined(_settings(words), " "))
    if method.source:
        yield Paragraph(words.say("method.source", method.source.rstrip(".")), "note")
    if method.limits:
        yield Paragraph(words.say("method.limits"))
        yield Bullets(tuple(Rendered(limit) for limit in method.limits))
    if note := words.template("method.wording"):
        yield Paragraph(Rendered(note), "note")


def _settings(words: ReportWords) -> Iterator[Rendered]:
    """What could be found, and how the dates lay on each other."""
    if threshold := words.get("detector_threshold"):
        yield words.say("method.threshold", threshold=threshold)
    smallest = [fact for fact in words.facts if fact.name == "smallest_mapped_area"]
    if smallest and smallest[0].value:
        yield words.say("method.smallest", smallest=smallest[0])
    shifts = {fact.unit: fact for fact in words.facts if fact.name == "residual_shift"}
    if {"px", "m"} <= shifts.keys():
        yield words.say("method.shift", shift_px=shifts["px"], shift_m=shifts["m"])


def _pictures(matter: Matter, words: ReportWords, style: Style) -> Iterator[Block]:
    shown = matter.views if style == "full" else matter.views[:1]
    for views in shown:
        yield Figure(
            tuple(_picture(words, role, p) for role, p in zip(ROLES, views.photos, strict=True)),
            _caption(words, views),
            matter.swatches if views.thing is None else (),
        )
    key = "picture.stretch" if shown else "picture.gone"
    yield Paragraph(words.say(key), "note")


def _picture(words: ReportWords, role: str, photo: Photo) -> Picture:
    return Picture(
        photo.data, photo.media_type, photo.width_px, photo.height_px,
        words.template(f"picture.{role}"), words.template(f"picture.alt.{role}"),
    )  # fmt: skip


def _caption(words: ReportWords, views: Views) -> Rendered:
    if views.thing is None:
        return words.say("picture.overview")
    what = report_findings.what(words, views.thing)
    return words.say("picture.cutout", what, size=views.thing.fact)


def _cautions(matter: Matter, words: ReportWords, style: Style) -> Iterator[Block]:
    yield Paragraph(words.say(f"verdict.{matter.verdict}"), TONES[matter.verdict])
    ranked = sorted(matter.findings, key=lambda one: SEVERITIES.index(one.severity))
    shown = [one for one in ranked if style == "full" or one.severity != "info"]
    if shown:
        yield Bullets(tuple(Rendered(said(one, words.language)) for one in shown))


def _not_assessed(words: ReportWords) -> Iterator[Block]:
    parts = [fact for fact in words.facts if fact.name.startswith("excluded_area_") and fact.value]
    gaps = [fact for fact in words.facts if fact.name == "not_assessed"]
    if parts:
        rows = [(Rendered(_reason(words, fact)), words.value(fact)) for fact in parts]
        title = words.template("section.not_assessed")
        yield table(title, words.columns("not_assessed.columns"), rows)
        yield Paragraph(words.say("not_assessed.note"), "note")
    if gaps:
        yield Bullets(tuple(_gap(words, fact) for fact in gaps))
    if not parts and not gaps:
        yield Paragraph(words.say("not_assessed.all"))


def _reason(words: ReportWords, fact: Fact) -> str:
    try:
        return words.template(fact.name)
    except KeyError:
        return words.quoted(fact.name.removeprefix("excluded_area_").replace("_", " "))


def _gap(words: ReportWords, fact: Fact) -> Rendered:
    key = "not_assessed.item" if fact.region == "aoi" else "not_assessed.part"
    return words.say(key, what=fact)


def _provenance(matter: Matter, words: ReportWords, tables: Sequence[Table]) -> Iterator[Block]:
    yield from tables
    if not matter.is_count:
        yield Paragraph(words.say("provenance.again"), "note")


def _labels(words: ReportWords) -> Labels:
    keys = ("brand", "made_with", "sources", "sources.note")
    brand, made_with, sources, note = (words.template(key) for key in keys)
    return Labels(
        brand, made_with, sources, note, words.columns("sources.columns"), words.template("page")
    )
