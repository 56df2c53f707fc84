"""A merge is never offered first where date, status or the article's day speak against it."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import User
from django.db.models import Value
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import decide, desk, suggest, words_of
from timeline import matching
from timeline.ingest import ingest
from timeline.models import Article, Event, Status, Suggestion
from timeline.models.merge_checks import stated_date

pytestmark = pytest.mark.django_db

DAY = "2018-05-27"


def proposed(event: Event, published: str = DAY, **fields: object) -> Suggestion:
    """A suggestion of an article of 27 May 2018, matched with `event`."""
    article = factories.article(published, "Ferry news", body="The ferry talks are off.")
    return suggest(article, "ferry talks", title="Ferry talks", match=event, score=0.6, **fields)


def talks(edtf: str, status: str, known: str = "2018-05-01", **fields: object) -> Event:
    """An event with one report, published on the day `known`."""
    event = factories.event("Talks", edtf=edtf, status=status)
    factories.report(event, factories.article(known), **fields)
    return event


def test_an_event_that_nothing_was_known_of_on_the_articles_day() -> None:
    event = talks("2019-02-27/2019-02-28", "occurred", known="2019-01-10")
    against = proposed(event, edtf="", status="cancelled").merge_objections()
    assert against == ["Nothing had been reported of this event by 27 May 2018."]


@pytest.mark.parametrize(
    ("article", "report", "is_known"),
    [
        ("2018-05-27", "2018-05-27T23:59:00+00:00", True),
        ("2018-05-27", "2018-05-28T00:00:00+00:00", False),
        ("2018-05-27T08:00:00+09:00", "2018-05-27T23:00:00+09:00", True),
        ("2018-05-27T08:00:00+09:00", "2018-05-27T23:00:00+00:00", False),
        ("2018-05-27T08:00:00+09:00", "2018-05-27", True),
    ],
)
def test_what_was_known_ends_with_the_articles_own_day(article, report, is_known) -> None:
    event = talks("2018-06-12", "planned", known=report)
    against = proposed(event, article, edtf="", status="planned").merge_objections()
    unknown = "Nothing had been reported of this event by 27 May 2018."
    assert against == ([] if is_known else [unknown])


@pytest.mark.parametrize(
    ("edtf", "status", "stance", "against"),
    [
        ("2018-06-12", "planned", "confirms", ""),
        ("2018-06", "expected", "expects", ""),
        ("", "cancelled", "cancels", ""),
        ("", "planned", "announces", ""),
        ("2018-06-12", "postponed", "postpones", ""),
        ("2018-07-02", "postponed", "postpones", ""),
        ("2018-06", "postponed", "postpones", ""),
        ("", "postponed", "postpones", ""),
        ("2019-07-18", "postponed", "postpones",
         "This report says 18 July 2019; the event had been reported for 12 June 2018."),
        ("2018-06-11", "postponed", "postpones",
         "This report says 11 June 2018; the event had been reported for 12 June 2018."),
        ("2018-05-24", "postponed", "postpones",
         "This report says 24 May 2018; nothing is postponed to what lay behind its article."),
        ("2018-07-02", "planned", "announces",
         "This report says 2 July 2018; the event had been reported for 12 June 2018."),
        ("", "occurred", "reports",
         "This report says “occurred”; the event lies after it, 12 June 2018."),
        ("2018-05-26", "occurred", "reports",
         ("This report says 26 May 2018; the event had been reported for 12 June 2018. "
          "This report says “occurred”; the event lies after it, 12 June 2018.")),
    ],
)  # fmt: skip
def test_what_an_article_says_of_a_plan(edtf, status, stance, against) -> None:
    event = talks("2018-06-12", "planned")
    suggestion = proposed(event, edtf=edtf, status=status, stance=stance)
    assert " ".join(suggestion.merge_objections()) == against


@pytest.mark.parametrize(
    ("edtf", "status", "is_against"),
    [
        ("2018-05-20", "occurred", False),
        ("", "occurred", False),
        ("", "cancelled", True),
        ("", "planned", True),
        ("2018-05-20", "possible", True),
        ("2018-05-21", "occurred", True),
    ],
)
def test_what_an_article_says_of_what_had_taken_place(edtf, status, is_against) -> None:
    event = talks("2018-05-20", "occurred", known="2018-05-21")
    assert bool(proposed(event, edtf=edtf, status=status).merge_objections()) == is_against


def test_an_article_that_lets_take_place_what_had_been_called_off() -> None:
    event = talks("2018-05-20", "cancelled", known="2018-05-15")
    said = "This report says “occurred”; by 27 May 2018 the event had been called off."
    assert proposed(event, edtf="2018-05-20").merge_objections() == [said]
    again = proposed(event, "2018-05-26", edtf="2018-05-20", status="planned")
    assert again.merge_objections() == []


def test_what_counts_is_what_was_known_then_not_what_the_desk_knows_now() -> None:
    event = talks("2018-06", "planned")
    factories.report(event, factories.article("2018-06-13"), edtf="2018-06-12", status="occurred")
    Event.objects.update(edtf="2018-06-12", status="occurred")
    assert proposed(event, edtf="2018-06-20", status="planned").merge_objections() == []


@pytest.mark.parametrize(
    ("event", "suggestion", "is_against"),
    [
        ("2018-05", "2018-05-26", False),
        ("2018-05", "2018-04-26", True),
        ("2018-05", "", True),
        ("", "2018-05-26", True),
    ],
)
def test_an_event_without_reports_has_to_agree_in_its_date(event, suggestion, is_against) -> None:
    record = factories.event("From the desk", edtf=event)
    assert bool(proposed(record, edtf=suggestion).merge_objections()) == is_against


def test_the_desk_offers_a_new_event_first_and_the_match_with_what_speaks_against_it(
    alice: Client,
) -> None:
    event = talks("2019-02-27", "occurred", known="2019-01-10")
    suggestion = proposed(event, edtf="", status="cancelled", stance="cancels")
    page = alice.get(desk(suggestion.article))
    card = page.content.decode().split('class="card__actions"')[1].split("</form>")[0]
    assert re.findall(r'name="do" value="(\w+)"', card) == ["accept", "merge", "reject"]
    assert re.search(r'button default" name="do" value="accept"', card)
    assert "<kbd>m</kbd>" not in card
    assert "Nothing had been reported of this event by 27 May 2018." in words_of(page)
    decide(alice, suggestion, "merge", event=event.pk)
    assert event.reports.count() == 2


CALLED_OFF = """\
Northern Star

