"""What an editor has withdrawn stays withdrawn, whatever is published around it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import factories as make
from tests.web.desk import change, decide, form_of, suggest, words_of
from timeline.models import Article, Event, Quote, Report

pytestmark = pytest.mark.django_db


def editor() -> User:
    return User.objects.get(username="alice")


@pytest.fixture
def talks(alice: Client) -> Event:
    """Public talks that two articles report, with words of the first, “Withdrawn”."""
    event = make.event("Talks", edtf="2018-05-01")
    first = make.article("2018-05-01", "Withdrawn")
    make.report(event, first)
    make.report(event, make.article("2018-05-03", "Kept"))
    make.quote("Withdrawn words", first, make.actor("Nora Vale"), event)
    return event


def withdrawn(record: Article | Event | Quote):
    record.unpublish(editor())
    return record


def is_read(record: Article | Event) -> bool:
    return Client().get(record.get_absolute_url()).status_code == 200


def words_are_read() -> bool:
    return "Withdrawn words" in Client().get("/quotes/").content.decode()


def another_report_waits(alice: Client, event: Event) -> None:
    make.report(event, make.article("2018-05-04"), is_published=False)


def another_is_merged(alice: Client, event: Event) -> None:
    text = make.article("2018-05-05", "Other", body="They talk.")
    decide(alice, suggest(text, "They talk", title="Talks"), "merge", event=event.pk)


def its_own_is_merged(alice: Client, event: Event) -> None:
    own = Article.objects.get(headline="Withdrawn")
    own.body = "They talk."
    own.save()
    event.reports.filter(article=own).delete()
    decide(alice, suggest(own, "They talk", title="Talks"), "merge", event=event.pk)


def by_the_button(alice: Client, record: Event | Article) -> None:
    data = {"CHANGE_FORM-action": "publish", "_selected_action": record.pk}
    alice.post(change(record), data)


def in_the_list(alice: Client, record: Event | Article) -> None:
    model = record._meta.model_name
    data = {"action": "publish", "_selected_action": [record.pk]}
    alice.post(f"/desk/timeline/{model}/", data)


@pytest.mark.parametrize("then", [another_report_waits, another_is_merged, its_own_is_merged])
@pytest.mark.parametrize("publish", [by_the_button, in_the_list])
def test_publishing_an_event_leaves_a_withdrawn_article_withdrawn(
    alice: Client, talks: Event, then: Callable, publish: Callable
) -> None:
    article = withdrawn(Article.objects.get(headline="Withdrawn"))
    then(alice, talks)
    publish(alice, talks)
    assert not is_read(article)
    assert not words_are_read()
    assert "Withdrawn" not in Client().get(talks.get_absolute_url()).content.decode()
    assert is_read(talks)


def test_an_article_withdrawn_while_its_event_was_stays_so_when_the_event_returns(
    alice: Client, talks: Event
) -> None:
    withdrawn(talks)
    article = withdrawn(Article.objects.get(headline="Withdrawn"))
    by_the_button(alice, talks)
    assert (is_read(talks), is_read(article), words_are_read()) == (True, False, False)
    by_the_button(alice, article)
    assert (is_read(article), words_are_read()) == (True, True)


def test_an_event_that_returns_brings_back_what_went_with_it(alice: Client, talks: Event) -> None:
    withdrawn(talks)
    assert not words_are_read()
    by_the_button(alice, talks)
    assert is_read(Article.objects.get(headline="Withdrawn"))
    assert words_are_read()


def test_a_draft_that_is_published_does_not_tell_what_a_withdrawn_article_said(
    alice: Client,
) -> None:
    event = make.event("Talks", edtf="2018-06", status="planned")
    article = make.article("2018-05-16", "Off")
    off = make.report(event, article, edtf="2018-06-12", status="cancelled", is_published=False)
    event.publish(editor())
    assert Event.objects.get().status == "cancelled"
    withdrawn(article)
    withdrawn(Event.objects.get())
    by_the_button(alice, event)
    assert (Event.objects.get().edtf, Event.objects.get().status) == ("2018-06", "planned")
    by_the_button(alice, article)
    assert Report.objects.get(pk=off.pk).is_public
    assert Event.objects.get().status == "cancelled"


@pytest.mark.parametrize("around", ["event", "article"])
@pytest.mark.parametrize("is_public", [True, False], ids=["public", "waiting"])
def test_a_withdrawn_quote_is_published_by_itself_alone(
    alice: Client, talks: Event, around: str, is_public: bool
) -> None:
    quote = Quote.objects.get()
    Quote.objects.update(is_published=is_public)
    withdrawn(quote)
    another_report_waits(alice, talks)
    by_the_button(alice, talks if around == "event" else quote.article)
    assert not words_are_read()
    quote.refresh_from_db()
    quote.publish(editor())
    assert words_are_read()


def test_a_quote_withdrawn_with_its_event_does_not_return_with_its_article(
    alice: Client, talks: Event
) -> None:
    article = Article.objects.get(headline="Withdrawn")
    withdrawn(talks)
    by_the_button(alice, article)
    assert (is_read(article), words_are_read()) == (True, False)


def test_the_desk_says_what_is_withdrawn_and_names_what_publishing_releases(
    alice: Client, talks: Event
) -> None:
    article = withdrawn(Article.objects.get(headline="Withdrawn"))
    make.report(talks, make.article("2018-05-04", "New"), is_published=False)
    page = words_of(alice.get(change(talks)))
    assert "Publish 1 waiting report" in page
    assert "What publishing releases Harbour, 4 May 2018: reports 1 May 2018" in page
    assert "Withdrawn on" in words_of(alice.get(change(article)))
    assert "Publish with 1 waiting report and 1 waiting quote" in words_of(
        alice.get(change(article))
    )
    assert "Withdrawn" in words_of(alice.get("/desk/timeline/article/?q=Withdrawn"))


def test_what_is_withdrawn_is_told_in_the_history_once(alice: Client, talks: Event) -> None:
    article = Article.objects.get(headline="Withdrawn")
    assert article.unpublish(editor())
    assert not article.unpublish(editor())


def deleted(alice: Client, event: Event) -> None:
    alice.post(change(event, "delete"), {"post": "yes"})


def deleted_in_the_list(alice: Client, event: Event) -> None:
    data = {"action": "delete_selected", "_selected_action": [event.pk], "post": "yes"}
    alice.post("/desk/timeline/event/", data)


def untied_in_its_form(alice: Client, event: Event) -> None:
    quote = Quote.objects.get()
    alice.post(change(quote), form_of(alice, quote) | {"events": []})


def untied_beneath_the_event(alice: Client, event: Event) -> None:
    sent = form_of(alice, event) | {"Quote_events-0-DELETE": "on"}
    assert alice.post(change(event), sent).status_code == 302


def another_event_is_tied(alice: Client, event: Event) -> None:
    Quote.objects.get().events.add(make.event("Public by itself"))


@pytest.mark.parametrize("is_withdrawn_before", [True, False], ids=["withdrawn", "public"])
@pytest.mark.parametrize(
    "then",
    [deleted, deleted_in_the_list, untied_in_its_form, untied_beneath_the_event,
     another_event_is_tied],
)  # fmt: skip
def test_a_quote_withdrawn_with_an_event_that_it_lost_is_published_by_itself_alone(
    alice: Client, talks: Event, then: Callable, is_withdrawn_before: bool
) -> None:
    article = Article.objects.get(headline="Withdrawn")
    if is_withdrawn_before:
        withdrawn(talks)
    then(alice, talks)
    if not is_withdrawn_before and Event.objects.filter(pk=talks.pk).exists():
        return  # an untied quote of a public event stays public
    make.report(make.event("Other"), article, is_published=False)
    by_the_button(alice, article)
    in_the_list(alice, article)
    for event in Event.objects.exclude(pk=talks.pk):
        in_the_list(alice, event)
    assert (is_read(article), words_are_read()) == (True, False)
    by_the_button(alice, Quote.objects.get())
    assert words_are_read()


def test_a_quote_withdrawn_with_one_event_does_not_return_with_another(
    alice: Client, talks: Event
) -> None:
    draft = make.event("Draft", published=False)
    Quote.objects.get().events.add(draft)
    withdrawn(talks)
    assert "waiting quote" not in words_of(alice.get(change(draft)))
    assert "1 quote" not in words_of(alice.get("/desk/"))
    assert "Withdrawn with “Talks”" in words_of(alice.get(change(Quote.objects.get())))
    row = words_of(alice.get("/desk/timeline/quote/")).partition("“Withdrawn words”")[2]
    assert "2 Withdrawn" in row
    by_the_button(alice, draft)
    assert (is_read(draft), words_are_read()) == (True, False)
    by_the_button(alice, talks)
    assert words_are_read()
    withdrawn(talks)
    assert words_are_read()
    withdrawn(draft)
    by_the_button(alice, talks)
    assert not words_are_read()
    by_the_button(alice, draft)
    assert words_are_read()


def withdrawn_in_the_list(alice: Client, event: Event) -> None:
    data = {"action": "unpublish", "_selected_action": [event.pk]}
    alice.post("/desk/timeline/event/", data)


def withdrawn_on_its_page(alice: Client, event: Event) -> None:
    alice.post(change(event), {"CHANGE_FORM-action": "unpublish", "_selected_action": event.pk})


OFF = [deleted, deleted_in_the_list, withdrawn_in_the_list, withdrawn_on_its_page]


@pytest.mark.parametrize("is_withdrawn_before", [False, True], ids=["draft", "withdrawn"])
@pytest.mark.parametrize("is_alone", [False, True], ids=["on two", "on the draft"])
@pytest.mark.parametrize("off", OFF)
def test_an_event_that_is_not_public_takes_no_quote_off_the_public_pages(
    alice: Client, talks: Event, off: Callable, is_alone: bool, is_withdrawn_before: bool
) -> None:
    draft = make.event("Duplicate", published=is_withdrawn_before)
    if is_withdrawn_before:
        withdrawn(draft)
    quote = Quote.objects.get()
    quote.events.set([draft] if is_alone else [draft, talks])
    assert "no longer public" not in words_of(alice.get(change(draft, "delete")))
    off(alice, draft)
    quote.refresh_from_db()
    assert words_are_read()
    assert (quote.withdrawn_at, quote.withdrawn_with) == (None, None)


def test_the_quotes_that_leave_the_public_pages_with_events_are_named(
    alice: Client, talks: Event
) -> None:
    second, draft = make.event("Second talks"), make.event("Draft", published=False)
    for event in (second, draft):
        Quote.objects.get().events.add(event)
    named = "no longer public: Nora Vale: “Withdrawn words”"
    assert named not in words_of(alice.get(change(talks, "delete")))
    data = {"action": "delete_selected", "_selected_action": [talks.pk, second.pk, draft.pk]}
    said = words_of(alice.post("/desk/timeline/event/", data))
    assert named in said
    assert "Quotes that leave the public pages: 1" in said
    data = {"action": "unpublish", "_selected_action": [talks.pk, second.pk]}
    said = words_of(alice.post("/desk/timeline/event/", data, follow=True))
    assert "1 quote is no longer public, either: Nora Vale: “Withdrawn words”." in said
    assert not words_are_read()
