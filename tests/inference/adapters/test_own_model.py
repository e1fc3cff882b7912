import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import settings
from errors import GroundshiftError, ModelError, UnknownDetectorError, UnsuitableSceneError
from inference import registry
from inference.adapters import own_card
from inference.detectors.base import Remarking, Resampling, Sample
from raster.align import PairBand, PairBlock
from raster.tiling import tiles
from tests.inference.adapters import networks
from tests.scenes import ground, with_houses

SHAPE = (150, 170)
CARD = """
title = "Differences"
licence = "CC0-1.0"
sha256 = "{sha256}"
gsd_m = [0.3, 0.8]
window_px = {window_px}
margin_px = {margin_px}

[input]
layout = "{layout}"
{names}

[output]
kind = "{kind}"
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Puts networks with cards into the folder of an operator's own."""
    folder = tmp_path / "weights" / "own"
    folder.mkdir(parents=True)
    monkeypatch.setenv("GROUNDSHIFT_WEIGHTS_DIR", str(folder.parent))
    settings.load.cache_clear()

    def put(name, content, more="", **fields):
        words = {"kind": "logits", "layout": "two", "names": "", "window_px": 64, "margin_px": 8}
        words |= {"sha256": hashlib.sha256(content).hexdigest()} | fields
        (folder / name).write_bytes(content)
        (folder / name).with_suffix(".toml").write_text(CARD.format(**words) + more, "utf-8")
        return "own_" + name.partition(".")[0]

    put.folder = folder
    yield put
    settings.load.cache_clear()


@pytest.fixture(scope="module")
def block():
    pre = np.rint(ground(SHAPE))
    post = with_houses(pre, [(40, 50, 30, 25), (90, 100, 40, 40)])
    everywhere = np.ones(SHAPE, bool)
    return PairBlock(pre, post, everywhere, everywhere)


def sample(block, roles=("red", "green", "blue"), **fields):
    bands = tuple(PairBand(role, role, (at,), (at,)) for at, role in enumerate(roles, start=1))
    return Sample((block,), bands, 0.5, **{"sensor": "optical"} | fields)


def scores(name, block):
    detector = registry.load(name)
    return detector.predict(detector.fit(sample(block)), block)


def expected(block):
    difference = np.abs(block.pre - block.post).mean(axis=0) / 255
    return 1 / (1 + np.exp(-(difference * networks.GAIN + networks.BIAS)))


@pytest.mark.parametrize(
    ("name", "content", "fields"),
    [
        ("theirs.onnx", networks.onnx(), {}),
        ("theirs.onnx", networks.onnx(side=64), {}),
        ("theirs.onnx", networks.onnx(channels=2), {}),
        ("theirs.onnx", networks.onnx(), {"names": 'names = ["pre", "post"]'}),
        ("theirs.pt", networks.torchscript(networks.Difference()), {}),
        ("theirs.pt", networks.torchscript(networks.Halved()), {}),
        (
            "theirs.pt",
            networks.torchscript(networks.Named()) + networks.torchscript(networks.Difference()),
            {},
        ),
        (
            "theirs.pt",
            networks.torchscript(networks.Stacked()),
            {"kind": "softmax", "layout": "stacked"},
        ),
    ],
    ids=[
        "onnx",
        "onnx of one size",
        "two channels",
        "named",
        "torchscript",
        "bfloat16",
        "two archives",
        "stacked shares",
    ],
)
def test_every_form_of_a_network_gives_what_it_computes(own, block, name, content, fields):
    found = scores(own(name, content, **fields), block)
    is_changed = np.abs(block.pre - block.post).max(axis=0) > 30
    np.testing.assert_allclose(
        found.score[is_changed], expected(block)[is_changed], atol=2e-3, rtol=0
    )
    assert found.score[~is_changed].max() < 0.05
    assert set(np.unique(found.code)) == {1}


