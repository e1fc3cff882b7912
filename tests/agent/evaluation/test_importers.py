"""Question sets of published datasets: made-up files of the same layout, and hostile ones."""

import json

import pytest

from agent.evaluation.importers import (
    READERS,
    read_cdvqa,
    read_changechat,
    read_disasterm3,
    read_levir_captions,
)
from errors import InputError


def write(folder, name, content):
    path = folder / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def turns(*texts):
    people = ("human", "gpt")
    return [{"from": people[at % 2], "value": text} for at, text in enumerate(texts)]


def test_changechat_has_captions_single_questions_and_dialogues(tmp_path):
    write(
        tmp_path,
        "changechat_105k_test.json",
        [
            {
                "image_A": "test/A/test_1.png",
                "image_B": "test/B/test_1.png",
                "captions": ["a road appears", "a new road"],
            }
        ],
    )
    write(
        tmp_path,
        "changechat_105k_test_binary.json",
        [
            {
                "id": "b1",
                "image": ["A/test_1.png", "B/test_1.png"],
                "conversations": turns("<image>\nDid it change? Answer yes or no.", "yes"),
            }
        ],
    )
    write(
        tmp_path,
        "changechat_105k_test_dialog.json",
        [
            {
                "id": "d1",
                "image": ["A/test_1.png", "B/test_1.png"],
                "conversations": turns("Did it change?", "Yes.", "Where?", "In the centre."),
            },
            {"id": "d2", "image": ["A/x.png", "B/x.png"], "conversations": turns("Unanswered?")},
        ],
    )
    found = read_changechat(tmp_path)
    assert [(one.kind, one.turn, one.answers[0]) for one in found.questions] == [
        ("caption", 0, "a road appears"), ("binary", 0, "yes"),
        ("dialogue", 0, "Yes."), ("dialogue", 1, "In the centre."),
    ]  # fmt: skip
    assert found.questions[1].query == "Did it change? Answer yes or no."
    assert found.skipped == {"a conversation without an answer to each question": 1}


def test_levir_has_five_captions_and_says_which_pairs_changed(tmp_path):
    sentences = [{"raw": f" caption {number} .", "tokens": []} for number in range(5)]
    write(
        tmp_path,
        "LevirCCcaptions.json",
        {
            "images": [
                {
                    "filename": "test_1.png",
                    "split": "test",
                    "changeflag": 1,
                    "sentences": sentences,
                },
                {
                    "filename": "test_2.png",
                    "split": "test",
                    "changeflag": 0,
                    "sentences": sentences[:1],
                },
                {"filename": "test_3.png", "split": "test", "changeflag": 0, "sentences": []},
            ]
        },
    )
    found = read_levir_captions(tmp_path)
    assert [len(one.answers) for one in found.questions] == [5, 1]
    assert found.is_changed == {"test_1.png": True, "test_2.png": False, "test_3.png": False}
    assert found.skipped == {"a pair without a caption": 1}


def cdvqa(folder, part="Val"):
    write(
        folder,
        f"{part}_questions.json",
        {
            "questions": [
                {
                    "id": 0,
                    "img_id": 0,
                    "type": "change_or_not",
                    "question": "Have the trees changed?",
                    "answers_ids": [0],
                    "active": True,
                },
                {
                    "id": 1,
                    "img_id": 1,
                    "type": "change_ratio",
                    "question": "How much has changed?",
                    "answers_ids": [1],
                    "active": True,
                },
                {"id": 2, "img_id": 0, "type": "change_ratio", "question": "Lost?", "active": True},
                {"id": 3, "img_id": 0, "type": "change_ratio", "question": "Off?", "active": False},
            ]
        },
    )
    write(
        folder,
        f"{part}_answers.json",
        {
            "answers": [
                {"id": 0, "question_id": 0, "answer": "yes"},
                {"id": 1, "question_id": 1, "answer": "30_to_40"},
            ]
        },
    )
    write(
        folder,
        f"{part}_images.json",
        {"images": [{"id": 0, "file_name": "02180.png"}, {"id": 1, "file_name": "02180.png"}]},
    )
    return folder / f"{part}_questions.json"


def test_cdvqa_joins_questions_answers_and_images(tmp_path):
    found = read_cdvqa(cdvqa(tmp_path))
    assert [(one.id, one.pair, one.kind, one.answers) for one in found.questions] == [
        ("Val 0", "02180.png", "change_or_not", ("yes",)),
        ("Val 1", "02180.png", "change_ratio", ("30_to_40",)),
    ]
    assert found.skipped == {"a question without an answer or an image": 1}


def test_cdvqa_reads_several_parts_of_a_folder(tmp_path):
    cdvqa(tmp_path)
    cdvqa(tmp_path, "Test")
    assert [one.id for one in read_cdvqa(tmp_path).questions] == [
        "Test 0", "Test 1", "Val 0", "Val 1",
    ]  # fmt: skip


def test_disasterm3_has_options_and_leaves_masks_out(tmp_path):
    write(
        tmp_path,
        "benchmark_release.json",
        [
            {
                "task": "Building Damage Counting",
                "prompts": "How many were destroyed?",
                "pre_image_path": "images\\a_pre.png",
                "post_image_path": "images\\a_post.png",
                "ground_truth": 3,
                "ground_truth_option": "B",
                "options_list": ["1", "3"],
            },
            {
                "task": "Referring Expression Segmentation",
                "prompts": "Outline it.",
                "pre_image_path": "a",
                "post_image_path": "b",
                "ground_truth": "masks/a.png",
            },
        ],
    )
    found = read_disasterm3(tmp_path)
    (one,) = found.questions
    assert (one.pair, one.answers, one.options) == ("images/a_pre.png", ("3", "B"), ("1", "3"))
    assert found.skipped == {"a task that is answered by a mask": 1}


@pytest.mark.parametrize("name", sorted(READERS))
@pytest.mark.parametrize("content", ["nonsense", "[" * 100_000, "{}", "[1, null]", '{"images": 3}'])
def test_other_files_get_one_clear_sentence(tmp_path, name, content):
    for file in ("changechat_105k_test.json", "LevirCCcaptions.json", "V_questions.json",
                 "V_answers.json", "V_images.json", "other.json"):  # fmt: skip
        (tmp_path / file).write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        READERS[name](tmp_path)
    assert caught.value.hint


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_folder_without_such_files_is_named(tmp_path, name):
    with pytest.raises(InputError, match="no file"):
        READERS[name](tmp_path)


def test_texts_of_strangers_are_cleaned_and_cut(tmp_path):
    write(
        tmp_path,
        "b.json",
        [
            {
                "task": "x\u202e",
                "prompts": "q" * 10_000,
                "ground_truth": "yes",
                "pre_image_path": "a",
            }
        ],
    )
    (one,) = read_disasterm3(tmp_path).questions
    assert (one.kind, len(one.query)) == ("x", 4000)
