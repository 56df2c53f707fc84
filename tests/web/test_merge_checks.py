"""A merge is never offered first where date, status or the article's day speak against it."""

import datetime as dt
import re

import pytest
from django.db.models import Value
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import decide, desk, words_of
from tests.web.merges import proposed, talks
from timeline import matching
from timeline.models import Article, Event, Suggestion
from timeline.models.merge_checks import is_open_choice

pytestmark = pytest.mark.django_db


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
        ("2018-06", "expected", "expects",
         "Merging makes the date coarser: 12 June 2018 becomes June 2018."),
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
    again = proposed(event, "2018-05-19", edtf="2018-05-20", status="planned")
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
    card = page.split(f'id="s{suggestion.pk}"')[1].split("</section>")[0]
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
        ("2018-05-20", "planned", "2018-05-20", "the event lay behind it, 20 May 2018."),
    ],
)
def test_what_is_postponed_is_a_plan_and_moves_ahead(known, status, stated, against) -> None:
    event = talks(known, status)
    found = proposed(event, edtf=stated, status="postponed", stance="postpones")
    said = " ".join(found.merge_objections())
    assert against in said
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


@pytest.mark.parametrize(
    "status", ["planned", "expected", "possible", "ongoing", "cancelled", "postponed"]
)
@pytest.mark.parametrize("was", ["planned", "ongoing", "cancelled"])
@pytest.mark.parametrize(
    ("known", "stated"),
    [
        ("2018-05-02", "2018-05-02"),
        ("2018-05-02", "2018-05"),
        ("2018-05-02", "2018"),
        ("2018-05-02", "2018-05-02/.."),
        ("2018-05-02", "../2018-06"),
        ("2018-04-02", "2018-21"),
        ("2018-05-26", "2018-05-26/2018-05-28"),
        ("../2018-05-20", "2018-05"),
        ("2018-05-20/2018-05-26", "2018-05-20/2018-06-02"),
    ],
)
def test_what_is_open_and_not_wholly_ahead_is_not_what_lay_behind(
    known: str, stated: str, was: str, status: str
) -> None:
    event = talks(known, was, known="2018-04-01")
    assert proposed(event, edtf=stated, status=status).merge_objections()


def test_what_was_to_be_is_postponed_to_a_day_that_is_ahead() -> None:
    event = talks("2018-05-20", "planned")
    moved = proposed(event, edtf="2018-06-12", status="postponed", stance="postpones")
    assert moved.merge_objections() == []


@pytest.mark.parametrize(
    ("known", "stated", "status", "stance"),
    [
        ("2018-05", "2018-05-02", "expected", "expects"),
        ("2018-05", "2018-05-02", "planned", "announces"),
        ("2018", "2018-05-02", "possible", "reports"),
        ("2018", "2018-04", "expected", "expects"),
        ("2018", "2018-05-20/2018-05-26", "planned", "reports"),
        ("2018-05-02/..", "2018-05-26", "planned", "reports"),
        ("../2018-12", "../2018-05-26", "planned", "reports"),
        ("2018-05~", "2018-05-02~", "planned", "reports"),
        ("", "2018-05-02", "expected", "expects"),
        ("2018-05", "2018-05-02", "postponed", "postpones"),
        ("2018-05", "2018-05-02", "planned", "postpones"),
    ],
)
def test_what_is_open_is_not_dated_before_its_article(known, stated, status, stance) -> None:
    event = talks(known, "planned", known="2018-04-20")
    against = proposed(event, edtf=stated, status=status, stance=stance).merge_objections()
    assert any("lay behind its article." in one for one in against)
    assert not is_open_choice(against)


@pytest.mark.parametrize("stated", ["2018-05", "2018-05-27", "2018-05-02/2018-05-28", "2018", ""])
def test_what_is_open_and_not_wholly_behind_is_no_slip(stated: str) -> None:
    event = talks("2018", "planned", known="2018-04-20")
    assert proposed(event, edtf=stated, status="planned").merge_objections() == []


@pytest.mark.parametrize("stance", ["reports", "confirms", "expects"])
@pytest.mark.parametrize("stated", ["", "2018-05-26", "2018-05", "2018-05-20/..", "2018"])
@pytest.mark.parametrize("known", ["2018-05", "2018-05-20/2018-06-02", "", "2018"])
def test_what_had_taken_place_is_not_under_way_again(known: str, stated: str, stance: str) -> None:
    event = talks(known, "occurred", known="2018-05-20")
    against = proposed(event, edtf=stated, status="ongoing", stance=stance).merge_objections()
    assert "by 27 May 2018 the event had taken place." in against[0]


@pytest.mark.parametrize("status", ["occurred", "ongoing"])
@pytest.mark.parametrize(
    ("known", "was"),
    [("2018-05-20/..", "ongoing"), ("2018", "ongoing"), ("", "ongoing"), ("", "planned"),
     ("2018", "planned"), ("2018-05-02/2018-06-30", "ongoing")],
)  # fmt: skip
@pytest.mark.parametrize("stated", ["2018-06-12", "2018-06", "2018-05-28", "2018-06-12/.."])
def test_nothing_has_begun_on_a_day_after_its_article(known, was, status, stated) -> None:
    event = talks(known, was, known="2018-05-20")
    against = " ".join(proposed(event, edtf=stated, status=status).merge_objections())
    assert "which lay ahead of its article." in against
