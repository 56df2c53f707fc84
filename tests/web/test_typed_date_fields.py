"""The date of an event is typed as people write it, and shown as read before it is saved."""

import pytest
from django.test import Client

from tests import factories
from tests.web.desk import change, form_of
from timeline.models import Event

pytestmark = pytest.mark.django_db


def typed(alice: Client, event: Event, **fields: str):
    """Send the event's form, as a browser does, with these fields typed."""
    return alice.post(change(event), form_of(alice, event) | fields)


def test_words_are_shown_as_read_first_and_saved_then(alice: Client) -> None:
    event = factories.event("Ferry sails")
    answer = typed(alice, event, edtf="late 2011")
    page = answer.content.decode()
    assert "Read as 2011-10/2011-12 → October 2011 to December 2011" in page
    assert 'value="late 2011"' in page
    event.refresh_from_db()
    assert event.edtf == "2018-05-01"

    again = typed(alice, event, edtf="late 2011", **{"edtf-shown": "2011-10/2011-12"})
    assert again.status_code == 302
    event.refresh_from_db()
    assert event.edtf == "2011-10/2011-12"


def test_other_words_than_those_shown_are_asked_again(alice: Client) -> None:
    event = factories.event("Ferry sails")
    page = typed(alice, event, edtf="late 2012", **{"edtf-shown": "2011-10/2011-12"})
    assert "Read as 2012-10/2012-12" in page.content.decode()
    event.refresh_from_db()
    assert event.edtf == "2018-05-01"


def test_edtf_is_saved_at_once(alice: Client) -> None:
    event = factories.event("Ferry sails")
    assert typed(alice, event, edtf="2018-05~").status_code == 302
    event.refresh_from_db()
    assert event.edtf == "2018-05~"


def test_a_day_and_month_in_numbers_is_asked_not_guessed(alice: Client) -> None:
    event = factories.event("Ferry sails")
    page = typed(alice, event, edtf="12/06/2018").content.decode()
    assert "12 June 2018 or 2018-06-12" in page
    assert "6 December 2018 or 2018-12-06" in page
    event.refresh_from_db()
    assert event.edtf == "2018-05-01"


def test_a_report_is_dated_as_in_its_article(alice: Client) -> None:
    event = factories.event("Ferry sails")
    report = factories.report(event, factories.article("2018-05-16"))
    fields = {"reports-0-edtf": "2 May", "reports-0-edtf-shown": "2018-05-02"}
    assert typed(alice, event, **fields).status_code == 302
    report.refresh_from_db()
    assert report.edtf == "2018-05-02"


@pytest.mark.parametrize("day", ["0001", "2018-13-01", "x", "9" * 40, "²"])
def test_a_day_that_is_none_is_said_to_whoever_asks_how_a_date_is_read(
    alice: Client, day: str
) -> None:
    answer = alice.get("/desk/interpret/", {"edtf": "26 March", "day": day})
    assert answer.json() == {"error": "Enter a valid date."}
