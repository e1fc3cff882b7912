"""`cli.py ask`, `report`, `evaluate-agent` and `model`: what they print and what they refuse."""

import json
import shutil

import pytest
from click.testing import CliRunner

import cli
import settings
from analysis import facts as fact_records
from tests.counting import NEW, add_bright_counter, box_lonlat, counted, polygon_lonlat, write_huts

CONTRACT = {"answer", "facts", "intent", "refused", "reason", "model"}


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """A finished count of the huts: three new ones."""
    folder = tmp_path_factory.mktemp("huts")
    with pytest.MonkeyPatch.context() as patch:
        add_bright_counter(patch)
        return counted(write_huts(folder), folder / "count").folder


@pytest.fixture(autouse=True)
def own_settings(monkeypatch, tmp_path):
    """Counters of the tests, results in this test's folder, and no model."""
    add_bright_counter(monkeypatch)
    monkeypatch.setenv("GROUNDSHIFT_RESULTS_DIR", str(tmp_path / "results"))
    settings.load.cache_clear()
    yield
    settings.load.cache_clear()


def run(*arguments):
    return CliRunner().invoke(cli.main, [*map(str, arguments)])


def ask(result, question, *arguments):
    done = run("ask", result, question, "--json", *arguments)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def shown(told):
    """The words that each cited fact stands for."""
    return {told["answer"][start:end]: found for start, end, found in told["citations"]}


def test_json_holds_the_contract_and_the_number_is_a_fact_of_the_run(result):
    told = ask(result, "How many new huts are there?")
    assert told.keys() >= CONTRACT
    assert (told["refused"], told["reason"]) == (False, None)
    assert told["answer"].startswith("3 ")
    entries = json.loads((result / "facts.json").read_text("utf-8"))
    known = {entry["id"]: fact_records.from_json(entry) for entry in entries}
    assert known[shown(told)["3"]].value == 3
    assert set(told["facts"]) == set(shown(told).values())


def test_a_refusal_is_an_answer_with_its_reason_and_no_error(result):
    told = ask(result, "Why were they built?")
    assert (told["refused"], told["reason"]) == (True, "cause")


def test_words_tell_the_answer_its_facts_and_who_answered(result):
    done = run("ask", result, "How many new huts are there?")
    assert done.exit_code == 0, done.output
    first, second, *_others, last = done.stdout.splitlines()
    assert first.startswith("3 ")
    assert second.strip().startswith("[")
    assert last == "Answered by: offline planner"


def test_a_history_file_carries_the_dialogue_on(result, tmp_path):
    history = tmp_path / "talk.json"
    ask(result, "How many new huts are there?", "--history", history)
    told = ask(result, "And how many vanished?", "--history", history)
    assert told["answer"].startswith("2 ")
    assert len(json.loads(history.read_text("utf-8"))["turns"]) == 2
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("content", ["", "[]", '{"turns": [1]}', "\x00", "[" * 50_000])
def test_a_history_of_another_program_is_refused_and_left_as_it_is(result, tmp_path, content):
    history = tmp_path / "talk.json"
    history.write_text(content)
    done = run("ask", result, "How many?", "--history", history)
    assert done.exit_code == 2
    assert "dialogue" in done.stderr
    assert "Traceback" not in done.output
    assert history.read_text() == content


def test_areas_and_layers_can_be_named(result, tmp_path):
    area, layer = tmp_path / "yard.geojson", tmp_path / "river.geojson"
    area.write_text(json.dumps(polygon_lonlat(190, 190, 90, 90)), encoding="utf-8")
    west, south, east, north = box_lonlat(*NEW[0])
    line = {"type": "LineString", "coordinates": [[west, south], [east, north]]}
    feature = {"type": "Feature", "properties": {"name": "Elbe"}, "geometry": line}
    layer.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    inside = ask(result, "How many new huts are in the yard?", "--area", area)
    assert inside["answer"].startswith("2 ")
    near = ask(result, "How many new huts are within 5 m of the river?", "--layer", layer)
    assert near["answer"].startswith("1 ")


