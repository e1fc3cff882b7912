import base64
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import settings
from errors import ForbiddenError
from workspace import signing_key, tokens

NOW = 1_800_000_000
STYLE = {"bands": [3, 2, 1], "stretch": [[0.0, 3000.0]]}
SCENE = "0123456789abcdef" * 2
WORDS = st.text(max_size=40)


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path))
    settings.load.cache_clear()
    yield
    settings.load.cache_clear()


def _mint(*, now_unix=NOW, **changes):
    asked = {"kind": "scene", "object_id": SCENE, "owner": "local", "style": STYLE} | changes
    return tokens.mint(**asked, now_unix=now_unix)


def test_a_token_gives_back_what_was_granted():
    grant = tokens.read(_mint(), now_unix=NOW)
    assert (grant.kind, grant.object_id, grant.owner, grant.style) == (
        "scene", SCENE, "local", STYLE,
    )  # fmt: skip


@given(WORDS, WORDS, st.dictionaries(WORDS, st.none() | st.booleans() | WORDS | st.integers()))
def test_whatever_is_granted_comes_back(object_id, owner, style):
    token = tokens.mint("mask", object_id, owner, style, now_unix=NOW)
    if len(token) <= tokens.MAX_CHARACTERS:
        grant = tokens.read(token, now_unix=NOW)
        assert (grant.object_id, grant.owner, grant.style) == (object_id, owner, style)


def test_a_token_can_stand_in_an_address():
    assert not set(_mint(owner="ü/?#%")) - set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    )


@given(st.data())
def test_a_token_with_one_character_changed_is_refused(data):
    token = _mint()
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from("AZaz09-_=.+/ %\n"))
    changed = token[:place] + letter + token[place + 1 :]
    if changed != token:
        with pytest.raises(ForbiddenError):
            tokens.read(changed, now_unix=NOW)


def test_another_spelling_of_the_same_bytes_is_refused():
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    token = next(made for made in map(_of, ("a", "aa", "aaa")) if len(made) % 4 == 2)
    spelled = token[:-1] + letters[letters.index(token[-1]) ^ 1]
    assert base64.urlsafe_b64decode(spelled + "==") == base64.urlsafe_b64decode(token + "==")
    with pytest.raises(ForbiddenError):
        tokens.read(spelled, now_unix=NOW)


def _of(owner):
    return _mint(owner=owner)


@given(st.text(max_size=300))
def test_any_other_text_is_refused(text):
    with pytest.raises(ForbiddenError):
        tokens.read(text, now_unix=NOW)


def test_what_another_installation_signed_is_refused(monkeypatch, tmp_path):
    theirs = _mint()
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "other"))
    settings.load.cache_clear()
    with pytest.raises(ForbiddenError):
        tokens.read(theirs, now_unix=NOW)


def test_what_we_signed_for_another_purpose_is_refused():
    content = json.dumps(["scene", SCENE, "local", {}, NOW + 60]).encode()
    key = signing_key.derive("cookies")
    mac = tokens.hmac.digest(key, content, "sha256")
    forged = base64.urlsafe_b64encode(mac + content).rstrip(b"=").decode()
    with pytest.raises(ForbiddenError):
        tokens.read(forged, now_unix=NOW)


def test_a_token_lasts_no_longer_than_the_setting_and_at_least_three_quarters_of_it():
    life_s = settings.load().tile_hours * 3600
    for later_s in range(0, life_s, 977):
        left_s = tokens.read(_mint(now_unix=NOW + later_s), now_unix=NOW).expires_unix
        assert 0.75 * life_s <= left_s - (NOW + later_s) <= life_s


def test_an_expired_token_is_refused_and_says_what_to_do():
    token = _mint()
    last = tokens.read(token, now_unix=NOW).expires_unix
    assert tokens.read(token, now_unix=last)
    with pytest.raises(ForbiddenError, match="expired") as caught:
        tokens.read(token, now_unix=last + 1)
    assert "Reload" in caught.value.hint


def test_a_rerun_of_a_page_gives_the_same_address():
    step_s = settings.load().tile_hours * 3600 // tokens.STEPS_OF_A_LIFE
    begin = math.ceil(NOW / step_s) * step_s
    same = {_mint(now_unix=begin + later_s) for later_s in (0, 0.7, step_s - 1)}
    assert len(same) == 1
    assert _mint(now_unix=begin + step_s) not in same


def test_the_order_of_a_style_makes_no_other_address():
    assert _mint(style={"a": 1, "b": 2}) == _mint(style={"b": 2, "a": 1})


@pytest.mark.parametrize("change", [{"kind": "mask"}, {"object_id": SCENE[::-1]}, {"owner": "x"}])
def test_another_thing_or_owner_is_another_token(change):
    assert _mint(**change) != _mint()


def test_a_kind_that_does_not_exist_is_refused():
    with pytest.raises(ForbiddenError):
        tokens.read(_mint(kind="file"), now_unix=NOW)


@pytest.mark.parametrize("base", ["", "/", "maps", "/maps/"])
def test_the_address_of_tiles_honours_the_base_path(monkeypatch, base):
    monkeypatch.setenv("GROUNDSHIFT_BASE_PATH", base)
    settings.load.cache_clear()
    start = "/maps" if "maps" in base else ""
    assert tokens.tile_url("T") == start + "/tiles/T/{z}/{x}/{y}.png"
