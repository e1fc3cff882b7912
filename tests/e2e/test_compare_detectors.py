"""Detectors on the page Compare: votes of several methods, and changes like one pointed at."""

from pathlib import Path

import numpy as np
import pytest
import torch

from tests.e2e import steps
from tests.e2e.conftest import served
from tests.inference.small_sam import small_sam
from tests.inference.weights_folder import entry
from tests.scenes import ground, with_houses, write_pair

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HERE = Path(__file__)


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """The app with the weights of a small random Segment Anything, and no others."""
    folder = tmp_path_factory.mktemp("weights")
    torch.save(small_sam().state_dict(), folder / "sam_vit_b.pth")
    content = (folder / "sam_vit_b.pth").read_bytes()
    (folder / "manifest.toml").write_text(entry("sam_vit_b", content), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        root = str(HERE.parents[2])
        patch.setenv("PYTHONPATH", f"{HERE.with_name('extra_sam')}:{root}")
        patch.setenv("EXTRA_SAM_LISTED", str(folder))
        with served(tmp_path_factory.mktemp("data"), weights_dir=str(folder)) as url:
            yield url


def bring_and_compare(page, address, folder, method):
    pre = np.rint(ground((96, 96)))
    post = with_houses(pre, [(14, 14, 20, 24), (56, 60, 18, 18)])
    page.goto(address)
    steps.bring(page, *write_pair(folder, pre, post, gsd_m=0.5))
    steps.to_compare(page)
    steps.calm(page)
    page.get_by_role("combobox", name="Method").click()
    page.get_by_role("option", name=method).click()
    steps.find_changes(page)
    steps.result(page)


def test_an_object_says_who_sees_it_and_becomes_an_example(local, page, tmp_path):
    bring_and_compare(page, local, tmp_path, "Agreement of several methods")
    page.get_by_text("Pick an object, or mark a place on the map").wait_for()
    table = page.get_by_test_id("stDataFrame").last
    assert steps.cell(table, 0, "Votes") in {"2 of 3", "3 of 3"}
    steps.pick_row(table, 0)
    page.get_by_role("button", name="Find changes like this one").click()
    page.get_by_text("only changes like those pointed at were looked for").wait_for()
    assert page.complaints == []


def test_a_mark_on_the_map_becomes_an_example_or_is_told_to_be_none(local, page, tmp_path):
    bring_and_compare(page, local, tmp_path, "Change vector analysis")
    page.get_by_test_id("gs-tool-point_in").click()
    box = steps.frame(page)
    # The middle of the scenes, where nothing changed.
    page.mouse.click(box["x"] + box["width"] / 2 + 30, box["y"] + box["height"] / 2)
    page.get_by_text("This looks only for changes like those at the marked place").wait_for()
    steps.calm(page)
    page.get_by_role("button", name="Find changes like this one").click()
    page.get_by_text("Nothing changed at").first.wait_for()
    page.get_by_text("Point at the middle of something that changed").first.wait_for()
    assert page.complaints == []
