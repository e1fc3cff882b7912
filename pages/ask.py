"""Says that this version cannot answer questions in words, and where the answers are today."""

from pages._ui.needs import Need, show_need

show_need(
    Need(
        title="Ask",
        cannot="This version cannot answer questions: no language model is part of it, and none is"
        " called on the network.",
        instead="**Report** answers how much changed, how many objects and where: each number in"
        " its text is a fact that shows its unit, its method and what was left out.",
        page="report.py",
        label="Go to Report",
    )
)
