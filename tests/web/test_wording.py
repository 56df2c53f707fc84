"""What is told of a plan, of an outcome, and of what is between: in the tense that it has."""

import datetime as dt
import json
import re

import pytest

from tests import factories as make
from timeline.models import PLANS, Status

pytestmark = pytest.mark.django_db
FUTURE = f"{dt.date.today().year + 2}-05-01"

# status, date → heading above those who take part, heading above the steps
TOLD = {
    "occurred": ("occurred", "2018-05-01", "Who took part", "From plan to outcome"),
    "occurred, undated": ("occurred", "", "Who took part", "From plan to outcome"),
    "ongoing": ("ongoing", "2018-05-01/..", "Who is taking part", "From plan to outcome"),
    "planned": ("planned", FUTURE, "Who is to take part", "The plan so far"),
    "planned, undated": ("planned", "", "Who is to take part", "The plan so far"),
    "expected": ("expected", FUTURE, "Who is expected to take part", "The plan so far"),
    "possible": ("possible", FUTURE, "Who might take part", "The plan so far"),
    "postponed": ("postponed", FUTURE, "Who is to take part", "The plan so far"),
    "called off": ("cancelled", "2018-05-01", "Who was to take part", "What became of the plan"),
    "unresolved": ("planned", "2018-05-01", "Who was to take part", "The plan so far"),
}


@pytest.mark.parametrize(("status", "edtf", "who", "plan"), TOLD.values(), ids=TOLD)
def test_no_heading_tells_a_plan_as_if_it_had_happened(client, status, edtf, who, plan):
    event = make.event(edtf=edtf, status=status)
    make.report(event, make.article("2018-01-01"), edtf="2018-04", status="planned")
    make.report(event, make.article("2018-01-02"))
    make.takes_part(make.actor("Alice"), event)
    make.timeline(event)
    page = client.get("/events/harbour-opening/").content.decode()
    assert f"<h2>{who}</h2>" in page
    assert f'<h2 id="h-plan">{plan}</h2>' in page
    listed = client.get("/timelines/harbour/").content.decode()
    assert f'aria-label="{plan}"' in listed
    if status != "occurred":
        for text in (
            page,
            listed,
            client.get("/timelines/harbour/?view=lanes").content.decode(),
        ):
            assert not re.search(r"took part|When it happened|to outcome", text) or plan in (
                "From plan to outcome",
            )


def test_on_a_past_day_the_headings_know_no_outcome(client):
    event = make.event(edtf="2018-05-01")
    early = make.report(event, make.article("2018-01-01"), edtf="2018-04", status="planned")
    make.report(event, make.article("2018-02-01"), edtf="2018-05", status="postponed")
    make.report(event, make.article("2018-05-02"))
    make.takes_part(make.actor("Alice"), event, known_from=early)
    make.timeline(event)
    page = client.get("/events/harbour-opening/?known=2018-02-02").content.decode()
    assert "<h2>Who is to take part</h2>" in page
    assert '<h2 id="h-plan">The plan so far</h2>' in page
    assert "took part" not in page


def test_the_spreadsheet_says_an_outcome_is_reported_only_where_one_is(client):
    events = [
        make.event(status, edtf=FUTURE if status in PLANS else "2018", status=status)
        for status in Status.values
    ]
    make.timeline(*events)
    rows = json.loads(client.get("/timelines/harbour/export/json/").getvalue())["events"]
    assert {row["status"] for row in rows if row["outcome_reported"]} == {
        "occurred",
        "ongoing",
        "cancelled",
    }


@pytest.mark.parametrize("query", ["from=x&kind=x", "sort=x&focus=x&actor=x"])
def test_an_error_is_named_as_the_page_names_its_field(client, query):
    make.timeline(make.event())
    found = client.get(f"/timelines/harbour/?{query}").content.decode()
    named = re.findall(r"<li><b>(.*?):</b>", found)
    assert named
    assert not {"from", "kind", "sort", "focus", "actor"} & set(named)


def test_a_date_begins_its_line_with_a_capital(client):
    make.event(edtf="2019-01-10/..", status="expected")
    assert ">After 10 January 2019<" in client.get("/events/harbour-opening/").content.decode()


def test_one_year_is_not_told_twice(client):
    make.timeline(make.event(edtf="2018-05-01"), make.event("Other", edtf="2018-06"))
    for url in ("/", "/timelines/harbour/"):
        found = client.get(url).content.decode()
        assert "<span>2018</span>" in found
        assert "2018 to 2018" not in found


@pytest.mark.parametrize(
    ("medium", "said"),
    [("Xinhua", "via Xinhua"), ("told reporters", "told reporters"), ("via KCNA", "via KCNA")],
)
def test_a_medium_says_that_the_words_came_through_it(client, medium, said):
    event = make.event()
    quote = make.quote("We are glad", make.article("2018-05-02"), make.actor("Alice"), event)
    quote.medium = medium
    quote.save()
    assert f"<span>{said}</span>" in client.get("/quotes/").content.decode()
