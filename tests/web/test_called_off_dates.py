"""The day on which a plan was called off or postponed is no date of the event."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import factories
from tests.web.desk import decide, desk, suggest, words_of
from tests.web.merges import DAY, proposed, talks
from timeline.ingest import ingest
from timeline.models import Event, Suggestion
from timeline.models.merge_checks import stated_date

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "known", "stated", "kept"),
    [
        ("cancelled", "2018-06-12", "2018-05-24", ""),
        ("cancelled", "2018-06-12", "2018-05-21/2018-05-27", ""),
        ("cancelled", "2018-06-12", "2018-05-27", ""),
        ("postponed", "2018-06-12", "2018-05-24", ""),
        ("cancelled", "", "2018-05-24", ""),
        ("cancelled", "2018-06-12", "2018-06-12", "2018-06-12"),
        ("cancelled", "2018-05", "2018-05-24", ""),
        ("cancelled", "2018-05", "2018-05", "2018-05"),
        ("cancelled", "2018", "2018-05", ""),
        ("cancelled", "2018", "2018", "2018"),
        ("postponed", "2018-05/2018-06", "2018-05-24", ""),
        ("cancelled", "2018-05-24/2018-06-30", "2018-05-24", ""),
        ("postponed", "2018-06-12", "2018-07-12", "2018-07-12"),
        ("cancelled", "2018-06-12", "2018-05-24/..", ""),
        ("planned", "2018-06-12", "2018-05-24", "2018-05-24"),
    ],
)
@pytest.mark.parametrize("is_published", [True, False])
def test_the_day_on_which_a_plan_was_called_off_is_no_date_of_the_event(
    status: str, known: str, stated: str, kept: str, is_published: bool
) -> None:
    event = talks(known, "planned")
    Event.objects.filter(pk=event.pk).update(is_published=is_published)
    suggestion = proposed(event, edtf=stated, status=status)
    report = suggestion.accept(by=factories.editor(), event=event)
    event.publish(factories.editor("bob"))
    event.refresh_from_db()
    assert (report.edtf, report.basis) == (kept, suggestion.basis)
    assert (event.edtf, event.status) == (kept or known, status)
    then = Event.objects.as_known_on(report.article.published_on, dt.UTC).get(pk=event.pk)
    assert (then.shown_edtf, then.shown_status) == (kept or known, status)


PLANS = ["2018-05", "2018-05/2018-06", "2018", "2018~", "../2018-12", "2018-05-24/2018-06-30",
         "2018-21", "2018-06"]  # fmt: skip


SAID = """\
{headline}

Harbour News

May 27, 2018