def test_named_inputs_are_given_by_name_and_not_by_order(own, block):
    content = networks.onnx(names=("later", "earlier"))
    names = 'names = ["earlier", "later"]'
    plain = own("plain.onnx", networks.onnx())
    np.testing.assert_array_equal(
        scores(own("theirs.onnx", content, names=names), block).score, scores(plain, block).score
    )


def test_tiled_equals_whole(own, block):
    detector = registry.load(own("theirs.onnx", networks.onnx(side=64)))
    card, params = detector.CARD, detector.fit(sample(block))
    assert card.align_px == 48
    assert card.tile_px % card.align_px == 0
    whole = detector.predict(params, block).score
    for tile in tiles(SHAPE, core_px=card.align_px * 2, halo_px=card.halo_px):
        rows, cols = tile.outer.toslices()
        arrays = (block.pre[:, rows, cols], block.post[:, rows, cols])
        valid = np.ones(arrays[0].shape[1:], bool)
        part = detector.predict(params, PairBlock(*arrays, valid, valid, tile.inner))
        np.testing.assert_array_equal(tile.trim(part.score), whole[tile.core.toslices()])


def test_identical_and_merely_brighter_pairs_give_nothing(own, block):
    name = own("theirs.onnx", networks.onnx())
    for post in (block.pre, np.rint(block.pre * 0.7 + 25)):
        assert scores(name, replace(block, post=post)).score.max() < 0.01


def test_what_was_not_observed_is_nan_and_reaches_no_score(own, block):
    detector = registry.load(own("theirs.onnx", networks.onnx()))
    params = detector.fit(sample(block))
    seen = np.ones(SHAPE, bool)
    seen[30:60, 30:90] = False
    found = [
        detector.predict(params, PairBlock(np.where(seen, block.pre, fill), block.post, seen, seen))
        for fill in (0, 200)
    ]
    np.testing.assert_array_equal(np.isnan(found[0].score), ~seen)
    np.testing.assert_array_equal(found[0].score, found[1].score)


def test_where_a_network_gives_nan_nothing_was_observed(own, block):
    class Holed(networks.torch.nn.Module):
        def forward(self, pre, post):
            share = (pre - post).abs().mean(1, keepdim=True)
            return networks.torch.log(share - 0.2)

    found = scores(own("holed.pt", networks.torchscript(Holed())), block)
    assert np.isnan(found.score).any()
    assert np.isfinite(found.score).any()


def test_bands_are_chosen_by_role_and_normalised_as_the_card_says(own, block):
    more = 'classes = [{ name = "clearing", state = "vanished" }]'
    fields = (
        'bands = ["nir", "red", "blue"]\nvalues = "file"\ndivide_by = 255.0\nmean = [0.1, 0.1, 0.1]'
    )
    name = own("theirs.onnx", networks.onnx(), more, names=fields)
    detector = registry.load(name)
    five = [np.concatenate([one[:2] * 0, one]) for one in (block.pre, block.post)]
    wide = PairBlock(*five, block.pre_valid, block.post_valid)
    roles = ("green", "swir1", "blue", "red", "nir")
    found = detector.predict(detector.fit(sample(wide, roles)), wide)
    is_changed = np.abs(block.pre - block.post).max(axis=0) > 30
    np.testing.assert_allclose(
        found.score[is_changed], expected(block)[is_changed], atol=2e-3, rtol=0
    )
    assert detector.CARD.classes[0].state == "vanished"
    with pytest.raises(UnsuitableSceneError, match="'nir'"):
        detector.fit(sample(block))


def test_radar_is_refused(own, block):
    detector = registry.load(own("theirs.onnx", networks.onnx()))
    with pytest.raises(UnsuitableSceneError, match="radar"):
        detector.fit(sample(block, sensor="sar"))


