"""A selection as a file: the same events as the page, and nothing that is not public."""

import csv
import io
import json

import pytest

from tests import factories as make
from timeline.exports import EXPORTS
from timeline.exports.rows import inert
from timeline.models import Actor, Article, Event, Timeline
from timeline.selection import Results

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
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def test_the_spreadsheet_has_one_row_an_event_of_the_selection(client, harbour):
    found = rows(client.get("/timelines/harbour/export/csv/?kind=announcement"))
    assert [(row["title"], row["date"], row["reports"], row["quotes"]) for row in found] == [
        ("Opening", "2018-05-01", "1", "1")
    ]


def test_a_formula_reaches_the_spreadsheet_as_text(client, harbour):
    titles = [row["title"] for row in rows(client.get("/timelines/harbour/export/csv/"))]
    assert titles == ["Opening", "'=HYPERLINK(0)"]


def test_the_data_carry_reports_quotes_and_their_sources(client, harbour):
    data = json.loads(client.get("/timelines/harbour/export/json/").getvalue())
    opening = data["events"][0]
    assert opening["reports"][0]["headline"] == "Harbour opens"
    assert opening["quotes"][0]["text"] == "It is open"


@pytest.mark.parametrize("format", ["csv", "json"])
def test_no_export_holds_a_draft_a_note_or_a_body(client, harbour, format):
    text = client.get(f"/timelines/harbour/export/{format}/").getvalue().decode()
    assert not any(secret in text for secret in ("Secret", "private body", "Ask Alice", "Phone"))


def test_an_export_as_known_on_a_day_is_named_for_it_and_holds_nothing_later(client, harbour):
    response = client.get("/timelines/harbour/export/csv/?known=2018-05-01")
    assert "harbour-as-known-on-2018-05-01.csv" in response["Content-Disposition"]
    assert rows(response) == []


def test_a_wrong_filter_exports_nothing_and_says_why(client, harbour):
    response = client.get("/timelines/harbour/export/csv/?from=yesterdayish")
    assert response.status_code == 400
    assert "not a date" in response.getvalue().decode()


def test_an_unknown_format_and_an_unpublished_timeline_are_not_found(client, harbour):
    assert client.get("/timelines/harbour/export/docx/").status_code == 404
    harbour.unpublish(by=make.editor())
    assert client.get("/timelines/harbour/export/csv/").status_code == 404


FORMULAS = {
    "a line feed first": ("\n=1+1", "'\n'=1+1"),
    "a carriage return first": ("\r=1+1", "'\r'=1+1"),
    "a tab first": ("\t=1+1", "'\t'=1+1"),
    "spaces first": ("  =1+1", "'  =1+1"),
    "a no-break space first": ("\u00a0@x", "'\u00a0@x"),
    "nothing visible first": ("\u200b=1+1", "'\u200b=1+1"),
    "full width, equals": ("\uff1d1+1", "'\uff1d1+1"),
    "full width, plus": ("\uff0b1", "'\uff0b1"),
    "full width, minus": ("\uff0d1", "'\uff0d1"),
    "full width, at": ("\uff20x", "'\uff20x"),
    "after a semicolon": ("Fair;=1+1", "Fair;'=1+1"),
    "after a semicolon and a space": ("Fair; +1", "Fair;' +1"),
    "on a line of its own": ("Fair\n-1", "Fair\n'-1"),
    "in quotation marks": ('"=1+1"', '\'"=1+1"'),
}


@pytest.mark.parametrize(("title", "cell"), FORMULAS.values(), ids=FORMULAS)
def test_no_cell_begins_a_formula_in_any_spreadsheet(client, title, cell):
    event = make.event("Opening", summary=title)
    make.report(event, make.article("2018-05-02"))
    for number, name in enumerate(("Alice", title)):
        make.takes_part(Actor.objects.create(slug=f"a{number}", name=name, kind="person"), event)
    make.timeline(event)
    text = client.get("/timelines/harbour/export/csv/").getvalue().decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text, newline="")))
    assert row["summary"] == cell
    for separator in ";\t":  # as a spreadsheet of another country takes it apart
        for other in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            assert not [one for one in other if one.strip()[:1] in tuple("=+-@＝＋－＠")]


