"""A timeline that nothing has changed is not sent again, and one that something has, always is."""

import pytest
from django.test import Client

from tests import factories as make
from tests.web.desk import signed_in
from timeline.models import Event, Outlet, Timeline

pytestmark = pytest.mark.django_db
HARBOUR = "/timelines/harbour/"
CSV = f"{HARBOUR}export/csv/"


@pytest.fixture
def opening() -> Event:
    event = make.event("Harbour opening")
    make.report(event, make.article("2018-05-02"))
    make.timeline(event)
    return event


def etag(address: str = HARBOUR, **headers: str) -> str:
    return Client().get(address, headers=headers)["ETag"]


def again(tag: str, address: str = HARBOUR, **headers: str):
    return Client().get(address, headers={"If-None-Match": tag, **headers})


@pytest.mark.parametrize("address", [HARBOUR, f"{HARBOUR}?known=2018-05-02", CSV])
def test_what_is_unchanged_takes_no_query_over_events(
    opening, address, django_assert_max_num_queries
):
    tag = etag(address)
    with django_assert_max_num_queries(4) as queries:
        answer = again(tag, address)
    assert (answer.status_code, answer.getvalue()) == (304, b"")
    assert not [one for one in queries.captured_queries if '"timeline_event"' in one["sql"]]
    assert "no-cache" in answer["Cache-Control"]


def renamed(opening: Event) -> None:
    opening.title = "Harbour closed"
    opening.save(update_fields=["title"])


def reported_again(opening: Event) -> None:
    make.report(opening, make.article("2018-05-03"), status="cancelled")


def withdrawn(opening: Event) -> None:
    opening.unpublish(by=make.editor())


def taken_off(opening: Event) -> None:
    opening.delete()


def put_on(opening: Event) -> None:
    Timeline.objects.get().events.add(make.event("Another"))


def outlet_renamed(opening: Event) -> None:
    Outlet.objects.update(name="Harbour Gazette")


@pytest.mark.parametrize(
    "change", [renamed, reported_again, withdrawn, taken_off, put_on, outlet_renamed]
)
def test_what_has_changed_is_sent(opening, change):
    page, file = etag(), etag(CSV)
    change(opening)
    assert again(page).status_code == 200
    assert again(file, CSV).status_code == 200


def test_a_timeline_that_was_withdrawn_is_gone(opening):
    tag = etag()
    Timeline.objects.get().unpublish(by=make.editor())
    assert again(tag).status_code == 404


def test_a_fragment_is_not_taken_for_its_page(opening):
    tag = etag()
    assert again(tag, **{"HX-Request": "true"}).status_code == 200
    assert again(etag(**{"HX-Request": "true"}), **{"HX-Request": "true"}).status_code == 304


def test_the_next_day_is_another_answer(opening, monkeypatch):
    tag = etag()
    monkeypatch.setattr("timeline.views.conditional.time.time", lambda: 2_000_000_000)
    assert again(tag).status_code == 200


def test_what_an_editor_sees_is_kept_by_nobody_else(opening, client):
    answer = signed_in(client).get(HARBOUR)
    assert "ETag" not in answer
    assert "private" in answer["Cache-Control"]


def test_an_outlet_that_is_renamed_is_called_so_in_the_evidence(opening):
    assert "Harbour News" in Client().get(HARBOUR).content.decode()
    outlet_renamed(opening)
    page = Client().get(HARBOUR).content.decode()
    assert "Harbour Gazette" in page
    assert "Harbour News" not in page
