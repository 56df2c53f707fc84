"""A review ends with what is open, what was accepted, and publishing all of it in one step."""

import pytest
from django.test import Client

from tests import factories as make
from tests.web.desk import decide, onlooker, suggest, with_rights, words_of
from timeline.models import Actor, Article, Decision, Event, Quote, Report, Suggestion, Timeline

pytestmark = pytest.mark.django_db


def done(article: Article) -> str:
    return f"/desk/timeline/article/{article.pk}/review/done/"


def press(client: Client, article: Article, do: str, **data: object):
    return client.post(done(article), {"do": do, **data}, follow=True)


@pytest.fixture
def reviewed(alice: Client, article: Article) -> Article:
    """The ferry article with all decided: two new events, a quote on one, an added report."""
    public = make.event("Ferry closes", edtf="2011", published=True)
    make.report(public, make.article("2012-01-01"))
    meeting, words, visit = article.suggestions.order_by("start")
    meeting.actors = ["Nora Vale"]
    meeting.save()
    decide(alice, meeting, "accept")
    decide(alice, words, "accept", event=Event.objects.get(title="Vale and Strand meet").pk)
    decide(alice, visit, "accept")
    closed = suggest(article, "The line was closed in 2011", title="Line closed", edtf="2011")
    decide(alice, closed, "merge", event=public.pk)
    return article


def drafts(article: Article) -> list[int]:
    return list(Event.objects.filter(is_published=False).values_list("pk", flat=True))


def test_the_last_decision_leads_to_the_end_of_the_review(alice, article) -> None:
    *rest, last = article.suggestions.order_by("start")
    for suggestion in rest:
        page = decide(alice, suggestion, "reject")
        assert not page.redirect_chain[-1][0].endswith("/done/")
    assert decide(alice, last, "reject").redirect_chain[-1][0] == done(article)


def test_it_names_what_was_accepted_and_what_goes_with_it(alice, reviewed) -> None:
    said = words_of(alice.get(done(reviewed)))
    assert "All 4 decided" in said
    assert "2 new events, as readers will see them" in said
    assert said.index("Vale and Strand meet") < said.index("below this line, plans")
    assert said.index("below this line, plans") < said.index("Strand visits Elmsport")
    assert "With them 2 reports and 1 quote become public" in said
    assert "1 report added to events that readers see" in said
    assert "1 report on events that are public already" in said


def test_all_is_published_and_put_on_a_timeline_in_one_step(alice, client, reviewed) -> None:
    timeline = make.timeline()
    page = press(alice, reviewed, "publish", events=drafts(reviewed), timeline=timeline.pk,
                 additions="on")  # fmt: skip
    assert "Published 2 events and 1 addition and put on The harbour." in words_of(page)
    assert not Event.objects.filter(is_published=False).exists()
    assert not Report.objects.filter(is_published=False).exists()
    assert Quote.objects.get().is_published
    public = client.get(timeline.get_absolute_url()).content.decode()
    assert "Vale and Strand meet" in public
    assert "Strand visits Elmsport" in public
    assert reviewed.body[:40] not in public


def test_only_what_is_ticked_is_published(alice, reviewed) -> None:
    visit = Event.objects.get(title="Strand visits Elmsport")
    press(alice, reviewed, "publish", events=[visit.pk])
    assert set(Event.objects.filter(is_published=False)) == {
        Event.objects.get(title="Vale and Strand meet")
    }
    assert not Quote.objects.get().is_published
    assert Report.objects.filter(is_published=False, event__is_published=True).count() == 1


def test_publishing_is_undone_as_one_decision(alice, reviewed) -> None:
    timeline = make.timeline()
    rows = [Event, Report, Quote]

    def state():
        tied = list(timeline.events.values_list("pk", flat=True))
        return tied, [list(model.objects.order_by("pk").values()) for model in rows]

    before = state()
    press(alice, reviewed, "publish", events=drafts(reviewed), timeline=timeline.pk,
          additions="on")  # fmt: skip
    decision = Decision.objects.first()
    assert decision.kind == "publish"
    alice.post(f"/desk/timeline/decision/{decision.pk}/undo/")
    assert state() == before


def test_publishing_is_undone_by_those_alone_who_may_publish(alice, reviewed) -> None:
    press(alice, reviewed, "publish", events=drafts(reviewed))
    bob = with_rights(Client(), "view_suggestion", "change_suggestion", "view_decision")
    url = f"/desk/timeline/decision/{Decision.objects.first().pk}/undo/"
    assert bob.post(url).status_code == 403
    assert not Event.objects.filter(is_published=False).exists()


def test_publishing_stands_where_another_report_was_published_upon_it(alice, reviewed) -> None:
    press(alice, reviewed, "publish", events=drafts(reviewed))
    decision = Decision.objects.first()
    visit = Event.objects.get(title="Strand visits Elmsport")
    make.report(visit, make.article("2018-05-20"))
    page = alice.post(f"/desk/timeline/decision/{decision.pk}/undo/", follow=True)
    assert "has been published since" in words_of(page)
    visit.refresh_from_db()
    assert visit.is_published


