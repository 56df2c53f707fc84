"""Accepting drops nothing: names become records, which an editor sees and corrects beforehand."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import decide, desk, with_rights, words_of
from timeline.models import Actor, Article, Event, Place, Quote, Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(meeting: Suggestion) -> Suggestion:
    """The meeting names one actor who is here and one who is not, and a place that is not."""
    factories.actor("Nora Vale")
    meeting.actors, meeting.place = ["Nora Vale", "Piet Strand"], "Elmsport"
    meeting.save()
    return meeting


def names(*sent: dict[str, str]) -> dict[str, str]:
    """What a browser sends of the names on a card."""
    return {
        f"name-{number}-{key}": value
        for number, one in enumerate(sent)
        for key, value in one.items()
        if value
    }


VALE = {"role": "actor", "said": "Nora Vale", "take": "on"}
STRAND = {"role": "actor", "said": "Piet Strand", "take": "on", "name": "Piet Strand",
          "kind": "person"}  # fmt: skip
ELMSPORT = {"role": "place", "said": "Elmsport", "take": "on", "name": "Elmsport"}


def test_the_card_shows_what_will_be_made_and_what_is_here(
    alice: Client, meeting: Suggestion
) -> None:
    page = alice.get(desk(meeting.article))
    assert "2 new records" in words_of(page)
    html = page.content.decode()
    assert 'name="name-1-name" value="Piet Strand"' in html
    vale = Actor.objects.get()
    assert f'<a href="/desk/timeline/actor/{vale.pk}/change/">Nora Vale</a>' in html


def test_names_without_a_record_are_made_with_the_decision(
    alice: Client, meeting: Suggestion
) -> None:
    said = words_of(decide(alice, meeting, "accept", **names(VALE, STRAND, ELMSPORT)))
    assert "New: Piet Strand (person), Elmsport (place)." in said
    event = Event.objects.get()
    assert {actor.name for actor in event.participants.all()} == {"Nora Vale", "Piet Strand"}
    assert event.place.name == "Elmsport"
    made = LogEntry.objects.filter(change_message="Made with a suggestion.")
    assert {entry.object_repr for entry in made} == {"Piet Strand", "Elmsport"}


def test_a_plain_press_makes_them_too(alice: Client, meeting: Suggestion) -> None:
    decide(alice, meeting, "accept")
    assert Event.objects.get().participants.count() == 2
    assert Place.objects.get().name == "Elmsport"


def test_a_name_and_its_kind_are_corrected_and_the_articles_word_becomes_an_alias(
    alice: Client, meeting: Suggestion
) -> None:
    corrected = STRAND | {"name": "Strand Ferries", "kind": "organisation"}
    decide(alice, meeting, "accept", **names(VALE, corrected, ELMSPORT))
    made = Actor.objects.get(name="Strand Ferries")
    assert (made.kind, made.aliases.get().name) == ("organisation", "Piet Strand")
    assert Actor.objects.named("piet strand").get() == made


def test_a_word_that_became_an_alias_is_shown_to_readers_once_an_editor_says_so(
    alice: Client, client: Client, meeting: Suggestion
) -> None:
    pieter = factories.actor("Pieter Strand")
    factories.takes_part(pieter, factories.event())
    factories.report(Event.objects.get(), meeting.article)
    decide(alice, meeting, "accept", **names(VALE, STRAND | {"name": "Pieter Strand"}, ELMSPORT))
    assert "Piet Strand" not in words_of(client.get("/actors/pieter-strand/"))
    form = words_of(alice.get(reverse("admin:timeline_actor_change", args=[pieter.pk])))
    assert "Shown to readers" in form
    pieter.aliases.update(is_published=True)
    assert "Also written Piet Strand" in words_of(client.get("/actors/pieter-strand/"))


def test_a_name_corrected_into_one_that_is_here_makes_no_second(
    alice: Client, meeting: Suggestion
) -> None:
    pieter = factories.actor("Pieter Strand")
    decide(alice, meeting, "accept", **names(VALE, STRAND | {"name": "pieter strand"}, ELMSPORT))
    assert Actor.objects.count() == 2
    assert pieter in Event.objects.get().participants.all()


def test_an_unticked_name_is_left_out_and_said(alice: Client, meeting: Suggestion) -> None:
    sent = names(VALE, STRAND | {"take": ""}, ELMSPORT)
    said = words_of(decide(alice, meeting, "accept", **sent))
    assert "Left out: Piet Strand." in said
    assert [actor.name for actor in Event.objects.get().participants.all()] == ["Nora Vale"]
    assert not Actor.objects.named("Piet Strand").exists()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"name": ""}, "Write a name for “Piet Strand”, or untick it."),
        ({"name": "x" * 201}, "at most 200 characters"),
        ({"kind": "dragon"}, "Select a valid choice."),
        ({"name": "Piet\x00"}, "Null characters are not allowed."),
    ],
)
def test_a_wrong_name_decides_nothing_and_is_shown_as_it_was_sent(
    alice: Client, meeting: Suggestion, wrong: dict, why: str
) -> None:
    sent = names(VALE | {"take": ""}, STRAND | wrong, ELMSPORT | {"name": "Elms Port"})
    answer = decide(alice, meeting, "accept", **sent)
    assert answer.status_code == 400
    assert why in words_of(answer)
    assert 'value="Elms Port"' in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.state == "pending"
    assert not Event.objects.exists()


def test_a_name_that_several_bear_is_asked_for_and_else_left_open(
    alice: Client, article: Article, meeting: Suggestion
) -> None:
    one, two = (factories.actor(f"Piet Strand {which}") for which in ("senior", "junior"))
    for actor in (one, two):
        actor.aliases.create(name="Piet Strand")
    assert "who of 2?" in words_of(alice.get(desk(article)))
    chosen = names(VALE, STRAND | {"record": str(two.pk)}, ELMSPORT)
    decide(alice, meeting, "accept", **chosen)
    assert {a.name for a in Event.objects.get().participants.all()} == {"Nora Vale", two.name}
    visit = article.suggestions.get(edtf="2018-07")
    visit.actors = ["Piet Strand"]
    visit.save()
    said = words_of(decide(alice, visit, "accept"))
    assert "Left open, for several bear the name: Piet Strand." in said


def test_a_merge_adds_the_actors_that_the_event_lacks_as_known_from_the_report(
    alice: Client, meeting: Suggestion
) -> None:
    event = factories.event("Ferry talks", edtf="2018-05", status="planned", published=False)
    vale = Actor.objects.get()
    factories.takes_part(vale, event)
    decide(alice, meeting, "merge", event=event.pk)
    strand = event.participations.get(actor__name="Piet Strand")
    assert strand.known_from == event.reports.get()
    assert event.participations.get(actor=vale).known_from is None
    event.refresh_from_db()
    assert (event.place.name, event.place_known_from) == ("Elmsport", event.reports.get())


def test_a_merge_keeps_the_place_that_the_event_has_and_says_so(
    alice: Client, meeting: Suggestion
) -> None:
    event = factories.event("Ferry talks", edtf="2018-05", place=factories.place("Sandhaven"))
    said = words_of(decide(alice, meeting, "merge", event=event.pk))
    assert "The event stays at Sandhaven; the report says Elmsport." in said
    assert not Place.objects.filter(name="Elmsport").exists()


def test_the_speaker_of_a_quote_is_made_and_tied(alice: Client, article: Article) -> None:
    suggestion = article.suggestions.get(type="quote")
    assert "1 new record" in words_of(alice.get(desk(article)))
    decide(alice, suggestion, "accept")
    assert Quote.objects.get().speaker == Actor.objects.get(name="Nora Vale", kind="person")


def test_a_speaker_left_out_stays_in_the_words_of_the_article(
    alice: Client, article: Article
) -> None:
    suggestion = article.suggestions.get(type="quote")
    decide(alice, suggestion, "accept", **names({"role": "speaker", "said": "Nora Vale"}))
    quote = Quote.objects.get()
    assert (quote.speaker, quote.attribution) == (None, "Nora Vale")
    assert not Actor.objects.exists()


def test_who_may_make_no_actors_is_told_who_is_left_out(
    client: Client, meeting: Suggestion
) -> None:
    bob = with_rights(
        client, "view_suggestion", "change_suggestion", "add_event", "add_report", "add_place"
    )
    page = words_of(bob.get(desk(meeting.article)))
    assert "no record, which you may not make: left out" in page
    said = words_of(decide(bob, meeting, "accept", **names(VALE, STRAND, ELMSPORT)))
    assert "Left out: Piet Strand." in said
    assert not Actor.objects.filter(name="Piet Strand").exists()
    assert Event.objects.get().place.name == "Elmsport"


def test_names_of_another_article_or_another_order_are_taken_by_what_they_say(
    alice: Client, meeting: Suggestion
) -> None:
    stranger = {"role": "actor", "said": "Mallory", "take": "on", "name": "Mallory"}
    decide(alice, meeting, "accept", **names(stranger, ELMSPORT, STRAND | {"take": ""}))
    assert {actor.name for actor in Event.objects.get().participants.all()} == {"Nora Vale"}
    assert not Actor.objects.named("Mallory").exists()


@pytest.mark.parametrize("known_as", ["the place", "the dateline", "a place of the records"])
def test_a_place_is_not_ticked_as_a_new_actor(
    alice: Client, article: Article, meeting: Suggestion, known_as: str
) -> None:
    name = {"the dateline": "Elmsport", "the place": "Sandhaven"}.get(known_as, "Ganghwa")
    if known_as == "a place of the records":
        factories.place(name)
    place = name if known_as == "the place" else ""
    Suggestion.objects.filter(pk=meeting.pk).update(actors=["Piet Strand", name], place=place)
    page = alice.get(desk(article)).content.decode()
    ticks = re.findall(rf'<input[^>]*aria-label="New actor {name}"[^>]*>', page)
    assert ticks
    assert not any("checked" in tick for tick in ticks)
    said = words_of(decide(alice, meeting, "accept"))
    assert f"Left out: {name}." in said
    assert {one.name for one in Event.objects.get().participants.all()} == {"Piet Strand"}


def test_a_place_that_is_known_as_an_actor_takes_part(alice: Client, meeting: Suggestion) -> None:
    factories.actor("Elmsport", kind="organisation")
    Suggestion.objects.filter(pk=meeting.pk).update(actors=["Elmsport"])
    decide(alice, meeting, "accept")
    assert Event.objects.get().participants.get().name == "Elmsport"


def test_a_place_is_made_an_actor_where_the_editor_ticks_it(
    alice: Client, meeting: Suggestion
) -> None:
    Suggestion.objects.filter(pk=meeting.pk).update(actors=["Elmsport"])
    ticked = ELMSPORT | {"role": "actor", "kind": "organisation"}
    decide(alice, meeting, "accept", **names(ticked))
    assert Event.objects.get().participants.get().kind == "organisation"


def test_what_names_no_one_clearly_is_left_by_the_model_too(meeting: Suggestion) -> None:
    Suggestion.objects.filter(pk=meeting.pk).update(actors=["Elmsport"])
    meeting.accept(by=factories.editor())
    assert not Event.objects.get().participants.exists()


def test_a_name_longer_than_a_record_holds_is_one_name_in_every_suggestion(
    alice: Client, article: Article, meeting: Suggestion
) -> None:
    long = "Piet " + "van der Strand " * 15
    for suggestion in article.suggestions.filter(type="report"):
        Suggestion.objects.filter(pk=suggestion.pk).update(actors=[long], place="")
        assert decide(alice, suggestion, "accept").status_code == 200
    made = Actor.objects.exclude(name="Nora Vale").get()
    assert made.name == long[:200]
    assert made.events.count() == 2
    assert not made.aliases.exists()
