"""The words that tell of events: each entry of the lexicon, and what is none."""

import pytest

from tests.extraction.reading import WEDNESDAY, candidates, dates, event, find_events
from timeline.extraction.events import triggers
from timeline.extraction.lexicon import rows, verbs
from timeline.extraction.pipeline import read


def marked(example: str) -> tuple[str, str]:
    """Part an example of the lexicon into its text and the word between its asterisks."""
    before, word, after = example.split("*")
    return before + word + after, word


def found_triggers(text: str) -> dict[str, str]:
    """{words of a trigger: its kind}, whether or not it becomes an event."""
    doc = read(text, WEDNESDAY)
    return {
        doc.words_between(t.first, t.last): t.sense.kind
        for sentence in doc.sentences
        for t in triggers.find(doc, sentence.first, sentence.last, sentence.tree)
    }


class TestLexicon:
    @pytest.mark.parametrize("entry", rows("triggers"), ids=lambda entry: f"{entry[0]} {entry[1]}")
    def test_the_example_of_a_group_has_its_word_as_a_trigger_of_its_kind(self, entry):
        *_, kind, _, example = entry
        text, word = marked(example)
        assert found_triggers(text)[word] == kind

    @pytest.mark.parametrize(
        "spec",
        [
            word
            for part, *_, words, _ in rows("triggers")
            if part == "noun"
            for word in words.split()
        ],
    )
    def test_every_event_noun_is_read_after_an_article(self, spec):
        assert spec in found_triggers(f"The {spec} of Monday surprised the town.")

    @pytest.mark.parametrize("entry", rows("status"), ids=lambda entry: entry[0])
    def test_the_example_of_a_status_word_has_its_status_by_that_word(self, entry):
        status, _, _, example = entry
        text, word = marked(example)
        by = [
            ({m.state.status, m.state.factuality}, m.sentence.doc.lower[slice(*m.state.words)])
            for m in candidates(text)
        ]
        assert any(status in found and word in words for found, words in by)

    @pytest.mark.parametrize("entry", rows("stances"), ids=lambda entry: entry[0])
    def test_the_example_of_a_stance_takes_it(self, entry):
        stance, _, example = entry
        text, _ = marked(example)
        assert stance in {e.stance for e in find_events(text)}

    @pytest.mark.parametrize("entry", rows("light_verbs"), ids=lambda entry: " ".join(entry[:2]))
    def test_a_verb_that_leaves_the_event_to_a_noun_yields_the_noun(self, entry):
        text, word = marked(entry[-1])
        assert [e.trigger.text for e in find_events(text)] == [word]

    @pytest.mark.parametrize(
        ("verb", "past"),
        [("stop", "stopped"), ("die", "died"), ("deny", "denied"), ("meet", "met"), ("cut", "cut")],
    )
    def test_the_past_of_a_verb_is_formed(self, verb, past):
        assert verbs.VERBS[past].lemma == verb

    @pytest.mark.parametrize(
        ("verb", "form"), [("kill", "killing"), ("travel", "travelling"), ("die", "dying")]
    )
    def test_the_ing_of_a_verb_is_formed(self, verb, form):
        assert verbs.VERBS[form].lemma == verb


class TestTriggers:
    @pytest.mark.parametrize(
        ("text", "absent"),
        [
            ("The trial court sits in Hull.", "trial"),
            ("She will march on Monday. It rained in March.", "March"),
            ("The United Nations armed forces left.", "armed"),
            ("The firm has a long-planned merger.", "has"),
        ],
    )
    def test_a_word_that_only_looks_like_an_event_is_no_trigger(self, text, absent):
        assert absent not in found_triggers(text)

    def test_a_form_is_a_noun_after_an_article_and_a_verb_after_a_modal(self):
        noun = event("The visit lasted three hours on Monday.", "visit")
        verb = event("Ann Lee will visit Oslo next month.", "visit")
        assert (noun.status, verb.status) == ("occurred", "planned")

    def test_a_particle_belongs_to_its_verb(self):
        assert "called off" in found_triggers("They called off the race.")

    def test_scare_quotes_are_no_event(self):
        assert "attack" not in dates("The mayor spoke of a “charm attack” on the town.")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The Harbour Party came to power in 1998.", "Harbour Party comes to power"),
        ("The pact takes effect on May 1.", "Pact to take effect"),
        ("The law will enter into force on July 1.", "Law to enter into force"),
        ("Her novel came out in March 2015.", "Novel comes out"),
        ("Ministers initialed the text on Friday.", "Ministers initial the text"),
        ("Miners last walked out in May 2016.", "Miners walk out"),
        ("Norlak Group will next meet investors in May.", "Norlak Group to meet investors"),
        ("The Games end next Sunday.", "Games to end"),
        ("The heat might weaken on Sunday.", "Heat may weaken"),
    ],
)
def test_verbs_of_more_than_one_word_and_adverbs_before_them_are_read(text, title):
    assert [event.title for event in find_events(text)] == [title]


@pytest.mark.parametrize(("noun", "verb"), rows("event_nouns"))
def test_an_event_noun_and_its_verb_are_both_words_that_name_events(noun, verb):
    lemmas = {sense.lemma for sense in (*verbs.VERBS.values(), *verbs.PHRASAL.values())}
    assert noun in verbs.NOUNS
    assert verb.replace("_", " ") in lemmas


def test_one_event_told_by_its_verb_and_its_noun_is_told_once():
    text = "Anna Berg resigned on Monday. The resignation of Anna Berg on Monday was sudden."
    assert [event.trigger.text for event in find_events(text)] == ["resigned"]


def test_two_verbs_that_only_begin_alike_are_two_events():
    text = "Anna Berg appealed on Monday. Anna Berg appeared in court on Monday."
    assert [event.trigger.text for event in find_events(text)] == ["appealed", "appeared"]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("A man was charged with fraud Monday in the death of a girl who was run over.", "charged"),
        ("The town shut the harbour bridge, which divers had built by hand, on Monday.", "shut"),
        ("On Monday Norlak shut the yard where a flood had killed nine people.", "shut"),
        ("The girl who fell at the gate died on Monday.", "died"),
    ],
)
def test_of_the_verbs_of_a_sentence_the_one_that_states_its_day_is_told(text, trigger):
    assert trigger in [event.trigger.text for event in find_events(text)]
