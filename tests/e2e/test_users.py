"""Two people on one server: neither sees, reaches or holds up what is the other's."""

import pytest

from tests.e2e import steps
from tests.e2e.compute import held

pytestmark = [pytest.mark.browser, pytest.mark.slow]

UNKNOWN = "f" * 32


def status_and_text(page, path):
    """What an address gives this visitor."""
    answer = page.request.get(path)
    return answer.status, answer.text()


def test_nobody_sees_or_reaches_what_belongs_to_another(address, new_page, tmp_path):
    alice, bob = new_page(), new_page()
    alice.goto(address)
    steps.bring(alice, *steps.write_survey(tmp_path))
    steps.to_compare(alice)
    steps.find_changes(alice)
    steps.result(alice)
    project, job = steps.query(alice, "project"), steps.query(alice, "job")

    bob.goto(f"{address}/compare?project={project}&job={job}")
    bob.get_by_text("The project in the address is not there any more, or it is not").wait_for()
    bob.get_by_text("There is nothing to compare yet").wait_for()
    assert steps.query(bob, "project") is None
    steps.go(bob, "History")
    bob.get_by_text("There is no project yet").wait_for()
    steps.go(bob, "Scenes")
    bob.get_by_role("tab", name="Your scenes").click()
    bob.get_by_text("You have no scenes yet").wait_for()
    assert bob.get_by_text("later.tif").count() == 0

    scene = alice.get_by_test_id("gs-map-left").locator("img.leaflet-tile-loaded").first
    for tile in (scene.get_attribute("src"), steps.overlay_addresses(alice)[0]):
        url = tile if tile.startswith("http") else address + tile
        assert status_and_text(alice, url)[0] == 200
        assert status_and_text(bob, url)[0] == 403
        middle = len(address) + 30
        forged = url[:middle] + ("A" if url[middle] != "A" else "B") + url[middle + 1 :]
        assert status_and_text(alice, forged)[0] == 403
    for name in ("{}.zip", "{}/mask.tif"):
        path = f"{address}/downloads/{name}"
        assert status_and_text(alice, path.format(job))[0] == 200
        assert status_and_text(bob, path.format(job))[0] == 404
        assert status_and_text(bob, path.format(job)) == status_and_text(bob, path.format(UNKNOWN))
    assert alice.complaints == bob.complaints == []


def test_a_run_of_one_holds_up_no_page_of_another(address, data_dir, new_page):
    alice, bob = new_page(), new_page()
    with held(data_dir) as compute:
        steps.use_sample(alice, address)
        steps.find_changes(alice)
        alice.get_by_text("Waiting: next in line").wait_for()
        compute.hold_in(steps.query(alice, "job"))

        steps.use_sample(bob, address)
        assert bob.get_by_role("progressbar").count() == 0
        steps.draw_shares(bob, (0.4, 0.5), (0.6, 0.7))
        bob.get_by_text("Area 2: ").first.wait_for()
        steps.find_changes(bob)
        bob.get_by_text("Waiting: next in line").wait_for()
        for name in ("Models", "Settings", "History"):
            steps.go(bob, name)
        assert compute.status(steps.query(alice, "job")) == "running"
        compute.let_go()
        bob.get_by_role("link", name="ZIP", exact=True).wait_for()
    steps.result(alice)
    assert alice.complaints == bob.complaints == []