def test_work_is_planned_and_begun_only_with_a_yes(result, tmp_path):
    planned = run("ask", result, "Run a comparison")
    assert planned.exit_code == 0, planned.output
    assert "Planned: Compare the two dates in the area of this result." in planned.stdout
    assert "ask again with --yes" in planned.stdout
    assert not (tmp_path / "results").exists()
    begun = run("ask", result, "Run a comparison", "--yes")
    assert begun.exit_code == 0, begun.output
    (folder,) = (tmp_path / "results").iterdir()
    assert (folder / "mask.tif").is_file()
    assert f"Results: {folder}" in begun.stdout


def test_work_on_images_that_are_gone_is_refused_in_words(result, tmp_path):
    moved = tmp_path / "elsewhere"
    shutil.copytree(result, moved)
    run_json = json.loads((moved / "run.json").read_text("utf-8"))
    for entry in run_json["inputs"]:
        entry["path"], entry["name"] = "/nowhere/x.tif", "x.tif"
    (moved / "run.json").write_text(json.dumps(run_json), "utf-8")
    told = ask(moved, "Run a comparison", "--yes")
    assert told["refused"]
    assert told["reason"] == "not_allowed"
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize("name", ["run.json", "ledger.gpkg"])
def test_a_folder_that_is_no_result_is_refused_with_a_remedy(result, tmp_path, name):
    broken = tmp_path / "broken"
    shutil.copytree(result, broken)
    (broken / name).unlink()
    done = run("ask", broken, "How many?")
    assert done.exit_code == 2
    assert "try:" in done.stderr


def test_a_very_long_question_is_refused_and_not_read(result):
    told = ask(result, "how many " * 4000)
    assert (told["refused"], told["reason"]) == (True, "too_long")


def test_a_report_answers_its_question_and_is_written_whole(result, tmp_path):
    out = tmp_path / "reports"
    done = run("report", result, "--out", out, "--format", "html", "--format", "docx",
               "--question", "How many new huts are there?", "--json")  # fmt: skip
    assert done.exit_code == 0, done.output
    files = json.loads(done.stdout)["files"]
    assert [path.rsplit(".", 1)[1] for path in files] == ["html", "docx"]
    assert "How many new huts are there?" in next(out.glob("*.html")).read_text("utf-8")
    assert not list(out.glob(".*"))
    assert run("report", result, "--language", "xx", "--out", out).exit_code == 2


def test_the_agent_is_judged_on_named_results(result, tmp_path):
    table = tmp_path / "questions.csv"
    table.write_text(
        "id,group,language,scene,follows,query,tool,arguments,facts,refusal\n"
        "1,own,en,huts,,How many new huts are there?,count_objects,,objects_appeared||||3,\n"
        "2,own,en,huts,,Why were they built?,,,,cause\n",
        encoding="utf-8",
    )
    done = run("evaluate-agent", "--questions", table, "--case", f"huts={result}", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["scores"]["questions"] == 2
    assert told["scores"]["accuracy_pct"] == pytest.approx(100.0)
    assert told["scores"]["faithful_pct"] == pytest.approx(100.0)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--case", "huts=/nowhere"),
        ("--case", "huts"),
        ("--dataset", "cdvqa"),
        ("--dataset", "unheard", "--data", "."),
    ],
)
def test_an_evaluation_of_nothing_is_refused_with_a_remedy(arguments):
    done = run("evaluate-agent", *arguments)
    assert done.exit_code == 2
    assert "try:" in done.stderr


def test_an_evaluation_on_a_folder_that_is_no_result_is_refused(tmp_path):
    table = tmp_path / "questions.csv"
    table.write_text(
        "id,group,language,scene,follows,query,tool,arguments,facts,refusal\n"
        "1,own,en,huts,,Why?,,,,cause\n2,own,en,huts,,Why?,,,,cause\n",
        encoding="utf-8",
    )
    done = run("evaluate-agent", "--questions", table, "--case", f"huts={tmp_path}")
    assert done.exit_code == 2
    assert "our fault" not in done.stderr
    assert "try:" in done.stderr


