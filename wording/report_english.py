"""English sentences of written reports, beside those of captions in `english.py`.

Only words live here; what is said, and when, is `written_report.py`. Slots are facts; `%s` stands
for a name that is no number.
"""

TEMPLATES = {
    "brand": "Groundshift report",
    "made_with": "Made with Groundshift. This report loads nothing from the internet.",
    "page": "Page",
    "title.comparison": "Change report",
    "days.unknown": "Dates not known",
    "title.count": "What became of the %s",
    "sources": "Sources of the numbers",
    "sources.note": (
        "The small numbers in the text lead here. Each is a fact that was measured by the method "
        "beside it; facts.json has those of the run under the same id."
    ),
    "sources.columns": "No.|Fact|Value|Exact|Place|Method|Id",
    "fact": "fact",
    # sections
    "section.question": "Question",
    "section.summary": "Summary",
    "section.data": "Data and dates",
    "section.method": "Method",
    "section.findings": "Findings",
    "section.pictures": "Pictures",
    "section.cautions": "Cautions",
    "section.not_assessed": "Not assessed",
    "section.words": "What words of degree mean here",
    "section.provenance": "Provenance",
    # question
    "answer.none": "The findings below answer it as far as it can be measured.",
    # data
    "data.columns": "|Earlier date (pre)|Later date (post)",
    "data.scene": "Image",
    "data.day": "Taken on",
    "data.area": (
        "The area of interest, %s, covers {aoi}. Of it, {valid} ({share}) were observed at both "
        "dates and assessed."
    ),
    "data.pixel": "A pixel of the result covers {gsd} on a side.",
    # method
    "method.detector": "The images were compared by the detector %s. %s",
    "method.counter": "The %s were outlined at each date and matched by the counter %s. %s",
    "method.threshold": "A pixel counts as changed from a score of {threshold} on.",
    "method.smallest": "Anything smaller than {smallest} is not mapped.",
    "method.shift": (
        "Before comparing, the later image lay {shift_px} ({shift_m}) off the earlier image."
    ),
    "method.wording": "",
    "method.limits": "Known limits of the method:",
    "method.source": "Source of the method: %s.",
    # findings
    "findings.unchanged": "Unchanged: no change was detected in the ground that could be assessed.",
    "findings.same": "Unchanged: the same %s stood at both dates.",
    "findings.nothing": "Nothing could be assessed, so nothing can be said about change.",
    "degree.share.none": "None of the assessed ground changed.",
    "degree.share.hardly_any": "Hardly any of the assessed ground changed ({share}).",
    "degree.share.little": "Little of the assessed ground changed ({share}).",
    "degree.share.part": "Part of the assessed ground changed ({share}).",
    "degree.share.most": "Most of the assessed ground changed ({share}).",
    "degree.share.nearly_all": "Nearly all of the assessed ground changed ({share}).",
    "degree.share.all": "All of the assessed ground changed ({share}).",
    "degree.count.no": "No %s appeared.",
    "degree.count.few": "Few %s appeared ({count}).",
    "degree.count.some": "Some %s appeared ({count}).",
    "degree.count.many": "Many %s appeared ({count}).",
    "degree.density.empty": "At the later date no %s stood there.",
    "degree.density.sparse": "At the later date the %s stood sparsely ({density}).",
    "degree.density.loose": "At the later date the %s stood loosely ({density}).",
    "degree.density.dense": "At the later date the %s stood densely ({density}).",
    "table.classes": "Change by class",
    "table.classes.columns": "Class|Objects|Area|Share of the assessed ground",
    "table.all_classes": "all classes",
    "table.states": "What became of the %s",
    "table.states.columns": "|Number",
    "table.parts": "By part of the area of interest",
    "table.parts.columns.comparison": "Part|Changed area|Share of all change",
    "table.parts.columns.count": "Part|Appeared|Vanished",
    "table.largest": "The largest",
    "table.largest.columns": "What|Area|Part of the area",
    "state.objects_pre": "stood at the earlier date",
    "state.objects_post": "stood at the later date",
    "state.objects_kept": "stood at both dates",
    "state.objects_appeared": "appeared",
    "state.objects_vanished": "vanished",
    "state.objects_change": "appeared less vanished",
    "state.objects_grown": "grew",
    "state.objects_shrunk": "shrank",
    "state.objects_moved": "moved",
    "state.objects_split": "split into several",
    "state.objects_merged": "merged with others",
    "state.objects_not_assessed_pre": "of the earlier date, not seen at the later",
    "state.objects_not_assessed_post": "of the later date, not seen at the earlier",
    "state.edits_by_hand": "corrections by hand",
    # pictures
    "state.objects_not assessed": "not assessed",
    "picture.pre": "pre",
    "picture.post": "post",
    "picture.found": "found",
    "picture.alt.pre": "The ground at the earlier date",
    "picture.alt.post": "The ground at the later date",
    "picture.alt.found": "Outlines of what was found, over the later date",
    "picture.overview": "The whole area at both dates, with outlines of what was found.",
    "picture.cutout": "{size}, %s, in the {size.region} of the area.",
    "picture.stretch": "Both dates are shown with the same contrast.",
    "picture.gone": (
        "The images of the run are no longer where they were, or have changed, so that this report "
        "shows no pictures of the ground."
    ),
    # cautions
    "verdict.go": "The images can be compared; no check of the inputs raised a caution.",
    "verdict.warn": "Read the cautions before you use a number.",
    "verdict.refuse": "The images should not be compared. Do not use these numbers.",
    # not assessed
    "not_assessed.all": "All of the area of interest was assessed.",
    "not_assessed.note": "Nothing is said about this ground: it is neither changed nor unchanged.",
    "not_assessed.columns": "Reason|Area",
    "not_assessed.item": "Not assessed: {what}.",
    "not_assessed.part": "Not assessed in the {what.region}: {what}.",
    "excluded_area_pre_nodata": "no data at the earlier date",
    "excluded_area_post_nodata": "no data at the later date",
    "excluded_area_both_nodata": "no data at both dates",
    "excluded_area_no_score": "the detector could not score it",
    # words of degree
    "words.note": (
        "These words are chosen by the numbers beside them and mean no more than these ranges. "
        "They are a convention of this report."
    ),
    "words.columns": "Kind|Word|Range",
    "scale.share": "share of the assessed ground",
    "scale.count": "number",
    "scale.density": "number per square kilometre",
    "word.none": "none", "word.hardly_any": "hardly any", "word.little": "little",
    "word.part": "part", "word.most": "most", "word.nearly_all": "nearly all", "word.all": "all",
    "word.no": "no", "word.few": "few", "word.some": "some", "word.many": "many",
    "word.empty": "no", "word.sparse": "sparse", "word.loose": "loose", "word.dense": "dense",
    "range.zero": "%s",
    "range.above": "above %s, below %s",
    "range.between": "from %s, below %s",
    "range.from": "from %s",
    # provenance
    "provenance.inputs": "Inputs",
    "provenance.inputs.columns": "Role|Name|Size|SHA-256",
    "provenance.run": "Run",
    "provenance.run.columns": "|",
    "provenance.parameters": "Parameters",
    "provenance.versions": "Versions",
    "provenance.again": (
        "With the same input files, `python cli.py replay run.json` repeats a comparison and says "
        "whether its mask is identical."
    ),
}  # fmt: skip

PROVENANCE = {
    "min area m2": "smallest area in m²",
    "max area m2": "largest area in m²",
    "is movable": "things may have moved",
    "[]": "none",
}
"""Names and values of records that are shown in other words."""
