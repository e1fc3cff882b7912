import json

from analysis.facts import from_json
from exports import caption, facts, run


def test_the_caption_is_plain_text_with_one_line_end(result, tmp_path):
    caption.write(result, tmp_path / "caption.txt")
    assert (tmp_path / "caption.txt").read_bytes().decode() == result.caption + "\n"


def test_facts_come_back_equal(result, tmp_path):
    facts.write(result, tmp_path / "facts.json")
    entries = json.loads((tmp_path / "facts.json").read_text())
    assert [from_json(entry) for entry in entries] == list(result.facts)


def test_facts_have_the_keys_of_the_contract(result, tmp_path):
    facts.write(result, tmp_path / "facts.json")
    entry = json.loads((tmp_path / "facts.json").read_text())[0]
    assert set(entry) == {
        "id", "name", "value", "unit", "class", "state", "region", "method", "aoi_area_m2",
        "valid_area_m2", "excluded", "uncertainty", "cautions", "inputs", "run",
    }  # fmt: skip
    assert set(entry["excluded"][0]) == {"reason", "area_m2"}


def test_the_run_record_comes_back_equal(result, tmp_path):
    run.write(result, tmp_path / "run.json")
    assert json.loads((tmp_path / "run.json").read_text()) == result.run
