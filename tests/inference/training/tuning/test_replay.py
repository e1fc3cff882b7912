import numpy as np
import pytest

from inference.training.change.pairs import SIZE_PX, Pair
from inference.training.tuning import replay
from progress import Watcher


@pytest.fixture
def rendered(monkeypatch):
    """Rendering places takes long; these pairs are noise. The list of seeds that were asked for."""
    asked = []

    def told(rng, seed):
        asked.append(seed)
        while True:
            dates = rng.integers(0, 255, (2, SIZE_PX, SIZE_PX, 3)).astype(np.uint8)
            none = np.zeros((SIZE_PX, SIZE_PX), np.uint16)
            yield Pair(*dates, none, none, none > 0, none > 0, none == 0, 0.5)

    monkeypatch.setattr(replay, "told", told)
    return asked


def ask(folder, count=2, *, is_held_out=False):
    return replay.rendered(count, is_held_out=is_held_out, kept=folder, watcher=Watcher())


def test_pairs_are_rendered_once_and_kept(rendered, tmp_path):
    first, again = ask(tmp_path), ask(tmp_path)
    assert len(rendered) == 1
    assert all(np.array_equal(a.pictures, b.pictures) for a, b in zip(first, again, strict=True))


def test_pairs_to_judge_by_are_none_of_those_to_train_on(rendered, tmp_path):
    ask(tmp_path)
    ask(tmp_path, is_held_out=True)
    assert len(set(rendered)) == 2


def test_a_damaged_file_is_rendered_again(rendered, tmp_path, caplog):
    ask(tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:1000])
    assert len(ask(tmp_path)) == 2
    assert len(rendered) == 2
    assert "damaged" in caplog.text


def test_none_wanted_costs_nothing(rendered, tmp_path):
    assert ask(tmp_path, 0) == []
    assert not rendered
