"""The order of the tests, on which those that run an event loop depend."""


def test_no_test_comes_after_one_with_a_browser(request):
    has_browser = [item.get_closest_marker("browser") is not None for item in request.session.items]
    assert has_browser == sorted(has_browser)