def test_a_part_of_the_questions_can_be_asked(result, tmp_path):
    table = tmp_path / "questions.csv"
    rows = "".join(f"{n},own,en,huts,,Why were they built?,,,,cause\n" for n in range(5))
    head = "id,group,language,scene,follows,query,tool,arguments,facts,refusal\n"
    table.write_text(head + rows, encoding="utf-8")
    given = ("--questions", table, "--case", f"huts={result}", "--json")
    told = json.loads(run("evaluate-agent", *given, "--every", "2").stdout)
    assert [one["id"] for one in told["answers"]] == ["0", "2", "4"]
    assert run("evaluate-agent", *given, "--every", "0").exit_code == 2


def test_answers_to_a_published_dataset_stand_beside_a_blind_guess(tmp_path):
    def write(name, content):
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")

    asked = [(n, kind) for n, kind in enumerate(["change_or_not"] * 4 + ["change_ratio"] * 2)]
    write("Val_questions.json", {"questions": [
        {"id": n, "img_id": n, "type": kind, "question": f"q{n}", "answers_ids": [n],
         "active": True} for n, kind in asked]})  # fmt: skip
    write("Val_answers.json", {"answers": [
        {"id": n, "question_id": n, "answer": "yes" if n % 2 else "no", "active": True}
        for n, _kind in asked]})  # fmt: skip
    write("Val_images.json", {"images": [
        {"id": n, "file_name": f"{n}.png", "questions_ids": [n], "active": True}
        for n, _kind in asked]})  # fmt: skip
    done = run("evaluate-agent", "--dataset", "cdvqa", "--data", tmp_path)
    assert done.exit_code == 0, done.output
    assert "change_or_not" in done.stdout
    answers = tmp_path / "answers.json"
    answers.write_text("[]", encoding="utf-8")
    done = run("evaluate-agent", "--dataset", "cdvqa", "--data", tmp_path, "--answers", answers)
    assert done.exit_code == 2
    assert "does not hold answers" in done.stderr


def test_captions_for_a_published_dataset_are_scored_and_told_as_json(tmp_path):
    images = [
        {"filename": name, "split": "test", "changeflag": flag, "sentences": [{"raw": raw}]}
        for name, flag, raw in [("a.png", 1, "a road appears in the north"),
                                ("b.png", 0, "the two scenes are alike")]
    ]  # fmt: skip
    file, answers = tmp_path / "LevirCCcaptions.json", tmp_path / "answers.json"
    file.write_text(json.dumps({"images": images}), encoding="utf-8")
    answers.write_text(json.dumps({"test a.png": "a road appears in the north"}), encoding="utf-8")
    given = ("evaluate-agent", "--dataset", "levir", "--data", tmp_path)
    done = run(*given)
    assert done.exit_code == 2
    assert "--answers" in done.stderr
    assert "| changed | 1 | 100.0 % |" in run(*given, "--answers", answers).stdout
    told = json.loads(run(*given, "--answers", answers, "--json").stdout)
    assert told["captions"]["unchanged"]["pairs"] == 1


def test_without_a_model_there_is_nothing_to_test(monkeypatch):
    done = run("model")
    assert done.exit_code == 0
    assert "No language model is configured" in done.stdout
    assert json.loads(run("model", "--json").stdout) == {"model": None}


def test_a_model_that_cannot_be_reached_is_told_without_its_key(monkeypatch, result):
    from agent import models
    from tests.servers import free_port

    monkeypatch.setenv("GROUNDSHIFT_MODEL_PROVIDER", "openai")
    monkeypatch.setenv("GROUNDSHIFT_MODEL_URL", f"http://127.0.0.1:{free_port()}/v1")
    monkeypatch.setenv("GROUNDSHIFT_MODEL_NAME", "tiny")
    monkeypatch.setenv("GROUNDSHIFT_MODEL_KEY", "sk-very-secret")
    monkeypatch.setenv("GROUNDSHIFT_ALLOW_PRIVATE_HOSTS", "1")
    settings.load.cache_clear()
    models.configured.cache_clear()
    try:
        tested = run("model")
        asked = run("ask", result, "How many new huts are there?")
    finally:
        models.configured.cache_clear()
    assert "cannot be reached" in tested.stdout
    assert asked.exit_code == 0
    assert asked.stdout.startswith("3 ")
    assert "The offline planner answered instead." in asked.stderr
    assert "sk-very-secret" not in tested.output + asked.output
