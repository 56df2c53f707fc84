"""What the desk warns of in an event: a date that no report states, a name that tells too much."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import decide, desk, suggest, words_of
from tests.web.test_admin import change, form_of
from timeline.models import Event, Report, hindsight
from timeline.models.event_checks import contradiction
from timeline.models.hindsight import giveaway

pytestmark = pytest.mark.django_db
DATES = (
    *("", "2018-03-26", "2018-03-27", "2018-03", "2018", "2018-03-25/2018-03-28"),
    *("../2018-03-26", "2018-03-27/..", "2018-03~", "2018-04"),
)


def reported(edtf: str, *stated: str) -> Event:
    """An event with a report for each date stated, in the order of publication."""
    event = factories.event("Talks", edtf=edtf)
    for number, date in enumerate(stated, start=1):
        factories.report(event, factories.article(f"2018-04-0{number}"), edtf=date)
    return event


@pytest.mark.parametrize(
    ("edtf", "stated", "said"),
    [
        ("2018-03-26", ["2018-03-27"],
         "No report states 26 March 2018: the one report with a date says 27 March 2018."),
        ("2018-03-26", ["2018-03-27", "", "2018-04", "2018-04"],
         "No report states 26 March 2018: the reports say 27 March 2018, April 2018."),
        ("2018-03-26", ["2018-03-27", "2018-03"], ""),
        ("2018-03", ["2018-03-27"], ""),
        ("2018-03-26", [""], ""),
        ("2018-03-26", [], ""),
        ("", ["2018-03-27"], ""),
    ],
)  # fmt: skip
def test_a_date_that_contradicts_all_reports_is_said(edtf, stated, said) -> None:
    assert contradiction(reported(edtf, *stated)) == said


def test_the_list_and_the_form_are_of_one_mind_about_every_pair_of_dates() -> None:
    article = factories.article("2018-04-01")
    for edtf in DATES:
        for stated in DATES:
            Event.objects.all().delete()
            event = factories.event("Talks", edtf=edtf)
            factories.report(event, article, edtf=stated)
            listed = Event.objects.with_contradiction().get().is_contradicted
            assert listed == bool(contradiction(event)), (edtf, stated)


def test_the_editor_is_warned_on_saving_and_on_the_form_and_in_the_list(alice: Client) -> None:
    event = reported("2018-03-27", "2018-03-27")
    data = form_of(alice, event) | {"edtf": "2018-03-26"}
    said = "No report states 26 March 2018: the one report with a date says 27 March 2018."
    page = alice.post(change(event), data, follow=True)
    assert said in words_of(page)
    assert "No report agrees" in words_of(page)
    event.refresh_from_db()
    assert event.edtf == "2018-03-26"
    assert said in words_of(alice.get(change(event)))


def test_a_date_that_agrees_is_not_warned_of(alice: Client) -> None:
    event = reported("2018-03-27", "2018-03-27")
    page = alice.post(change(event), form_of(alice, event), follow=True)
    assert "No report" not in words_of(page)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("First Moon-Kim summit", "First"),
        ("The 2nd round of talks", "2nd"),
        ("Summit that ended without agreement", "that ended"),
        ("The failed coup", "failed"),
        ("Cancelled summit in Singapore", "Cancelled"),
        ("Trump called off the summit", "called off"),
        ("Inaugural ferry summit", "Inaugural"),
        ("Cancellation of the summit", "Cancellation"),
        ("Scrapped summit", "Scrapped"),
        ("The summit that never was", "never was"),
        ("Called-off summit", "Called-off"),
        ("Breakdown of the talks", "Breakdown"),
        ("Abortive coup", "Abortive"),
        ("The deal that fell through", "fell through"),
        ("Rescheduled talks", "Rescheduled"),
        ("Postponement of the talks", "Postponement"),
        ("Delayed opening of the pier", "Delayed"),
        ("Maiden voyage of the ferry", "Maiden"),
        ("Only summit of Vale and Strand", "Only"),
        ("Talks that came to nothing", "came to nothing"),
        ("Fruitless talks in Elmsport", "Fruitless"),
        ("The thwarted coup", "thwarted"),
        ("Shelved plan for a pier", "Shelved"),
        ("The visit that wasn’t", "that wasn’t"),
        ("The broken-off talks", "broken-off"),
        ("Talks break off", "break off"),
        ("Talks break up", "break up"),
        ("Follow-up summit", "Follow-up"),
        ("Summit number two", "number two"),
        ("Ferry summit No. 2 in Elmsport", "No. 2"),
        ("Another summit", "Another"),
        ("Repeat election", "Repeat"),
        ("Initial talks", "Initial"),
        ("Renewed talks", "Renewed"),
        ("Resumption of the talks", "Resumption"),
        ("Opening round of the talks", "Opening round"),
        ("Next-to-last round", "Next-to-last"),
        ("Phase two of the plan", "Phase two"),
        ("Landmark Vale–Strand summit", "Landmark"),
        ("Summit fiasco", "fiasco"),
        ("Debacle in Elmsport", "Debacle"),
        ("Talks go nowhere", "go nowhere"),
        ("Talks that went nowhere", "went nowhere"),
        ("Talks yield nothing", "yield nothing"),
        ("Peace deal unravels", "unravels"),
        ("Attempted coup", "Attempted"),
        ("Would-be coup", "Would-be"),
        ("Coup crushed", "crushed"),
        ("Reversed decision", "Reversed"),
        ("Vote lost", "lost"),
        ("Deadly ferry fire", "Deadly"),
        ("Missed deadline", "Missed deadline"),
        ("Treaty lapses", "lapses"),
        ("Ultimately futile talks", "futile"),
        ("Walk-out at the talks", "Walk-out"),
        ("Unrealised summit", "Unrealised"),
        ("First National Bank robbed", ""),
        ("Fifth Third Bank merger", ""),
        ("Success Academy opens", ""),
        ("Historic Royal Palaces open", ""),
        ("Historic centre of Elmsport floods", ""),
        ("2nd Battalion leaves", ""),
        ("Sixth Form opens", ""),
        ("Third Way congress", ""),
        ("Last orders in Elmsport", ""),
        ("Breakdown service opens", ""),
        ("Phase 3 trial begins", ""),
        ("Part 2 hearing", ""),
        ("Attempted murder trial", ""),
        ("Initial public offering", ""),
        ("Initial report published", ""),
        ("Another Place exhibition", ""),
        ("Renewed licence", ""),
        ("Repeat prescriptions", ""),
        ("Follow-up to the storm", ""),
        ("Vale and Strand see one another", ""),
        ("No. 2 reactor restarts", ""),
        ("Landmark hotel opens", ""),
        ("Unsuccessful talks", "Unsuccessful"),
        ("Foiled coup", "Foiled"),
        ("Stalled talks", "Stalled"),
        ("Suspended talks", "Suspended"),
        ("Axed summit", "Axed"),
        ("Nixed summit", "Nixed"),
        ("Scuppered deal", "Scuppered"),
        ("Rejected deal", "Rejected"),
        ("Vetoed bill", "Vetoed"),
        ("Withdrawn offer", "Withdrawn"),
        ("Vale loses the vote", "loses"),
        ("Vale’s victory", "victory"),
        ("Eleventh ferry summit", "Eleventh"),
        ("Twelfth ferry summit", "Twelfth"),
        ("Ferry summit II", "II"),
        ("Round two of the talks", "Round two"),
        ("Penultimate summit", "Penultimate"),
        ("Previous summit", "Previous"),
        ("Second-ever summit", "Second-ever"),
        ("First‑ever summit", "First‑ever"),
        ("Calling off of the summit", "Calling off"),
        ("Snubbed summit", "Snubbed"),
        ("Strand walks out of the summit", "walks out of"),
        ("Overturned verdict", "Overturned"),
        ("Botched launch", "Botched"),
        ("Recalled ambassador", "Recalled"),
        ("Inconclusive talks", "Inconclusive"),
        ("Summit dropped", "dropped"),
        ("Summit is off", "is off"),
        ("Fatal voyage", "Fatal"),
        ("Record-breaking flight", "Record-breaking"),
        ("Cancelling of the summit", "Cancelling"),
        ("Postponing of talks", "Postponing"),
        ("Thirteenth round of talks", "Thirteenth"),
        ("Second round of the talks fails", "Second"),
        ("20th Party Congress opens", ""),
        ("72nd General Assembly opens", ""),
        ("Million won paid", ""),
        ("Historic England opens a pier", ""),
        ("First reading of the bill", ""),
        ("FA Cup final", ""),
        ("No Deal Brexit plan", ""),
        ("World War II memorial opens", ""),
        ("Elizabeth II visits Elmsport", ""),
        ("Axe throwing club opens", ""),
        ("Victory Day parade", ""),
        ("Suspension bridge opens", ""),
        ("First quarter results", ""),
        ("Last week's talks", ""),
        ("The last-minute summit", ""),
        ("First Republic Bank", ""),
        ("Ministry is off the hook", ""),
        ("Third Reich", ""),
        ("First Nations meet in Ottawa", ""),
        ("Last Friday’s talks", ""),
        ("Seventh Fleet visits Elmsport", ""),
        ("The 70th anniversary of the truce", ""),
        ("A members-only meeting", ""),
        ("A loan of 500 won", ""),
        ("Talks of 2nd May", ""),
        ("First Lady visits Elmsport", ""),
        ("Second World War", ""),
        ("Summit in Singapore", ""),
        ("Firsthand account", ""),
        ("Strand winds up the talks", ""),
        ("", ""),
    ],
)
def test_titles_that_give_an_order_or_an_outcome_away(title: str, words: str) -> None:
    assert giveaway(title) == words


def test_every_way_of_telling_too_much_has_an_example_and_no_name_is_one() -> None:
    for way in (*hindsight._ORDERS, *hindsight._OUTCOMES):
        assert re.search(rf"\b(?:{way.words})\b", way.example, re.IGNORECASE), way
        assert giveaway(way.example), way
    for way in hindsight._NAMED:
        assert re.search(rf"\b(?:{way.words})\b", way.example, re.IGNORECASE), way
        assert giveaway(way.example) == "", way


def test_the_form_asks_for_the_first_reports_own_name_until_it_has_one(alice: Client) -> None:
    event = reported("2018-04-27", "2018-04", "2018-04-27")
    Event.objects.update(title="First Moon-Kim summit")
    said = "“First” in the title may tell more than was known on 1 April 2018."
    page = alice.get(change(event))
    assert said in words_of(page)
    saved = alice.post(change(event), form_of(alice, event), follow=True)
    assert saved.redirect_chain
    assert said in words_of(saved)
    Report.objects.filter(article__published="2018-04-01").update(title="Moon and Kim to meet")
    assert said not in words_of(alice.get(change(event)))


def test_the_card_asks_for_the_reports_own_name_and_readers_of_that_day_see_it(
    alice: Client,
) -> None:
    event = factories.event("First ferry summit", edtf="2018-05", status="planned")
    article = factories.article("2018-04-10", body="Vale is to meet Strand in May.")
    proposed = suggest(
        article, article.body, title="Vale to meet Strand", edtf="2018-05", status="planned",
        match=event, score=0.8,
    )  # fmt: skip
    page = alice.get(desk(article))
    assert "“First” in “First ferry summit” tells readers what came later." in words_of(page)
    assert 'name="called" maxlength="200" value="Vale to meet Strand"' in page.content.decode()
    decide(alice, proposed, "merge", event=event.pk, called="A meeting of Vale and Strand")
    assert event.reports.get().title == "A meeting of Vale and Strand"


def test_the_form_says_which_names_no_report_bears_out_any_more(alice: Client) -> None:
    article = factories.article("2018-04-10", body="Vale is to meet Strand in May.")
    names = {"actors": ["Nora Vale", "Piet Strand"], "place": "Elmsport"}
    decide(alice, suggest(article, article.body, title="Meeting", **names), "accept")
    event = Event.objects.get()
    said = "No report that is left names Nora Vale, Piet Strand, Elmsport."
    assert "No report that is left" not in words_of(alice.get(change(event)))
    event.reports.get().retract(User.objects.get(username="alice"))
    assert said in words_of(alice.get(change(event)))


def test_a_name_that_is_too_long_decides_nothing(alice: Client) -> None:
    event = factories.event("First ferry summit", edtf="2018-05", status="planned")
    article = factories.article("2018-04-10", body="Vale is to meet Strand in May.")
    proposed = suggest(article, article.body, title="Vale to meet Strand", match=event, score=0.8)
    answer = decide(alice, proposed, "merge", event=event.pk, called="x" * 201)
    assert answer.status_code == 400
    assert "at most 200 characters" in words_of(answer)
    assert not event.reports.exists()


def test_a_title_that_tells_nothing_is_not_asked_about(alice: Client) -> None:
    event = factories.event("Ferry summit", edtf="2018-05", status="planned")
    article = factories.article("2018-04-10", body="Vale is to meet Strand in May.")
    suggest(article, article.body, title="Vale to meet Strand", edtf="2018-05", match=event)
    assert 'name="called"' not in alice.get(desk(article)).content.decode()


def test_queries_of_the_event_list_stay_flat_with_the_marker(alice: Client) -> None:
    reported("2018-03-26", "2018-03-27")
    page = alice.get(reverse("admin:timeline_event_changelist"))
    assert page.context["cl"].queryset.get().is_contradicted