@pytest.mark.parametrize("text", ["Fair; open", "a - b", "2 + 2 = 4", "a@b.example", "../2018-05"])
def test_what_is_no_formula_stays_as_it_is(client, text):
    event = make.event("Opening", summary=text)
    make.timeline(event)
    assert rows(client.get("/timelines/harbour/export/csv/"))[0]["summary"] == text


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//a.example", "JavaScript:x"]
)
def test_the_data_hand_on_no_address_that_is_not_of_the_web(client, harbour, url):
    Article.objects.update(url=url)
    data = json.loads(client.get("/timelines/harbour/export/json/").getvalue())
    assert data["events"][0]["reports"][0]["article_url"] == ""
    Article.objects.update(url="https://a.example/x")
    data = json.loads(client.get("/timelines/harbour/export/json/").getvalue())
    assert data["events"][0]["reports"][0]["article_url"] == "https://a.example/x"


@pytest.mark.parametrize(
    "cell",
    ["|cmd", "¦=1", "\u00ad=1+1", "\u2063@SUM", "\u180e+1", "﹦1+1", "﹢1",
     "﹣1", "＝1", "₌1", "\u3000=1", "\u00a0|x", "。=1", "(=1)", "$-1", "﹔x", "\u00ad,x"],
    ids=ascii,
)  # fmt: skip
def test_no_sign_before_a_formula_hides_it(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("unseen", [0x34F, 0xFE0F, 0x115F, 0x3164, 0x1160, 0xFFA0, 0x17B4, 0x2800,
                                    0x301, 0xE0020, 0xE0100, 0x200B, 0x61C, 0xFFF9])  # fmt: skip
@pytest.mark.parametrize("formula", ["=1+1", "@SUM(1)", "+1", "-1"])
def test_nothing_invisible_before_a_formula_hides_it(unseen: int, formula: str) -> None:
    assert inert(f"{chr(unseen)}{formula}") == f"'{chr(unseen)}{formula}"
    assert inert(f"Fair;{chr(unseen)}{formula}") == f"Fair;'{chr(unseen)}{formula}"


@pytest.mark.parametrize("separator", [*";,|\t\n\x1f\x1e", "；", "，", "｜", "﹔", "\u2028"])
def test_no_separator_of_any_program_begins_a_cell_with_a_formula(separator: str) -> None:
    assert inert(f"a{separator}=1") == f"a{separator}'=1"
    assert inert(f"{separator}=1").removeprefix("'") == f"{separator}'=1"
    assert inert(f"a{separator} b") == f"a{separator} b"


@pytest.mark.parametrize(
    "cell",
    ["–5 °C", "(Reuters)", "“–5” she said", "5 - 3 = 2", "§ 4 + 5", "Émile", "… and", "–", ""],
)
def test_ordinary_text_of_a_cell_stays_as_it_is(cell: str) -> None:
    assert inert(cell) == cell


@pytest.mark.parametrize("format", EXPORTS)
def test_a_file_is_sent_while_its_events_are_read(client, harbour, monkeypatch, format):
    """However many there are, only some are held at once."""
    read = []
    plain = Results._events
    monkeypatch.setattr("timeline.selection.results.EXPORTED_AT_ONCE", 1)
    monkeypatch.setattr(
        Results, "_events", lambda self, keys: [read.append(keys), *plain(self, keys)][1:]
    )
    parts = iter(client.get(f"/timelines/harbour/export/{format}/"))
    next(parts)
    assert read == []
    next(parts)
    assert len(read) == 1
    list(parts)
    assert len(read) == Event.objects.public().count() > 1
