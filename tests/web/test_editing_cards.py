"""Cards are corrected in place, split, and merged into any event; quotes find theirs."""

import re

import pytest
from django.test import Client

from tests import factories as make
from tests.web.desk import decide, desk, suggest, with_rights, words_of
from timeline.models import Article, Decision, Event, Suggestion

pytestmark = pytest.mark.django_db


def fields(suggestion: Suggestion, **changed: str) -> dict[str, str]:
    """What a browser sends of a card's fields."""
    names = ("title", "edtf", "status", "stance", "kind", "place")
    sent = {name: getattr(suggestion, name) for name in names}
    sent |= {"kind": "talks", "actors": "\n".join(suggestion.actors)} | changed
    return {f"edit-{name}": value for name, value in sent.items()}


def card_of(client: Client, suggestion: Suggestion, query: str = "") -> str:
    """The card as htmx is given it."""
    url = f"{desk(suggestion.article)}?at={suggestion.pk}{query}"
    page = client.get(url, headers={"HX-Request": "true", "HX-Target": f"s{suggestion.pk}"})
    assert page.status_code == 200
    assert "<html" not in page.content.decode()
    return page.content.decode()


# ------------------------------------------------------------------------------------- in place


def test_a_card_is_corrected_in_place_with_a_date_as_people_write_it(alice, meeting) -> None:
    decide(alice, meeting, "edit", **fields(meeting, title="Ministers meet", edtf="14 May",
                                            actors="Nora Vale\nPiet Strand"))  # fmt: skip
    meeting.refresh_from_db()
    assert (meeting.title, meeting.edtf) == ("Ministers meet", "2018-05-14")
    assert meeting.actors == ["Nora Vale", "Piet Strand"]
    assert (meeting.state, meeting.read_from.date.rule) == ("pending", "judged")


