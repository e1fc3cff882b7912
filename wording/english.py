"""English: templates, words and clauses. Other languages stand beside this file.

Only words live here; what is said, and when, is `caption.py`.
"""

from wording import english_counts
from wording.language import Language


def plural(count: float) -> str:
    """`one` for exactly 1, else `other` (Unicode CLDR)."""
    return "one" if count == 1 else "other"


TEMPLATES = {
    "nothing_valid": (
        "Nothing could be assessed: no part of the area of interest was observed at both dates and"
        " scored."
    ),
    "unchanged": "No change was detected in the {valid} that could be assessed.",
    "unchanged_dated": (
        "Between {pre} and {post}, no change was detected in the {valid} that could be assessed."
    ),
    "limit": "Changes smaller than {smallest} are not mapped.",
    "changed.one": "{area} changed, {share} of the {valid} that could be assessed: {count} object.",
    "changed.other": (
        "{area} changed, {share} of the {valid} that could be assessed: {count} objects."
    ),
    "changed_dated.one": (
        "Between {pre} and {post}, {area} changed, {share} of the {valid} that could be assessed: "
        "{count} object."
    ),
    "changed_dated.other": (
        "Between {pre} and {post}, {area} changed, {share} of the {valid} that could be assessed: "
        "{count} objects."
    ),
    "only_class": "All of it is {area.class}.",
    "classes": "By class: ",
    "class.one": "{area.class} {area} ({count} object)",
    "class.other": "{area.class} {area} ({count} objects)",
    "where_all": "It lies in the {place} of the area of interest.",
    "where_most": "Most of it ({share}) lies in the {place} of the area of interest.",
    "where_spread": (
        "It is spread over the area of interest; the largest part ({share}) lies in the {place}."
    ),
    "largest": "The largest object covers {area}, in the {area.region}.",
    "excluded": "Left out: ",
    "excluded_area_pre_nodata": "{area} without data at the earlier date",
    "excluded_area_post_nodata": "{area} without data at the later date",
    "excluded_area_both_nodata": "{area} without data at both dates",
    "excluded_area_no_score": "{area} that the detector could not score",
    "not_assessed": "Not assessed: ",
    "not_assessed_item": "{what}",
    "cautions": "Read with care: ",
    "more_cautions": "see the other findings",
}

WORDS = {
    "north-west": "north-west",
    "north": "north",
    "north-east": "north-east",
    "west": "west",
    "centre": "centre",
    "east": "east",
    "south-west": "south-west",
    "south": "south",
    "south-east": "south-east",
    "direction": "direction of the change",
    "kind": "kind of change",
    "change": "change",
    "not known": "not known",
}

CAUTIONS = {
    "aoi_clipped": "part of the area of interest lies outside the overlap",
    "aoi_repaired": "the outline of the area of interest was repaired",
    "alpha_imagery": "an alpha band may be imagery",
    "band_mismatch": "the dates do not have the same bands",
    "band_roles_assumed": "the colours of the bands are assumed",
    "bit_depth": "the dates use different ranges of values",
    "coarser_than_model": "the pixels are coarser than the model is made for",
    "count_coarse": "the pixels are coarse for such things",
    "count_too_many": "more places looked alike than can be things",
    "cloud_bright_share": "bright areas may be clouds",
    "date_order": "the later image carries the earlier date",
    "dtype_mismatch": "the dates may be in different units",
    "equal_dates": "both images carry the same date",
    "gcp_grid": "an image is placed by ground control points only",
    "gsd_ratio": "the ground sizes of the pixels differ",
    "identical_files": "both files hold the same image",
    "like_examples": "only changes like those pointed at were looked for",
    "nodata_share": "much of the area has no data",
    "not_made_for": "the detector is not made for such scenes",
    "objects_not_traced": "only the largest objects have an outline",
    "outline_cut": "an outline may be cut",
    "picture_gsd": "an image has no georeference",
    "prompt_left_out": "a prompt could not be used",
    "radiometric_distance": "the brightness of the dates differs much",
    "radiometric_offset": "the brightness of the dates differs by a constant",
    "residual_shift": "the dates did not lie exactly on each other",
    "saturation_share": "parts of the imagery are saturated",
    "season_gap": "the seasons differ",
    "domain_gsd": "the detector learned from pixels of other sizes",
    "domain_unknown": "too little was observed to tell whether the detector suits the scenes",
    "domain_doubtful": "the scenes are only partly like those the detector learned from",
    "domain_outside": "the scenes are unlike those the detector learned from",
    "enlarged": "the pixels are larger than those the detector learned from",
    "other_colours": "the scenes are not in natural colours",
    "small_overlap": "the dates share little ground",
    "forgotten": "the network does worse elsewhere than before",
    "labels_outside": "some labels lie outside the scenes",
    "labels_shifted": "the labels may be shifted",
    "labels_unusable": "some labels could not be used",
    "labels_repaired": "outlines of some labels crossed themselves",
}

_STATES_A_NUMBER = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred hundreds thousand thousands million millions billion billions trillion dozen dozens "
    "half halves halved third thirds quarter quarters fifth tenth first second fourth "
    "single couple double doubled triple tripled quadruple quadrupled once twice thrice fold "
    "twofold threefold tenfold percent percentage"
)
NUMBER_WORDS = frozenset(_STATES_A_NUMBER.split())

ENGLISH = Language(
    tag="en",
    decimal=".",
    thousands=",",
    templates=TEMPLATES | english_counts.TEMPLATES,
    words=WORDS,
    cautions=CAUTIONS,
    number_words=NUMBER_WORDS,
    plural=plural,
    below="less than {}",
    above="more than {}",
    quotes=("“", "”"),
)
