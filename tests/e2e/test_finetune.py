"""Training in the browser: labels of a file, a training of a minute, figures before and after."""

import numpy as np
import pytest

from inference import weights
from inference.training.change.pairs import SIZE_PX, Pair
from inference.training.tuning import replay
from inference.training.tuning.recipe import TuningRecipe
from progress import Watcher
from services import finetune
from tests import tuning
from tests.e2e import steps
from tests.e2e.conftest import served
from tests.e2e.test_access import severe_findings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        bool(weights.missing("changenet")), reason="the network it begins with is not here"
    ),
]

# A minute of training, and what comes before and after on a busy machine.
PATIENT_MS = 600_000


def noise(rng, _seed):
    """Pairs that are quickly made, instead of rendered places."""
    none = np.zeros((SIZE_PX, SIZE_PX), np.uint16)
    while True:
        dates = rng.integers(0, 255, (2, SIZE_PX, SIZE_PX, 3)).astype(np.uint8)
        yield Pair(*dates, none, none, none > 0, none > 0, none == 0, 0.5)


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """The app with rendered places on its disk already, as after a first training."""
    data = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replay, "told", noise)
        for count, is_held_out in ((TuningRecipe().replayed, False), (finetune.JUDGED_ON, True)):
            replay.rendered(
                count, is_held_out=is_held_out, kept=data / "rendered", watcher=Watcher()
            )
    with served(data) as url:
        yield url


def test_labels_train_a_detector_whose_figures_are_shown_before_and_after(page, local, tmp_path):
    page.goto(local)
    steps.calm(page)
    steps.bring(page, *tuning.write_pair(tmp_path))
    page.wait_for_url(lambda _url: steps.query(page, "project") is not None)
    steps.go(page, "Train")
    labels = tuning.write_labels(tmp_path / "labels.gpkg")
    page.locator("input[type=file]").last.set_input_files(labels)
    page.get_by_text("36 outlines").wait_for()
    page.get_by_text("I looked at all ground that both scenes show").click()
    page.get_by_label("Name of the new detector").fill("Bright houses")
    minutes = page.get_by_label("Minutes, at most")
    minutes.fill("1")
    minutes.press("Enter")
    steps.calm(page)
    page.get_by_role("button", name="Start training").click()
    page.get_by_role("heading", name="Before and after").wait_for(timeout=PATIENT_MS)
    steps.calm(page)
    table = page.get_by_test_id("stTable")
    assert "F1 on ground kept for validation" in table.inner_text()
    assert page.get_by_text("Orange: kept for validation").is_visible()
    assert severe_findings(page) == []