Trump called off a summit with Kim

By Ada Brook

SEOUL, May 27, 2018 (Northern Star) -- Trump called off a summit with Kim, officials said.

Donald Trump and Kim Jong-un were to hold a second round of talks in Hanoi.
"""


def test_the_report_that_calls_a_summit_off_is_not_offered_the_next_years(
    alice: Client, demo: None
) -> None:
    alice.post(reverse("admin:bring_in"), {"text": CALLED_OFF})
    suggestion = Suggestion.objects.filter(type="report", status="cancelled").get()
    second = Event.objects.get(slug="trump-kim-summit-2")
    Suggestion.objects.filter(pk=suggestion.pk).update(match=second)
    page = alice.get(f"{desk(suggestion.article)}?at={suggestion.pk}").content.decode()
    card = page.split(f'id="s{suggestion.pk}"')[1].split("</form>")[0]
    assert card.index('value="accept"') < card.index('value="merge"')
    assert "Nothing had been reported of this event by 27 May 2018." in card
    first = Event.objects.get(slug="trump-kim-summit-1")
    Suggestion.objects.filter(pk=suggestion.pk).update(match=first)
    suggestion.refresh_from_db()
    assert suggestion.merge_objections() == []


def test_where_the_match_does_not_fit_the_plans_of_that_day_are_offered(
    alice: Client, demo: None
) -> None:
    second, first = (Event.objects.get(slug=f"trump-kim-summit-{number}") for number in (2, 1))
    suggestion = proposed(
        second, edtf="2018-05-21/2018-05-27", status="cancelled", kind="summit",
        actors=["Donald Trump", "Kim Jong Un"],
    )  # fmt: skip
    page = alice.get(desk(suggestion.article))
    assert "Rather this plan of that day: First Trump–Kim summit ." in words_of(page)
    offered = re.findall(r'<option value="(\d+)">[^<]*summit', page.content.decode())
    assert offered == [str(first.pk), str(second.pk)]
    decide(alice, suggestion, "merge", event=first.pk)
    assert suggestion.article.reports.get().event == first


@pytest.mark.parametrize(
    "other",
    [
        {"actors": ["Donald Trump", "Nora Vale"]},
        {"actors": []},
        {"kind": "visit"},
        {"status": "occurred"},
        {"published": "2018-02-01"},
        {"status": "planned", "edtf": "2018-05-21"},
    ],
)
def test_a_plan_of_others_of_another_sort_or_not_known_then_is_not_offered(
    alice: Client, demo: None, other: dict
) -> None:
    fits = {"edtf": "", "status": "cancelled", "kind": "summit", "actors": ["Donald Trump"]}
    suggestion = proposed(Event.objects.get(slug="trump-kim-summit-2"), **(fits | other))
    page = alice.get(desk(suggestion.article))
    assert "First Trump–Kim summit" not in words_of(page)


@pytest.mark.parametrize(
    ("known", "status", "stated", "against"),
    [
        ("2008", "ongoing", "2018-06", "by 27 May 2018 the event was under way."),
        ("2018-06-12", "cancelled", "2018-07-12", "by 27 May 2018 the event had been called off."),
        ("2018-05-20", "occurred", "", "by 27 May 2018 the event had taken place."),
        ("", "planned", "2018-05-24", "nothing is postponed to what lay behind its article."),
        (
            "2018-05-01",
            "planned",
            "2018-05-20",
            "nothing is postponed to what lay behind its article.",
        ),
        ("", "planned", "2018-06-24", ""),
        ("2018-05-20", "planned", "2018-05-20", ""),
    ],
)
def test_what_is_postponed_is_a_plan_and_moves_ahead(known, status, stated, against) -> None:
    event = talks(known, status)
    found = proposed(event, edtf=stated, status="postponed", stance="postpones")
    said = " ".join(found.merge_objections())
    assert said.endswith(against)
    assert bool(said) == bool(against)


@pytest.mark.parametrize(
    ("known", "stance", "is_against"),
    [
        ("1950", "reports", True),
        ("2017-04", "confirms", True),
        ("2017-06", "reports", False),
        ("1950/..", "reports", False),
        ("1950", "recalls", False),
    ],
)
def test_what_has_just_occurred_is_nothing_of_long_ago(known, stance, is_against) -> None:
    event = talks(known, "occurred", known="2017-07-01")
    found = proposed(event, edtf="", status="occurred", stance=stance).merge_objections()
    assert bool(found) == is_against
    if is_against:
        assert "gives no day" in found[0]


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


@pytest.mark.parametrize(
    ("plan", "stated", "status", "is_against"),
    [
        ("2018", "2018-05-24", "occurred", True),
        ("2018-05", "2018-05-24", "occurred", True),
        ("2018-05/2018-06", "2018-05-24", "ongoing", True),
        ("2018", "", "occurred", True),
        ("", "2018-05-24", "occurred", True),
        ("../2018-12", "2018-05-24", "occurred", True),
        ("2018-05-24", "2018-05-24", "occurred", False),
        ("2018-05-23/2018-05-25", "2018-05-24", "occurred", False),
        ("2018-05-24", "", "occurred", False),
        ("2018-05-27", "", "occurred", True),
        ("2018-05-24", "2018-05", "occurred", True),
        ("2018-05-24", "2018-05-24~", "occurred", True),
        ("2018-05-24", "2018-05-23/2018-05-24", "occurred", True),
        ("2018-05-24~", "2018-05-24", "occurred", True),
        ("2018-05-23/2018-05-25", "", "occurred", True),
        ("2018-05-23/2018-05-25", "2018-05", "occurred", True),
        ("2018-05-13", "", "occurred", False),
        ("2018-05-12", "", "occurred", True),
        ("2017-06-01", "", "occurred", True),
        ("2018-05-15", "", "ongoing", True),
        ("2018-05-26", "", "ongoing", True),
        ("2018-05-27", "", "ongoing", False),
        ("2018-05-28", "", "ongoing", True),
        ("2018-05", "", "ongoing", True),
        ("2018-05-23/2018-05-29", "", "ongoing", False),
        ("2018-05-23/2018-05-26", "", "ongoing", True),
        ("2018-05-23/2018-05-29", "2018-05-23/2018-05-25", "ongoing", False),
    ],
)
def test_a_plan_without_a_day_does_not_take_place_by_default(
    plan: str, stated: str, status: str, is_against: bool
) -> None:
    found = proposed(talks(plan, "planned"), edtf=stated, status=status)
    assert bool(found.merge_objections()) == is_against


@pytest.mark.parametrize("status", ["planned", "expected", "possible", "postponed", "cancelled"])
@pytest.mark.parametrize(
    ("known", "was", "reported"),
    [
        ("2008", "ongoing", "2008-03-01"),
        ("2008/..", "ongoing", "2008-03-01"),
        ("1990-05", "planned", "1990-01-01"),
        ("1990-05/..", "possible", "1990-01-01"),
        ("1990-05", "cancelled", "1990-01-01"),
    ],
)
def test_what_is_announced_without_a_day_is_nothing_of_long_ago(
    known: str, was: str, reported: str, status: str
) -> None:
    event = talks(known, was, known=reported)
    assert proposed(event, edtf="", status=status, stance="expects").merge_objections()


@pytest.mark.parametrize("status", [*Status])
@pytest.mark.parametrize("stance", ["reports", "expects", "postpones"])
@pytest.mark.parametrize(
    ("known", "was"),
    [
        ("2018-05-02", "planned"),
        ("2018-05-26", "expected"),
        ("2018-04", "possible"),
        ("2018-05-02", "cancelled"),
        ("../2018-05-20", "planned"),
        ("2018-05-20/2018-05-25", "ongoing"),
    ],
)
def test_what_is_still_ahead_or_under_way_without_a_day_is_not_what_lay_behind(
    known: str, was: str, stance: str, status: str
) -> None:
    event = talks(known, was, known="2018-04-01")
    against = proposed(event, edtf="", status=status, stance=stance).merge_objections()
    assert against or (status == "occurred" and stance != "postpones")


@pytest.mark.parametrize("status", ["planned", "expected", "cancelled", "postponed"])
@pytest.mark.parametrize("known", ["2018-05-27", "2018-06-12", "2018-05", "2018", ""])
def test_a_plan_that_is_ahead_takes_what_is_told_of_it_without_a_day(
    known: str, status: str
) -> None:
    assert proposed(talks(known, "planned"), edtf="", status=status).merge_objections() == []


@pytest.mark.parametrize(
    ("known", "was", "edtf", "status", "stance", "is_against"),
    [
        ("", "planned", "", "planned", "expects", True),
        ("", "planned", "", "cancelled", "cancels", True),
        ("", "planned", "2018-06", "planned", "expects", True),
        ("", "planned", "1990-05", "planned", "recalls", False),
        ("", "ongoing", "", "cancelled", "cancels", True),
        ("", "ongoing", "", "ongoing", "reports", True),
        ("", "occurred", "", "occurred", "reports", True),
        ("", "occurred", "", "occurred", "recalls", False),
        ("1990/..", "ongoing", "", "ongoing", "reports", True),
        ("1990-05", "planned", "", "cancelled", "recalls", True),
    ],
)
def test_an_event_last_reported_long_ago_takes_no_news_without_being_asked(
    known, was, edtf, status, stance, is_against
) -> None:
    event = talks(known, was, known="1990-01-01")
    factories.report(event, factories.article("2018-05-01"), status=was, stance="recalls")
    against = proposed(event, edtf=edtf, status=status, stance=stance).merge_objections()
    assert bool(against) == is_against


@pytest.mark.parametrize(("was", "status"), [("planned", "cancelled"), ("ongoing", "ongoing")])
def test_an_undated_event_that_was_in_the_news_lately_takes_what_is_told_of_it(was, status) -> None:
    event = talks("", was, known="2018-01-01")
    assert proposed(event, edtf="", status=status).merge_objections() == []


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


@pytest.mark.parametrize(
    "published", ["0001-01-01T00:00:00+09:00", "9999-12-31T23:59:59-12:00", "9999-12-31"]
)
@pytest.mark.parametrize("whose", ["the suggestion's", "the report's", "both"])
def test_times_at_the_ends_of_the_calendar_break_no_review(
    alice: Client, published: str, whose: str
) -> None:
    event = talks("2018-06-12", "planned", known="2018-05-01T08:00:00+09:00")
    factories.takes_part(factories.actor("Nora Vale"), event)
    suggestion = proposed(
        event, "2018-05-27T08:00:00+09:00", status="cancelled", actors=["Nora Vale"]
    )
    day = dt.date.fromisoformat(published[:10])
    at = dt.datetime.combine(day, dt.time(23 if day.year > 1 else 0, 30), dt.UTC)
    reported = event.reports.get().article_id
    both = {"the suggestion's": [suggestion.article_id], "the report's": [reported]}
    Article.objects.filter(pk__in=both.get(whose, [suggestion.article_id, reported])).update(
        published=Value(published), published_on=day, published_at=at
    )
    assert alice.get(desk(suggestion.article)).status_code == 200
    suggestion.refresh_from_db()
    matching.Candidates(suggestion.article, [suggestion]).match(suggestion)
    assert decide(alice, suggestion, "merge", event=event.pk).status_code == 200
