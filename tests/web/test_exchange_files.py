"""Files of events as programs and people save them: read, or refused in a sentence."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from tests.web.exchange import as_csv, download, errors_in, only, plan_in, upload
from timeline.exchange import files
from timeline.models import Event, EventImport

pytestmark = pytest.mark.django_db

FILE = "title,status,summary\nÉcole – 학교,occurred,“Fin”\n"


def refusal(page) -> str:
    """Why a file cannot be read at all; nothing of it is held then."""
    assert page.status_code == 400
    assert not EventImport.objects.exists()
    return str(page.context["form"].errors["file"][0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_in_each_of_its_forms(alice: Client, encoding: str) -> None:
    page = upload(alice, FILE.encode(encoding))
    assert only(page).title == "École – 학교"
    assert not plan_in(page).table.notes


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("cp949", "한국과 북한이 판문점에서 정상 회담을 열었다"),
        ("cp1252", "Le président s’est rendu à l’École supérieure – “déjà vu”, où l’été…"),
    ],
)
def test_what_spreadsheets_save_in_is_read_and_said(
    alice: Client, encoding: str, title: str
) -> None:
    page = upload(alice, as_csv({"title": title, "status": "occurred"}).decode().encode(encoding))
    assert only(page).title == title
    assert f"was read as {encoding}" in page.content.decode()


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_cells_may_be_parted_as_in_half_of_europe(alice: Client, delimiter: str) -> None:
    rows = [["title", "status", "edtf"], ["A, b", "occurred", "2018"]]
    raw = "\r\n".join(delimiter.join(row) for row in rows).encode()
    assert only(upload(alice, raw)).title == "A, b"


def test_a_cell_may_hold_lines_quotes_and_commas(alice: Client) -> None:
    page = upload(alice, as_csv({"title": "A", "status": "occurred", "summary": 'One,\n"two"'}))
    (summary,) = (one for one in only(page).changes if one.column == "summary")
    assert summary.new == 'One,\n"two"'


def test_columns_may_be_missing_unknown_and_in_any_order(alice: Client) -> None:
    page = upload(
        alice, as_csv({"colour": "red", "Date": "2018", "STATUS": "occurred", "title": "A"})
    )
    assert plan_in(page).can_be_done
    assert "Columns that are not known, and were not read: “colour”." in page.content.decode()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"a,b\n1,2\n", "names neither “slug” nor “title”"),
        (b"title,title\nA,B\n", "Two columns are called “title”"),
        (b"title,Date,edtf\nA,2018,2019\n", "Two columns are called “edtf”"),
        (b"title,status\nA\x00,occurred\n", "NUL"),
        (b'title,status\n"A,occurred\n', "cannot be read as CSV"),
        (b"title\n" + b"A" * 200_000, "cannot be read as CSV"),
        (b"title,status\n", "holds no events"),
        (b"{", "no JSON that can be read (line 1)"),
        (b"[" * 100_000, "no JSON that can be read"),
        (b'[{"title": "\\ud800", "status": "occurred"}]', "U+D800"),
        (b'[{"title": "A", "\\u0000": "occurred"}]', "U+0000"),
        (b'{"a": 1}', "no list of “events”"),
        (b"\xff\xfe\x00", "no text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "This is no"),
        (b"title,status\n" + b"A,occurred\n" * 20_001, "more than 20,000 rows"),
        (b"x" * 20_000_001, "20 MB are allowed"),
    ],
    ids=range(18),
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    alice: Client, raw: bytes, words: str
) -> None:
    assert words in refusal(upload(alice, raw))


@pytest.mark.parametrize(
    ("raw", "row", "column", "words"),
    [
        (b"title,status\nA,occurred,what\n", 2, "", "more cells than the first line"),
        (b'[{"title": {"a": 1}, "status": "occurred"}]', 1, "title", "no text"),
        (b'["A"]', 1, "", "no object"),
        (b'[{"title": "A", "status": "occurred", "reports": "B"}]', 1, "reports", "no list"),
        (b'[{"title": "A", "status": true}]', 1, "status", "no text"),
    ],
)
def test_what_is_odd_in_a_row_is_said_beside_it(
    alice: Client, raw: bytes, row: int, column: str, words: str
) -> None:
    assert words in errors_in(upload(alice, raw))[row, column]


def test_a_file_of_many_rows_asks_the_database_as_often_as_one_of_few(
    alice: Client, django_assert_max_num_queries
) -> None:
    Event.objects.bulk_create(
        Event(title=f"Event {n}", slug=f"event-{n}", status="occurred", edtf="2018")
        for n in range(600)
    )
    raw = download(alice)
    with django_assert_max_num_queries(60):
        page = upload(alice, raw)
    assert plan_in(page).counts["same"] == 600


@given(st.text() | st.text("'=+-@;, \n\ta\u200b−(none)", max_size=12))
def test_a_cell_without_formula_comes_back_as_it_was(text: str) -> None:
    assert files.uncell(files.cell(text)) == text
    assert files.cell(text)[:1] not in set("=+-@\t\r\n−")


def test_an_apostrophe_that_a_person_has_typed_stays(alice: Client) -> None:
    assert only(upload(alice, as_csv({"title": "'Tis spring", "status": "occurred"}))).title == (
        "'Tis spring"
    )


def test_a_place_or_an_actor_of_several_is_asked_by_id(alice: Client) -> None:
    factories.place("Springfield")
    factories.Place.objects.create(name="Springfield", slug="springfield-2")
    row = {"title": "A", "status": "occurred", "place": "SPRINGFIELD"}
    said = errors_in(upload(alice, as_csv(row)))
    assert "write its id (springfield, springfield-2)" in said[2, "place"]
    row["place"] = "springfield-2"
    assert plan_in(upload(alice, as_csv(row))).can_be_done


def test_more_events_than_one_import_changes_are_asked_for_by_parts(
    alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.exchange.plans.MOST_CHANGED", 2)
    rows = [{"title": title, "status": "occurred"} for title in "ABC"]
    page = upload(alice, as_csv(*rows))
    assert "It changes 3 events: 2 are allowed at once." in page.content.decode()
    assert not plan_in(page).can_be_done
