"""English sentences about counts, beside those about comparisons in `english.py`.

Only words live here; what is said, and when, is `count_caption.py`.
"""

TEMPLATES = {
    "count.nothing_valid": (
        "Nothing could be counted: no part of the area of interest was observed at both dates."
    ),
    "count.none": "No {pre.class} were found at either date in the {valid} that could be assessed.",
    "count.same": "{kept} {kept.class} stood at both dates; none appeared and none vanished.",
    "count.same_dated": (
        "{kept} {kept.class} stood both on {pre_on} and on {post_on}; none appeared and none "
        "vanished."
    ),
    "count.changed": "{pre} {pre.class} stood at the earlier date and {post} at the later date:",
    "count.changed_dated": "{pre} {pre.class} stood on {pre_on} and {post} on {post_on}:",
    "count.appeared": "{count} appeared",
    "count.none_appeared": "none appeared",
    "count.vanished": "{count} vanished",
    "count.none_vanished": "none vanished",
    "count.kept": "{count} stood at both dates",
    "count.none_kept": "none stood at both dates",
    "count.comma": ", ",
    "count.and": " and ",
    "count.partners": "Of those at both dates ",
    "count.grown": "{count} grew",
    "count.shrunk": "{count} shrank",
    "count.moved": "{count} moved",
    "count.by_splitting": "Among those that appeared, {count} came about by splitting.",
    "count.by_merging": "Among those that vanished, {count} became part of another.",
    "count.appeared_there": "What appeared lies in the {count.region} of the area of interest.",
    "count.appeared_mostly": (
        "Most of what appeared ({count}) lies in the {count.region} of the area of interest."
    ),
    "count.vanished_there": "What vanished lay in the {count.region} of the area of interest.",
    "count.vanished_mostly": (
        "Most of what vanished ({count}) lay in the {count.region} of the area of interest."
    ),
    "count.second_look": (
        "Of those at both dates, {count} had been missed at either the earlier or the later date "
        "and found by checking the place again."
    ),
    "count.unseen_pre": (
        "Not counted: {count} {count.class} of the earlier date whose place the later date does "
        "not show."
    ),
    "count.unseen_post": (
        "Not counted: {count} {count.class} of the later date whose place the earlier date does "
        "not show."
    ),
    "count.limit": "Anything smaller than {smallest} is not counted.",
    "count.edits": "Corrections by hand are included: {count}.",
}
