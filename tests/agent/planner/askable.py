"""What may be asked about in tests of the planner, written down instead of opened."""

from agent.planner.known import LEDGER_STATES, Known, KnownCase

COUNT = KnownCase("c1", "count", ("building",), LEDGER_STATES, "2023-06-01", "2024-06-03")
CHANGED = KnownCase(
    "x1", "comparison", ("changed",), frozenset({"changed"}), "2023-06-01", "2024-06-03"
)
FIELDS = KnownCase(
    "i1", "comparison", ("vegetation_loss", "vegetation_gain"),
    frozenset({"decrease", "increase"}), "2023-06-01", "2024-06-03",
)  # fmt: skip

SUBURB = Known(
    (COUNT,), {"building": "building", "buildings": "building"}, ("Old Town", "B"),
    ("rivers", "districts"), {"harbour": "districts/Harbour"}, can_work=True,
)  # fmt: skip
PLAIN = Known((CHANGED,), {"changed": "changed"}, can_work=True)
WOODS = Known((FIELDS,), {"vegetation loss": "vegetation_loss"}, can_work=True)
NOTHING = Known(can_work=True)