@pytest.mark.parametrize(
    ("name", "content", "fields", "words"),
    [
        ("a.onnx", networks.onnx(), {"sha256": "0" * 64}, "not the one whose SHA-256"),
        ("a.onnx", networks.onnx()[:-40], {}, "no whole ONNX file"),
        ("a.onnx", b"", {}, "no whole ONNX file"),
        ("a.onnx", networks.onnx(operator="Fold"), {}, "OpenVINO does not know"),
        ("a.onnx", networks.onnx(names=("x", "y")), {"names": 'names = ["pre", "y"]'}, "'x', 'y'"),
        ("a.onnx", networks.onnx(), {"layout": "stacked"}, "other inputs than its card says"),
        ("a.onnx", networks.onnx(bands=4), {}, "gives an array|cannot be given"),
        ("a.onnx", networks.onnx(side=32), {}, "cannot be given what its card says"),
        ("a.onnx", networks.onnx(kind=7), {}, "OpenVINO does not know|numbers of 32 bits"),
        ("a.onnx", networks.onnx(channels=3), {}, "gives an array"),
        ("a.onnx", networks.onnx(), {"kind": "softmax"}, "gives an array"),
        ("a.onnx", networks.onnx(), {"kind": "sigmoid"}, "no shares"),
        ("a.pt", networks.torchscript(networks.Stacked()), {}, "cannot be given"),
        ("a.pt", networks.torchscript(networks.Particular()), {}, "cannot be given"),
        ("a.pt", networks.torchscript(networks.Named()), {}, "not give an array of numbers"),
        ("a.pt", networks.torchscript(networks.Apart()), {"kind": "softmax"}, "add up to 1"),
        ("a.pt", networks.onnx(), {}, "no whole TorchScript file"),
    ],
)
def test_a_network_that_is_not_what_its_card_says_is_told_in_one_sentence(
    own, block, name, content, fields, words
):
    detector = registry.load(own(name, content, **fields))
    with pytest.raises(ModelError, match=words) as caught:
        detector.fit(sample(block))
    assert caught.value.hint
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('kind = "guess"', "TOML"),
        ('strange = "field"', "strange"),
        ("threshold = 1.5", "threshold"),
        ('classes = [{ name = "a" }, { name = "a" }]', "one name"),
        ('classes = [{ name = "../a" }]', "classes.0.name"),
        ("[limits]", "limits"),
        ("\x00", "TOML"),
        ("mean = " + "[" * 20_000, "TOML"),
    ],
)
def test_a_wrong_card_makes_the_entry_unavailable_with_the_reason(own, more, words):
    name = own("theirs.onnx", networks.onnx(), more)
    row = next(entry for entry in registry.available() if entry.name == name)
    assert not row.is_available
    assert words in row.reason
    assert name not in registry.names()
    with pytest.raises(ModelError, match="cannot run here"):
        registry.load(name)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[0.3, 0.8]", "[0.8, 0.3]", "gsd_m"),
        ("margin_px = 8", "margin_px = 30", "margin_px"),
        ('layout = "two"', 'layout = "two"\nmean = [1.0]', "mean"),
        ('layout = "two"', 'layout = "two"\ndeviation = [0.0, 1.0, 1.0]', "deviation"),
        ('layout = "two"', 'layout = "two"\ndeviation = [1e-300, 1.0, 1.0]', "deviation"),
        ('layout = "two"', 'layout = "two"\nmean = [nan, 0.0, 0.0]', "mean"),
        ('layout = "two"', 'layout = "two"\nmean = [inf, 0.0, 0.0]', "mean"),
        ('layout = "two"', 'layout = "two"\ndivide_by = 1e300', "divide_by"),
        ('layout = "two"', 'layout = "two"\nbands = ["nir"]', "8bit"),
        ('layout = "two"', 'layout = "two"\nnames = ["one"]', "names"),
    ],
)
def test_a_card_that_contradicts_itself_says_where(own, old, new, words):
    name = own("theirs.onnx", networks.onnx())
    card = own.folder / "theirs.toml"
    card.write_text(card.read_text("utf-8").replace(old, new), "utf-8")
    row = next(entry for entry in registry.available() if entry.name == name)
    assert words in row.reason


