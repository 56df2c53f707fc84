"""Timelines of TimelineJS come in as drafts; our own come back as the same events."""

import json

import pytest
from django.test import Client

from tests import factories
from tests.web.exchange import as_csv, bring, confirm, errors_in, look, only, plan_in, upload
from timeline.exports.timelinejs import as_slide
from timeline.models import Decision, Event, Timeline

pytestmark = pytest.mark.django_db

SHEET = (
    "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,"
    "Media Credit,Media Caption,Media Thumbnail,Type,Group,Background\n"
)
EMPTY = dict.fromkeys(SHEET.strip().split(","), "")


def sheet(*rows: dict[str, str]) -> bytes:
    """A spreadsheet of TimelineJS."""
    return as_csv(*(EMPTY | {"Headline": "A"} | row for row in rows))


@pytest.mark.parametrize(
    ("row", "edtf"),
    [
        ({"Year": "2018"}, "2018"),
        ({"Year": "2018", "Month": "5"}, "2018-05"),
        ({"Year": "2018", "Month": "May", "Day": "3"}, "2018-05-03"),
        ({"Year": "2018.0", "Month": "5.0", "Day": "3.0"}, "2018-05-03"),
        ({"Year": "2018", "Month": "5", "End Year": "2019"}, "2018-05/2019"),
        ({"Year": "2018", "End Year": "2018"}, "2018"),
        ({"Year": "44"}, "0044"),
    ],
)
def test_the_columns_of_a_date_become_edtf(alice: Client, row: dict, edtf: str) -> None:
    changes = {one.column: one.new for one in only(upload(alice, sheet(row))).changes}
    assert changes["edtf"] == edtf


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"Year": "-44"}, "lies before those from 1 to 9999"),
        ({"Year": "44 BC"}, "lies before those from 1 to 9999"),
        ({"Year": "20000"}, "is not"),
        ({"Year": "2018", "Month": "13"}, "is not"),
        ({"Year": "2018", "Month": "2", "Day": "30"}, "is not a day"),
        ({"Year": "2018", "Day": "30"}, "no “Month”"),
        ({"Month": "3"}, "no “Year”"),
        ({}, "It has no year"),
        ({"Year": "soon"}, "“soon” under “Year” is no number"),
        ({"Year": "2019", "End Year": "2018"}, "ends before it begins"),
    ],
)
def test_a_date_that_is_none_is_said_beside_its_row(alice: Client, row: dict, words: str) -> None:
    assert words in errors_in(upload(alice, sheet(row)))[2, "edtf"]


def test_a_sheet_becomes_drafts_on_a_timeline_of_its_title(alice: Client) -> None:
    raw = sheet(
        {"Type": "title", "Headline": "Harbour <i>days</i>", "Text": "An introduction."},
        {
            "Year": "2018",
            "Headline": "The <b>ferry</b> sails &amp; sinks",
            "Text": "<p>One.</p><p>Two<script>alert(1)</script> &lt;3</p>",
            "Media": "https://video.example/1",
            "Media Credit": "Harbour",
            "Time": "12:30",
            "Group": "Visit",
            "Background": "#fff",
        },
        {"Year": "2010", "End Year": "2020", "Type": "era", "Headline": "The decade"},
    )
    page = upload(alice, raw, "sheet.csv")
    shown = page.getvalue().decode()
    assert "The title slide says <b>Harbour days</b>" in shown
    for words in ("the time of day", "Kept in the note for editors", "the background", "an era"):
        assert words in shown
    assert 'class="vTextField" value="Harbour days"' in shown
    confirm(alice, page)
    event = Event.objects.get()
    assert (event.title, event.summary) == ("The ferry sails & sinks", "One.\nTwo <3")
    assert (event.kind, event.status, event.is_published) == ("visit", "occurred", False)
    assert "https://video.example/1" in event.note
    timeline = event.timelines.get()
    assert (timeline.title, timeline.is_published) == ("Harbour days", False)

    Decision.objects.get().undo(by=factories.User.objects.get(username="alice"))
    assert not Event.objects.exists()
    assert not Timeline.objects.exists()


def test_a_sheet_goes_on_a_timeline_that_exists(alice: Client) -> None:
    timeline = factories.timeline()
    upload(alice, sheet({"Year": "2018"}))
    confirm(alice, look(alice, timeline=str(timeline.pk), new_timeline=""))
    assert timeline.events.get().title == "A"


def test_two_timelines_are_refused_beside_their_field(alice: Client) -> None:
    timeline = factories.timeline()
    upload(alice, sheet({"Year": "2018"}))
    page = look(alice, timeline=str(timeline.pk), new_timeline="Another")
    assert "not both" in page.getvalue().decode()


def test_its_json_is_read_as_its_sheet(alice: Client) -> None:
    data = {
        "title": {"text": {"headline": "Harbour days"}},
        "events": [
            {
                "start_date": {"year": "2018", "month": "5"},
                "end_date": {"year": 2018, "month": 6},
                "text": {"headline": "A", "text": "<p>Text</p>"},
                "media": {"url": "https://video.example/1"},
                "unique_id": "ferry-sails",
            },
            {"start_date": {"year": -44}, "text": {"headline": "B"}},
            "no slide",
        ],
    }
    page = upload(alice, json.dumps(data).encode(), "timeline.json")
    changes = {one.column: one.new for one in plan_in(page).items[0].changes}
    assert changes["edtf"] == "2018-05/2018-06"
    said = errors_in(page)
    assert "lies before" in said[2, "edtf"]
    assert "no slide" in said[3, ""]


def test_our_own_export_brought_in_again_is_the_same_events(alice: Client, client: Client) -> None:
    dates = ["2018-05-01", "2018-05", "2011-12~", "1950/1953", "2018-21", "2019-01-10/..", "195X"]
    events = [
        factories.event(f"Event <{edtf}> & more", slug=f"event-{n}", edtf=edtf, kind="visit",
                        summary="One  line.\n\nAnother <b>.")
        for n, edtf in enumerate(dates)
    ]  # fmt: skip
    timeline = factories.timeline(*events)
    raw = Client().get(f"{timeline.get_absolute_url()}export/timelinejs/").getvalue()
    page = upload(alice, raw, "harbour.json")
    assert plan_in(page).counts["same"] == len(dates), errors_in(page)

    before = list(Event.objects.order_by("slug").values_list("slug", "title", "edtf", "summary"))
    Event.objects.all().delete()
    bring(alice, raw, "harbour.json")
    after = list(Event.objects.order_by("slug").values_list("slug", "title", "edtf", "summary"))
    assert after == before
    assert not Event.objects.filter(is_published=True).exists()


def test_what_was_edited_in_our_own_export_counts(alice: Client) -> None:
    factories.timeline(factories.event("Ferry sails", edtf="2018-05"))
    data = json.loads(Client().get("/timelines/harbour/export/timelinejs/").getvalue())
    data["events"][0]["text"]["headline"] = "The ferry sails"
    data["events"][0] |= {"start_date": {"year": 2018, "month": 6}}
    page = upload(alice, json.dumps(data).encode(), "harbour.json")
    changes = {one.column: one.new for one in only(page).changes}
    assert changes == {"title": "The ferry sails", "edtf": "2018-06"}


def test_a_date_that_slides_cannot_say_stands_in_words() -> None:
    slide = as_slide("2018-05~/2018-07")
    assert slide["start_date"] == {"year": 2018, "month": 5, "day": 1}
    assert slide["display_date"] == "about May 2018 to July 2018"
