"""Says that this version cannot segment, and what does a similar thing today."""

from pages._ui.needs import Need, show_need

show_need(
    Need(
        title="Segment",
        cannot="This version cannot outline buildings, water or other things in a single image:"
        " no segmentation model is part of it.",
        instead="**Compare** outlines what changed between two dates. Every changed object has its"
        " own outline, area and class, on the map and in the downloads.",
        page="compare.py",
        label="Go to Compare",
    )
)
