"""What holds for every test: the same examples on every run, and nothing but this machine.

The network is closed by `--allow-hosts` in `pyproject.toml`; `tests/test_network.py` proves it.
"""

from hypothesis import HealthCheck, settings

# Derandomised: a red run can be repeated. No deadline: a busy machine is no failure of the code.
settings.register_profile(
    "groundshift",
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("groundshift")


def pytest_collection_modifyitems(items):
    """Tests with a browser come last.

    Playwright's driver leaves an event loop running in the thread of the tests until the process
    ends, so that no test after it could run one of its own.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