@pytest.mark.parametrize("keys", [["x"], ["-1"], ["9" * 30], ["999999"]])
def test_what_is_no_draft_of_the_article_is_not_published(alice, reviewed, keys) -> None:
    other = make.event("Elsewhere", published=False)
    for sent in (keys, [other.pk]):
        assert press(alice, reviewed, "publish", events=sent).status_code == 200
    assert not Event.objects.exclude(title="Ferry closes").filter(is_published=True).exists()


def test_a_press_without_a_choice_publishes_nothing(alice, reviewed) -> None:
    assert "tick an event" in words_of(press(alice, reviewed, "publish"))
    assert "press one of the buttons" in words_of(press(alice, reviewed, "x"))
    assert Event.objects.filter(is_published=False).count() == 2


def test_a_quote_alone_is_published_with_what_it_adds_to(alice, article) -> None:
    public = make.event("Ferry closes", edtf="2011", published=True)
    make.report(public, make.article("2012-01-01"))
    words = article.suggestions.get(type=Suggestion.Type.QUOTE)
    decide(alice, words, "accept", event=public.pk)
    assert press(alice, article, "publish").status_code == 200
    assert press(alice, article, "publish", additions="on").status_code == 200
    assert not Event.objects.filter(is_published=False).exists()
    assert Quote.objects.public().exists()


def test_open_suggestions_come_first_and_hold_nothing_up(alice, article, meeting) -> None:
    decide(alice, meeting, "accept")
    said = words_of(alice.get(done(article)))
    assert "1 of 3 decided, 2 still open" in said
    assert said.index("2 suggestions wait") < said.index("1 new event")
    press(alice, article, "publish", events=drafts(article))
    assert Event.objects.get().is_published


def test_a_quote_without_an_event_is_put_on_one(alice, article, meeting) -> None:
    decide(alice, meeting, "accept")
    decide(alice, article.suggestions.get(type="quote"), "accept", event="")
    assert "What does the quote of Nora Vale bear on?" in words_of(alice.get(done(article)))
    quote, event = Quote.objects.get(), Event.objects.get()
    press(alice, article, "tie", quote=quote.pk, event=event.pk)
    assert list(quote.events.all()) == [event]
    alice.post(f"/desk/timeline/decision/{Decision.objects.first().pk}/undo/")
    assert not quote.events.exists()


def test_a_speaker_without_a_record_is_made_and_undone(alice, article) -> None:
    quote = make.quote("We sail.", article, None, is_published=False, attribution="Piet Strand")
    assert "Who is Piet Strand?" in words_of(alice.get(done(article)))
    press(alice, article, "speaker", quote=quote.pk, name="Piet Strand", kind="person")
    quote.refresh_from_db()
    assert quote.speaker == Actor.objects.get(name="Piet Strand")
    alice.post(f"/desk/timeline/decision/{Decision.objects.first().pk}/undo/")
    quote.refresh_from_db()
    assert quote.speaker is None
    assert not Actor.objects.exists()


def test_the_next_article_is_one_that_waits(alice, article) -> None:
    assert "No other article waits" in words_of(alice.get(done(article)))
    other = make.article("2018-05-10", "Storm", body="A storm closed the pier.")
    suggest(other, "A storm closed the pier", title="Storm")
    page = alice.get(done(article)).content.decode()
    assert f"/desk/timeline/article/{other.pk}/review/" in page
    Suggestion.objects.filter(article=other).update(state="rejected")
    assert "No other article waits" in words_of(alice.get(done(article)))


def test_the_timeline_that_holds_its_events_is_offered(alice, reviewed) -> None:
    make.timeline(slug="other", title="Another")
    harbour = make.timeline(Event.objects.get(title="Ferry closes"))
    page = alice.get(done(reviewed)).content.decode()
    assert f'<option value="{harbour.pk}" selected>' in page


def test_who_may_not_publish_is_offered_nothing_and_refused(reviewed) -> None:
    for who in (onlooker(Client()), with_rights(Client(), "view_suggestion", "change_event")):
        assert 'id="publish"' not in who.get(done(reviewed)).content.decode()
        assert press(who, reviewed, "publish", events=drafts(reviewed)).status_code == 403
    assert with_rights_none(reviewed).status_code in (302, 403)
    assert Event.objects.filter(is_published=False).count() == 2


def with_rights_none(article: Article):
    return Client().get(done(article))


def test_a_timeline_that_is_not_there_publishes_nothing(alice, reviewed) -> None:
    page = press(alice, reviewed, "publish", events=drafts(reviewed), timeline="99999")
    assert "Nothing was published" in words_of(page)
    assert Event.objects.filter(is_published=False).count() == 2
    assert not Timeline.objects.exists()
