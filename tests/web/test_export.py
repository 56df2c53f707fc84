"""A selection as a file: the same events as the page, and nothing that is not public."""

import csv
import io

import pytest

from tests import factories as make
from timeline.models import Timeline

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour() -> Timeline:
    """An event that Alice quoted, one that is a formula to a spreadsheet, and a draft."""
    opening = make.event("Opening", edtf="2018-05-01", kind="announcement", note="Ask Alice again")
    formula = make.event("=HYPERLINK(0)", edtf="2018-06", kind="other", status="planned")
    draft = make.event("Secret draft", published=False)
    paper = make.article(
        "2018-05-02", "Harbour opens", body="The whole private body.", note="Phone"
    )
    for one in (opening, formula, draft):
        make.report(one, paper)
    make.quote("It is open", paper, make.actor("Alice"), opening)
    return make.timeline(opening, formula, draft)


def rows(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_spreadsheet_has_one_row_an_event_of_the_selection(client, harbour):
    found = rows(client.get("/timelines/harbour/export/csv/?kind=announcement"))
    assert [(row["title"], row["date"], row["reports"], row["quotes"]) for row in found] == [
        ("Opening", "2018-05-01", "1", "1")
    ]


def test_a_formula_reaches_the_spreadsheet_as_text(client, harbour):
    titles = [row["title"] for row in rows(client.get("/timelines/harbour/export/csv/"))]
    assert titles == ["Opening", "'=HYPERLINK(0)"]


def test_the_data_carry_reports_quotes_and_their_sources(client, harbour):
    data = client.get("/timelines/harbour/export/json/").json()
    opening = data["events"][0]
    assert opening["reports"][0]["headline"] == "Harbour opens"
    assert opening["quotes"][0]["text"] == "It is open"


@pytest.mark.parametrize("format", ["csv", "json"])
def test_no_export_holds_a_draft_a_note_or_a_body(client, harbour, format):
    text = client.get(f"/timelines/harbour/export/{format}/").content.decode()
    assert not any(secret in text for secret in ("Secret", "private body", "Ask Alice", "Phone"))


def test_an_export_as_known_on_a_day_is_named_for_it_and_holds_nothing_later(client, harbour):
    response = client.get("/timelines/harbour/export/csv/?known=2018-05-01")
    assert "harbour-as-known-on-2018-05-01.csv" in response["Content-Disposition"]
    assert rows(response) == []


def test_a_wrong_filter_exports_nothing_and_says_why(client, harbour):
    response = client.get("/timelines/harbour/export/csv/?from=yesterdayish")
    assert response.status_code == 400
    assert "not a date" in response.content.decode()


def test_an_unknown_format_and_an_unpublished_timeline_are_not_found(client, harbour):
    assert client.get("/timelines/harbour/export/docx/").status_code == 404
    harbour.unpublish(by=make.editor())
    assert client.get("/timelines/harbour/export/csv/").status_code == 404
