"""Words for a result itself: its images, method, limits, captions and where a number comes from."""

from agent.planner.say import Say, joined
from agent.tools.slotted import slots_of
from errors import InputError
from wording import caption as captions
from wording import count_caption
from wording.said import Caption
from wording.slots import check

EXCLUDED = "excluded_area_"
CAUTION = "caution_"
MOST_ITEMS = 6


def pair(say: Say) -> str:
    """Dates, areas and pixel size."""
    pre, post = say.named("pre_acquired_on"), say.named("post_acquired_on")
    aoi, valid, pixel = say.named("aoi_area"), say.named("valid_area"), say.named("pixel_size")
    sentences = []
    if pre and post:
        sentences.append(say.text("pair.dates", pre=say.slot(pre), post=say.slot(post)))
    if aoi and valid:
        sentences.append(say.text("pair.areas", aoi=say.slot(aoi), valid=say.slot(valid)))
    if pixel:
        sentences.append(say.text("pair.pixel", gsd=say.slot(pixel)))
    return joined(sentences)


def method(say: Say) -> str:
    """Detector or counter, threshold and the smallest mapped size."""
    name = say.named("detector", "counter")
    threshold, smallest = say.named("detector_threshold"), say.named("smallest_mapped_area")
    return joined([
        say.text("method.name", name=say.slot(name)) if name else "",
        say.text("method.threshold", threshold=say.slot(threshold)) if threshold else "",
        say.text("method.smallest", smallest=say.slot(smallest)) if smallest else "",
    ])  # fmt: skip


def alignment(say: Say) -> str:
    """The residual shift, or that it was not measured."""
    in_px = next((one for one in say.facts if one.fact.unit == "px"), None)
    in_m = next((one for one in say.facts if one.fact.unit == "m"), None)
    if in_px is None:
        return say.text("shift.unknown")
    if in_m is None:
        return say.text("shift.px", px=say.slot(in_px))
    return say.text("shift", px=say.slot(in_px), m=say.slot(in_m))


def results(say: Say) -> str:
    """Which results there are."""
    names = say.starting("result")
    pairs = zip(names[::2], names[1::2], strict=False)
    items = [say.text("results.item", name=say.slot(a), day=say.slot(b)) for a, b in pairs]
    return say.text("results", items=say.listed(items)) if items else ""


def exclusions(say: Say) -> str:
    """What was left out and why, and what was assessed."""
    valid = say.named("valid_area")
    rows = [one for one in say.starting(EXCLUDED) if one.fact.value]
    if not rows:
        return (
            say.text("exclusions.none", where=say.where(valid), valid=say.slot(valid))
            if valid
            else ""
        )
    items = []
    for row in rows:
        reason = f"reason.{row.fact.name.removeprefix(EXCLUDED)}"
        words = say.text(reason if say.has(reason) else "reason.other")
        items.append(say.text("exclusions.item", area=say.slot(row), reason=words))
    left = say.text("exclusions", items=say.listed(items))
    if valid is None:
        return left
    return joined(
        [left, say.text("exclusions.valid", where=say.where(valid), valid=say.slot(valid))]
    )


def cautions(say: Say) -> str:
    """What limits the result."""
    clauses = say.speech.language.cautions
    named = say.starting(CAUTION)
    codes = dict.fromkeys(one.fact.name.removeprefix(CAUTION) for one in named)
    codes |= dict.fromkeys(code for one in say.facts for code in one.fact.cautions)
    known = [clauses[code] for code in codes if code in clauses][:MOST_ITEMS]
    first = say.text("cautions", items=say.text("semicolon").join(known)) if known else ""
    return joined([first or say.text("cautions.none"), say.text("cautions.method")])


def explanation(say: Say) -> str:
    """The number again, with its method where that states none itself."""
    if not say.facts:
        return ""
    found = say.facts[0]
    words = found.fact.method
    try:
        check(words, language=say.speech.language)
        is_plain = say.speech.tag == "en"
    except InputError:
        is_plain = False
    value = say.slot(found)
    if is_plain:
        return joined([say.text("explain", value=value, method=words), say.text("explain.inputs")])
    return joined([say.text("explain.plain", value=value), say.text("explain.inputs")])


def caption(say: Say) -> str:
    """The caption in the language of the question."""
    if say.speech.tag == "en" and say.told.notes:
        return say.told.notes[0]
    facts = tuple(one.fact for one in say.facts)
    things = [fact.change_class for fact in facts if fact.name == "objects_pre"]
    language = say.speech.language
    if things:
        _one, many = say.speech.classes.get(things[0], (things[0], things[0]))
        worded = count_caption.write(facts, thing=things[0], things=many, language=language)
    else:
        worded = captions.write(facts, language=language)
    by_id = {m.fact.id: (h, m.fact) for m, h in zip(say.facts, say.handles, strict=True)}
    return slots_of(Caption(worded.text, worded.citations), by_id, language)


def missing(say: Say) -> str:
    """What was not assessed, where a tool said so."""
    rows = [one for one in say.facts if one.fact.name == "not_assessed"]
    items = [say.slot(one) for one in rows]
    return say.text("no.missing", items=say.listed(items)) if items else ""