ELMSPORT, May 27 (Tidewire) -- {words}
"""


def read_of(words: str) -> Suggestion:
    """The first report read in an article of Sunday, 27 May 2018."""
    text = SAID.format(headline=f"Vale and Strand: {words[:30]}", words=words)
    return ingest(text).article.suggestions.filter(type="report").order_by("start").first()


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("verb", ["called off", "cancelled", "postponed"])
def test_the_day_of_the_calling_off_never_dates_the_summit(
    alice: Client, plan: str, verb: str
) -> None:
    event = factories.event("Ferry summit", edtf=plan, status="planned", kind="summit")
    factories.report(event, factories.article("2018-05-10"))
    suggestion = read_of(f"Nora Vale {verb} a summit with Piet Strand on Thursday.")
    assert suggestion.status in ("cancelled", "postponed")
    decide(alice, suggestion, "merge", event=event.pk)
    event.publish(User.objects.get(username="alice"))
    event.refresh_from_db()
    assert (event.edtf, event.status) == (plan, suggestion.status)
    page = words_of(Client().get(event.get_absolute_url()))
    assert "Date stated 24 May 2018" not in page
    assert event.reports.get(status=suggestion.status).edtf == ""


@pytest.mark.parametrize("verb", ["called off", "postponed"])
def test_an_event_made_of_what_was_called_off_has_no_date_but_the_plans(
    alice: Client, verb: str
) -> None:
    suggestion = read_of(f"Nora Vale {verb} a summit with Piet Strand on Thursday.")
    page = words_of(alice.get(desk(suggestion.article)))
    assert "is the day on which that was said" in page
    answer = words_of(decide(alice, suggestion, "accept"))
    report = suggestion.article.reports.get()
    assert (report.edtf, report.event.edtf) == ("", "")
    assert "no date is taken from it" in answer


@pytest.mark.parametrize(
    ("exact", "date", "edtf", "status", "kept"),
    [
        ("postponed the talks until Thursday", "Thursday", "2018-05-31", "postponed", True),
        ("put off the talks to June 12", "June 12", "2018-06-12", "postponed", True),
        ("cancelled the Thursday talks", "Thursday", "2018-05-31", "cancelled", True),
        ("cancelled Thursday’s talks", "Thursday", "2018-05-31", "cancelled", True),
        ("cancelled this week’s talks", "this week", "2018-05-21/2018-05-27", "cancelled", True),
        ("cancelled the talks set for Thursday", "Thursday", "2018-05-24", "cancelled", True),
        ("cancelled the talks on June 12", "June 12", "2018-06-12", "cancelled", True),
        ("cancelled the talks on Thursday", "on Thursday", "2018-05-31", "cancelled", False),
        ("cancelled the talks Thursday", "Thursday", "2018-05-31", "cancelled", False),
        ("postponed the talks Thursday", "Thursday", "2018-05-31", "postponed", False),
        ("cancelled the talks this week", "this week", "2018-05-21/2018-05-27", "cancelled", False),
        ("cancelled the talks in May", "May", "2018-05", "cancelled", False),
        ("cancelled the talks last month", "last month", "2018-04", "cancelled", False),
        ("postponed Thursday’s talks", "Thursday", "2018-05-24", "postponed", False),
    ],
)
def test_words_that_date_the_plan_date_the_event(exact, date, edtf, status, kept) -> None:
    article = factories.article(DAY, body=f"They {exact}.")
    rule = "weekday" if "Thursday" in date else "stated"
    basis = {"date": {"spans": [{"exact": date}], "rule": rule}}
    found = suggest(article, exact, title="Talks", edtf=edtf, status=status, basis=basis)
    report = found.accept(by=factories.editor())
    assert report.edtf == report.event.edtf == (edtf if kept else "")


@pytest.mark.parametrize(
    "words",
    [
        "Thursday's letter from Nora Vale canceled her summit with Piet Strand.",
        "Nora Vale's Thursday letter called off talks with Piet Strand.",
        "Thursday's summit letter canceled the talks with Piet Strand.",
        "In Thursday's statement Nora Vale called off talks with Piet Strand.",
        "At Thursday's summit with Ann Lee, Nora Vale canceled her summit with Piet Strand.",
        "Nora Vale has delayed her summit with Piet Strand as of Thursday.",
        "Nora Vale canceled her summit with Piet Strand, effective as of Thursday.",
        "Nora Vale canceled her summit with Piet Strand at a meeting of Thursday.",
        "Nora Vale canceled her summit with Piet Strand after the events of Thursday.",
        "Nora Vale called off her summit with Piet Strand by the end of Thursday.",
        "Nora Vale postponed her summit with Piet Strand due to Thursday's storm.",
        "Nora Vale canceled her summit with Piet Strand at a rally scheduled for Thursday.",
    ],
)
def test_a_day_said_of_something_else_never_dates_what_is_called_off(words: str) -> None:
    article = read_of(words).article
    off = article.suggestions.filter(status__in=("cancelled", "postponed"), type="report")
    assert off
    assert [stated_date(one, None) for one in off] == [""] * len(off)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("Nora Vale called off Thursday's planned summit with Piet Strand.", "2018-05-24"),
        ("Nora Vale called off the Thursday summit with Piet Strand.", "2018-05-24"),
        ("Thursday's talks between Nora Vale and Piet Strand were called off.", "2018-05-24"),
        ("The summit of Thursday was cancelled.", "2018-05-24"),
        ("Nora Vale called off the summit with Piet Strand scheduled for Thursday.", "2018-05-31"),
        ("Nora Vale postponed the peace talks with Piet Strand until Thursday.", "2018-05-31"),
        ("Nora Vale postponed her visit to Elmsport to Thursday.", "2018-05-31"),
    ],
)
def test_a_day_said_of_the_plan_dates_it(words: str, edtf: str) -> None:
    off = read_of(words).article.suggestions.filter(status__in=("cancelled", "postponed"))
    assert [stated_date(one, None) for one in off] == [edtf]


def test_a_date_that_an_editor_has_judged_is_the_events(alice: Client) -> None:
    basis = {"date": {"rule": "judged"}}
    found = proposed(talks("2018", "planned"), edtf="2018-05-24", status="cancelled", basis=basis)
    assert found.accept(by=User.objects.get(), event=found.match).edtf == "2018-05-24"


def test_a_stance_calls_off_as_well_as_a_status() -> None:
    event = talks("2018-06-12", "planned")
    off = proposed(event, edtf="2018-05-24", status="planned", stance="postpones")
    assert off.accept(by=factories.editor(), event=event).edtf == ""


def test_the_card_says_beforehand_that_the_day_is_not_taken_for_the_events(alice: Client) -> None:
    event = talks("2018-06-12", "planned")
    date = {"spans": [{"exact": "on Thursday"}], "rule": "weekday"}
    suggestion = proposed(event, edtf="2018-05-24", status="cancelled", basis={"date": date})
    said = "“on Thursday” is the day on which that was said, not of the event"
    assert said in words_of(alice.get(desk(suggestion.article)))
    answer = words_of(decide(alice, suggestion, "merge", event=event.pk))
    assert "stays as it was" not in answer
    other = proposed(event, "2018-05-26", edtf="2018-06-12", status="cancelled")
    assert "was said, not of the event" not in words_of(alice.get(desk(other.article)))
