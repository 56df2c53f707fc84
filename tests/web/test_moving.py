"""A report or a quote that is moved to another record is seen there only once it is published."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests import factories as make
from tests.web.desk import change, form_of, place_in, save
from timeline.models import Article, Event, Report

pytestmark = pytest.mark.django_db


def talks() -> Event:
    """Talks that are public, with one report."""
    event = make.event("Talks", published=True)
    make.report(event, make.article("2018-05-01", "News of talks"))
    return event


def in_its_form(alice: Client, report: Report, article: Article) -> None:
    save(alice, report, article=str(article.pk))


def beneath_its_event(alice: Client, report: Report, article: Article) -> None:
    sent = form_of(alice, report.event)
    at = place_in(sent, report)
    page = alice.post(change(report.event), sent | {f"{at}-article": str(article.pk)})
    assert page.status_code == 302


@pytest.mark.parametrize("correct", [in_its_form, beneath_its_event])
def test_a_report_moved_to_a_draft_article_does_not_make_the_article_public(
    alice: Client, correct: Callable
) -> None:
    event = talks()
    draft = make.article("2018-05-02", "Draft", licence="CC-BY-4.0", body="Private words.")
    correct(alice, event.reports.get(), draft)
    assert Client().get(draft.get_absolute_url()).status_code == 404
    assert "Draft" not in Client().get(event.get_absolute_url()).content.decode()
    event.publish(make.editor("bob"))
    assert Client().get(draft.get_absolute_url()).status_code == 200


def test_a_report_moved_to_a_public_event_waits_there(alice: Client) -> None:
    report, other = talks().reports.get(), make.event("Other talks", published=True)
    save(alice, report, event=str(other.pk))
    assert not report.is_public
    assert Client().get(report.article.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("is_withdrawn", [False, True], ids=["draft", "withdrawn"])
def test_a_quote_moved_to_another_article_waits_with_all_that_was_corrected(
    alice: Client, is_withdrawn: bool
) -> None:
    bob = make.editor("bob")
    paper = make.article("2018-05-01", is_published=True)
    draft = make.article("2018-05-02", "Draft")
    if is_withdrawn:
        draft.unpublish(bob)
    event = make.event("Talks")
    quote = make.quote("We sail", paper, make.actor("Nora Vale"))
    corrected = {"text": "We will sail", "medium": "by radio", "said_on": "2018-05-01"}
    strand = make.actor("Piet Strand")
    save(alice, quote, article=str(draft.pk), speaker=str(strand.pk), events=[str(event.pk)],
         **corrected)  # fmt: skip
    assert "Draft" not in Client().get("/quotes/").content.decode()
    assert not quote.is_public
    assert (quote.article, quote.speaker, *quote.events.all()) == (draft, strand, event)
    assert {column: getattr(quote, column) for column in corrected} == corrected
    event.publish(bob)
    quote.refresh_from_db()
    assert quote.is_public != is_withdrawn


@pytest.mark.parametrize("then", ["published", "withdrawn and published", "moved on"])
@pytest.mark.parametrize("was_public", [True, False], ids=["public", "waiting"])
def test_a_quote_that_leaves_a_withdrawn_article_stays_back_until_it_is_published_by_itself(
    alice: Client, was_public: bool, then: str
) -> None:
    bob = make.editor("bob")
    paper, other = make.article("2018-05-01", is_published=True), make.article("2018-05-02", "B")
    quote = make.quote("We sail", paper, make.actor("Nora Vale"), is_published=was_public)
    event = make.event("Talks")
    paper.unpublish(bob)
    save(alice, quote, article=str(other.pk), events=[str(event.pk)])
    if then == "withdrawn and published":
        other.unpublish(bob)
    if then == "moved on":
        other = make.article("2018-05-03", "C")
        save(alice, quote, article=str(other.pk))
    for one in (other, event):
        one.publish(bob)
    assert "We sail" not in Client().get("/quotes/").content.decode()
    quote.publish(bob)
    assert "We sail" in Client().get("/quotes/").content.decode()


def test_a_quote_corrected_in_place_stays_public(alice: Client) -> None:
    paper = make.article("2018-05-01", is_published=True)
    quote = make.quote("We sail", paper, make.actor("Nora Vale"))
    save(alice, quote, text="We will sail")
    assert (quote.text, quote.is_public) == ("We will sail", True)
