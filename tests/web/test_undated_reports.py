"""A report without a day joins no event that lay behind it, and no plan takes place by default."""

import pytest

from tests import factories
from tests.web.merges import proposed, talks
from timeline.models import Status

pytestmark = pytest.mark.django_db


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
