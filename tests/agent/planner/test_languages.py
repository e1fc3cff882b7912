from dataclasses import replace
from string import Template

import pytest

from agent.languages.speech import languages, speech
from agent.planner import marks
from agent.planner.intents import RULES
from agent.planner.word import WORDS
from agent.tools import registry
from wording.english import ENGLISH
from wording.slots import SLOT, check, numbers_in

GERMAN = speech("de")
FLAGS = ("has", "is")


@pytest.mark.parametrize("spoken", languages(), ids=lambda one: one.tag)
def test_no_sentence_states_a_number(spoken):
    for name, sentence in (*spoken.sentences.items(), *spoken.language.templates.items()):
        words = SLOT.sub(" ", Template(sentence).safe_substitute())
        assert not numbers_in(words, language=spoken.language), name


@pytest.mark.parametrize("spoken", languages(), ids=lambda one: one.tag)
def test_captions_of_a_language_can_be_rendered(spoken):
    for template in spoken.language.templates.values():
        check(template, language=spoken.language)


def test_german_says_everything_that_english_says():
    assert GERMAN.sentences.keys() == speech("en").sentences.keys()
    assert GERMAN.classes.keys() == speech("en").classes.keys()
    assert GERMAN.suggestions.keys() == speech("en").suggestions.keys()
    for part in ("templates", "cautions"):
        assert getattr(GERMAN.language, part).keys() == getattr(ENGLISH, part).keys()
    assert ENGLISH.words.keys() <= GERMAN.language.words.keys()


def test_german_templates_have_the_slots_of_the_english_ones():
    for name, template in ENGLISH.templates.items():
        assert {*SLOT.findall(template)} == {*SLOT.findall(GERMAN.language.templates[name])}, name


def test_german_sentences_have_the_words_of_the_english_ones():
    for name, sentence in speech("en").sentences.items():
        wanted = {*Template(sentence).get_identifiers()}
        assert {*Template(GERMAN.sentences[name]).get_identifiers()} == wanted, name


@pytest.mark.parametrize("spoken", languages(), ids=lambda one: one.tag)
def test_every_concept_of_the_rules_has_words(spoken):
    concepts = {
        one for _, rule in RULES for word in rule.split() for one in word.lstrip("!").split("|")
    }
    named = {one for one in concepts if not one.endswith(":") and one.split(":")[0] not in FLAGS}
    assert named <= spoken.lexicon.keys()


def test_every_tool_is_worded():
    assert WORDS.keys() >= registry.discover().keys()


def test_an_unknown_language_is_answered_in_english():
    assert speech("fr").tag == "en"


def test_a_longer_phrase_hides_the_shorter_one_in_it_but_no_name():
    said = marks.find(" net change of the buildings ", "en", {"buildings": "class:building"})
    concepts = {mark.concept for mark in said.marks}
    assert "ask:net" in concepts
    assert "thing:any" not in concepts
    assert "class:building" in concepts


def test_a_further_language_needs_nothing_but_its_record():
    other = replace(GERMAN, tag="xx", name="Other")
    assert other.words_for("state")["appeared"] == GERMAN.lexicon["state:appeared"]