def test_text_of_a_card_hides_nothing(own):
    name = own("theirs.onnx", networks.onnx())
    card = own.folder / "theirs.toml"
    written = card.read_text("utf-8")
    assert 'title = "' in written
    card.write_text('summary = "one\\ntwo\\u202e \\u001b[31m"\n' + written, "utf-8")
    assert registry.card(name).summary == "one two [31m"
    card.write_text(re.sub(r'title = ".*"', 'title = "  "', written), "utf-8")
    row = next(entry for entry in registry.available() if entry.name == name)
    assert "title" in row.reason


def test_a_card_written_on_windows_is_read(own):
    name = own("theirs.onnx", networks.onnx())
    card = own.folder / "theirs.toml"
    digest = hashlib.sha256(networks.onnx()).hexdigest()
    capitals = card.read_text("utf-8").replace(digest, digest.upper())
    assert digest.upper() in capitals
    card.write_text(capitals, "utf-8-sig")
    assert registry.load(name).own.sha256 == digest


def test_files_without_their_other_half_are_listed_with_the_reason(own):
    (own.folder / "alone.onnx").write_bytes(networks.onnx())
    (own.folder / "lost.toml").write_text("title = 'x'", "utf-8")
    (own.folder / "Not A Name.pt").write_bytes(b"")
    own("twice.onnx", networks.onnx())
    (own.folder / "twice.pt").write_bytes(b"")
    rows = {entry.name: entry for entry in registry.available() if entry.name.startswith("own_")}
    assert set(rows) == {"own_alone", "own_lost", "own_not_a_name", "own_twice"}
    assert not any(row.is_available for row in rows.values())
    assert "alone.toml" in rows["own_alone"].reason
    assert "lost.onnx" in rows["own_lost"].reason
    assert "both" in rows["own_twice"].reason


def test_a_detector_whose_files_were_taken_away_is_unknown(own):
    name = own("theirs.onnx", networks.onnx())
    (own.folder / "theirs.onnx").unlink()
    (own.folder / "theirs.toml").unlink()
    with pytest.raises(UnknownDetectorError, match="own_theirs"):
        registry.load(name)


def test_a_file_that_changes_after_its_card_is_refused(own, block):
    name = own("theirs.onnx", networks.onnx())
    (own.folder / "theirs.onnx").write_bytes(networks.onnx(bands=3, channels=2))
    with pytest.raises(GroundshiftError, match="SHA-256"):
        scores(name, block)


def test_ground_size_and_remarks_follow_the_card(own, block):
    detector = registry.load(own("theirs.onnx", networks.onnx()))
    assert isinstance(detector, Resampling)
    assert isinstance(detector, Remarking)
    assert 0.3 <= detector.working_gsd_m(0.1) <= 0.8
    with pytest.raises(UnsuitableSceneError):
        detector.working_gsd_m(10.0)
    wide = replace(block, pre=block.pre * 40, post=block.post * 40)
    remarks = detector.remarks(detector.fit(sample(wide)))
    assert remarks.findings[0].code == "converted_to_8_bit"
    assert remarks.record["weights_sha256"] == detector.own.sha256
    assert not detector.remarks(detector.fit(sample(block))).findings


def test_threads_agree(own, block):
    detector = registry.load(own("theirs.onnx", networks.onnx()))
    params = detector.fit(sample(block))
    alone = detector.predict(params, block).score
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _turn: detector.predict(params, block), range(6)):
            np.testing.assert_array_equal(found.score, alone)


def test_the_card_shown_in_the_guide_is_one(tmp_path):
    guide = Path(__file__).resolve().parents[3] / "docs" / "own-models.md"
    shown = guide.read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    path = tmp_path / "roads.toml"
    path.write_text(shown.replace("the 64 digits that sha256sum prints", "0" * 64), "utf-8")
    card = own_card.read(path)
    assert [one.state for one in card.classes] == ["appeared", "vanished"]
    assert card.squares.step_px == 384
