"""Says that this version cannot count objects in one image, and what does a similar thing today."""

from pages._ui.needs import Need, show_need

show_need(
    Need(
        title="Count",
        cannot="This version cannot count cars, ships, trees or other things in an image: no"
        " counting model is part of it.",
        instead="**Compare** counts changed objects. The number is a fact with its method and its"
        " smallest object, and the table lists every object that was counted.",
        page="compare.py",
        label="Go to Compare",
    )
)