def test_a_correction_is_undone_like_any_decision(alice, article, meeting) -> None:
    before = Suggestion.objects.values().get(pk=meeting.pk)
    decide(alice, meeting, "edit", **fields(meeting, title="Ministers meet", edtf="May"))
    assert Decision.objects.get().kind == "edit"
    alice.post(desk(article), {"do": "undo"})
    assert Suggestion.objects.values().get(pk=meeting.pk) == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"edtf": "mayish"}, "“mayish” is no date that can be read."),
        ({"edtf": "12/06/2018"}, "Write 12 June 2018 or 2018-06-12."),
        ({"title": ""}, "This field is required."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"status": "unheard-of"}, "Select a valid choice."),
        ({"title": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(
    alice, meeting, wrong, said
) -> None:
    page = decide(alice, meeting, "edit", **fields(meeting, **{"place": "Elmsport"} | wrong))
    assert page.status_code == 400
    assert said in words_of(page)
    assert 'value="Elmsport"' in page.content.decode()  # what was sent is still there
    assert Suggestion.objects.get(pk=meeting.pk).place == ""
    assert not Decision.objects.exists()


def test_the_fields_of_a_card_are_a_page_without_javascript_and_a_part_with_htmx(
    alice, meeting
) -> None:
    page = alice.get(f"{desk(meeting.article)}?at={meeting.pk}&edit=1").content.decode()
    assert 'name="edit-title"' in page
    assert 'name="edit-title"' in card_of(alice, meeting, "&edit=1")
    assert 'name="edit-title"' not in card_of(alice, meeting)


def test_a_title_that_these_words_have_already_is_refused(alice, article, meeting) -> None:
    other = suggest(article, meeting.exact, title="Ministers meet")
    page = decide(alice, other, "edit", **fields(other, title=meeting.title))
    assert "write another title" in words_of(page)
    other.refresh_from_db()
    assert other.title == "Ministers meet"


def test_a_decided_card_is_not_edited(alice, meeting) -> None:
    decide(alice, meeting, "reject")
    page = decide(alice, meeting, "edit", **fields(meeting, title="Ministers meet"))
    assert "rejected already, by alice" in words_of(page)
    meeting.refresh_from_db()
    assert meeting.title == "Vale and Strand meet"


def test_the_words_of_a_quote_are_corrected_in_place(alice, article) -> None:
    quote = article.suggestions.get(type="quote")
    sent = {"text": "We will sail again", "speaker": "Nora Vale", "is_partial": "on", "medium": ""}
    decide(alice, quote, "edit", **{f"edit-{name}": value for name, value in sent.items()})
    quote.refresh_from_db()
    assert (quote.text, quote.is_partial, quote.medium) == ("We will sail again", True, "")


# ---------------------------------------------------------------------------------------- split


def test_two_events_of_one_card_are_split_in_one_step_and_undone_in_one(
    alice, article, meeting
) -> None:
    decide(alice, meeting, "split", **fields(meeting, title="Strand leaves", edtf="16 May"))
    half = article.suggestions.get(title="Strand leaves")
    meeting.refresh_from_db()
    assert (half.edtf, half.exact, half.state) == ("2018-05-16", meeting.exact, "pending")
    assert (meeting.title, meeting.edtf) == ("Vale and Strand meet", "2018-05-15")
    alice.post(desk(article), {"do": "undo"})
    assert not article.suggestions.filter(title="Strand leaves").exists()


def test_two_dates_of_one_event_are_two_cards(alice, article, meeting) -> None:
    decide(alice, meeting, "split", **fields(meeting, edtf="16 May"))
    halves = article.suggestions.filter(start=meeting.start).order_by("pk")
    assert [(one.title, one.edtf) for one in halves] == [
        ("Vale and Strand meet", "2018-05-15"), ("Vale and Strand meet (2)", "2018-05-16"),
    ]  # fmt: skip


def test_a_half_that_was_decided_since_keeps_the_split(alice, article, meeting) -> None:
    decide(alice, meeting, "split", **fields(meeting, title="Strand leaves"))
    decide(alice, article.suggestions.get(title="Strand leaves"), "accept")
    split = Decision.objects.get(kind="split")
    page = alice.post(desk(article), {"do": "undo", "decision": split.pk}, follow=True)
    assert "Not undone: the suggestion “Strand leaves” was changed by alice" in words_of(page)
    for _ in range(2):  # in order it can be undone
        alice.post(desk(article), {"do": "undo"})
    assert not article.suggestions.filter(title="Strand leaves").exists()


# --------------------------------------------------------------------------------------- reject


def test_a_rejection_keeps_its_reason(alice, meeting) -> None:
    page = decide(alice, meeting, "reject", reason="  Told   already ")
    assert "Rejected: Vale and Strand meet (Told already)" in words_of(page)
    assert Decision.objects.get().reason == "Told already"
    history = alice.get(f"/desk/timeline/suggestion/{meeting.pk}/history/")
    assert "Rejected: Told already." in words_of(history)


@pytest.mark.parametrize("reason", ["x" * 301, "a\x00b"])
def test_a_reason_that_cannot_be_kept_is_refused(alice, meeting, reason) -> None:
    page = decide(alice, meeting, "reject", reason=reason)
    assert page.status_code == 400
    meeting.refresh_from_db()
    assert meeting.state == "pending"


# -------------------------------------------------------------------------------- another event


def found(client: Client, suggestion: Suggestion, words: str) -> list[str]:
    """The events that the field finds."""
    url = f"{desk(suggestion.article)}?at={suggestion.pk}&q={words}"
    page = client.get(url, headers={"HX-Request": "true", "HX-Target": f"found-{suggestion.pk}"})
    return re.findall(r"data-event-choice>([^<]+)</a>", page.content.decode())


@pytest.fixture
def base(db: None) -> None:
    """Three events of the base."""
    visit = make.event("Strand visits Sandhaven", edtf="2018-05-01", place=make.place("Sandhaven"))
    make.takes_part(make.actor("Piet Strand"), visit)
    make.event("Talks on the ferry", edtf="2011-04-01")
    make.event("Vote on the ferry", edtf="2018-06-01", published=False)


@pytest.mark.parametrize(
    ("words", "events"),
    [
        ("vo", ["Vote on the ferry"]),
        ("ta fe", ["Talks on the ferry"]),
        ("fe", ["Vote on the ferry", "Talks on the ferry"]),  # the nearer one first
        ("pi st", ["Strand visits Sandhaven"]),
        ("sandh", ["Strand visits Sandhaven"]),
        ("erry", []),
        ("%", []),
        ("", []),
        ("' OR 1=1 --", []),
    ],
)
def test_any_event_is_found_by_the_beginnings_of_words(alice, meeting, base, words, events) -> None:
    assert found(alice, meeting, words) == events


def test_a_chosen_event_is_compared_before_it_is_merged_into(alice, meeting, base) -> None:
    vote = Event.objects.get(title="Vote on the ferry")
    card = card_of(alice, meeting, f"&event={vote.pk}")
    assert "The event that you chose" in card or "Look again at the event that you chose" in card
    assert f'name="event" value="{vote.pk}"' in card
    meeting.refresh_from_db()
    assert meeting.match is None  # nothing is stored by looking
    decide(alice, meeting, "merge", event=vote.pk)
    assert vote.reports.get().article == meeting.article


def test_an_event_that_nobody_knew_then_is_never_offered_beside_the_match(alice, meeting) -> None:
    late = make.event("Vale and Strand meet", edtf="2018-05-15")
    make.report(late, make.article("2018-07-20"))
    fitting = make.event("Strand and Vale meet", edtf="2018-05-15", published=False)
    make.report(fitting, make.article("2018-05-15"), edtf="2018-05-15")
    others = card_of(alice, meeting).partition('class="others"')[2].partition("</ul>")[0]
    assert f"event={fitting.pk}" in others
    assert f"event={late.pk}" not in others


@pytest.mark.parametrize("event", ["0", "-1", "x", "9" * 30, "99999"])
def test_an_event_that_is_none_is_left_out(alice, meeting, event) -> None:
    assert "that you chose" not in card_of(alice, meeting, f"&event={event}")


def test_who_may_not_merge_is_offered_no_other_event(meeting) -> None:
    bob = with_rights(Client(), "view_suggestion", "change_suggestion")
    assert "data-find" not in card_of(bob, meeting)


# ------------------------------------------------------------------------------ matched anew


def test_a_second_card_of_an_event_is_matched_with_what_the_first_one_made(
    alice, article, meeting
) -> None:
    again = suggest(article, "Vale told reporters after the meeting", title="Vale and Strand meet")
    decide(alice, meeting, "accept")
    again.refresh_from_db()
    event = Event.objects.get()
    assert again.match == event
    assert again.score >= 0.5
    alice.post(desk(article), {"do": "undo"})
    again.refresh_from_db()
    assert (again.match, again.score, again.reasons) == (None, None, [])


def test_htmx_is_given_the_card_that_is_matched_anew(alice, article, meeting) -> None:
    again = suggest(article, "Vale told reporters after the meeting", title="Vale and Strand meet")
    data = {"suggestion": meeting.pk, "do": "accept"}
    page = alice.post(desk(article), data, headers={"HX-Request": "true"}).content.decode()
    assert f'id="s{again.pk}"' in page
    assert "may be one you have" in page


def test_what_one_article_tells_twice_is_never_merged_by_one_key(alice, article, meeting) -> None:
    again = suggest(article, "Vale told reporters after the meeting", title="Vale and Strand meet")
    decide(alice, meeting, "accept")
    card = card_of(alice, again)
    assert "This article reports it already. Look whether it does so twice." in card
    assert re.search(r'button default" name="do" value="accept"', card)
    assert 'data-choose="m"' in card
    decide(alice, again, "merge", event=Event.objects.get().pk)
    assert Event.objects.get().reports.count() == 1


# ---------------------------------------------------------------------------------------- quotes


def accepted_quote(client: Client, quote: Suggestion):
    """Accept a quote as its one key does: with what its card has chosen."""
    card = card_of(client, quote)
    chosen = re.search(r'<option value="(\d+)" selected', card)
    decide(client, quote, "accept", **({"event": chosen[1]} if chosen else {}))
    quote.refresh_from_db()
    return quote.quote


def test_a_quote_is_tied_to_the_event_told_beside_it_by_one_key(alice, article) -> None:
    quote = article.suggestions.get(type="quote")
    beside = suggest(article, "told reporters after the meeting", title="Vale tells reporters")
    decide(alice, beside, "accept")
    assert [str(one) for one in accepted_quote(alice, quote).events.all()] == [
        "Vale tells reporters"
    ]


def test_a_quote_is_tied_to_what_its_speaker_took_part_in_just_before(alice, article) -> None:
    quote = article.suggestions.get(type="quote")
    meeting = article.suggestions.get(title="Vale and Strand meet")
    meeting.actors = ["Nora Vale", "Piet Strand"]
    meeting.save()
    decide(alice, meeting, "accept")
    assert [str(one) for one in accepted_quote(alice, quote).events.all()] == [
        "Vale and Strand meet"
    ]


def test_a_quote_beside_an_event_of_the_base_is_tied_to_that(alice, article, meeting) -> None:
    event = make.event("Ferry talks", edtf="2018-05-15", status="planned")
    make.takes_part(make.actor("Nora Vale"), event)
    decide(alice, meeting, "merge", event=event.pk)
    quote = article.suggestions.get(type="quote")
    assert list(accepted_quote(alice, quote).events.all()) == [event]


def test_a_quote_whose_event_is_not_clear_is_tied_to_none(alice, article, meeting) -> None:
    decide(alice, meeting, "accept")
    quote = article.suggestions.get(type="quote")
    assert not accepted_quote(alice, quote).events.exists()


def test_events_of_the_base_in_which_the_speaker_took_part_are_offered(
    alice: Client, article: Article
) -> None:
    launch = make.event("Launch of the ferry", edtf="2018-05-01")
    make.takes_part(make.actor("Nora Vale"), launch)
    quote = article.suggestions.get(type="quote")
    card = card_of(alice, quote)
    assert f'<option value="{launch.pk}">' in card
    other = make.event("Storm", edtf="2011-05-01")
    assert f'<option value="{other.pk}" selected' in card_of(alice, quote, f"&event={other.pk}")
