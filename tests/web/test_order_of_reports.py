"""An event follows its reports in the order of publication, also when an article is dated anew."""

from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from tests import factories as make
from tests.web.desk import FERRY, change, form_of, words_of
from timeline.ingest import ingest
from timeline.models import Article, Event, Report

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("is_public", [False, True], ids=["draft", "public"])


def editor() -> User:
    return User.objects.get(username="alice")


def followed(event: Event, article: Article, status: str, edtf: str = "") -> Report:
    """A report that the event has followed, as after a merge."""
    report = make.report(event, article, status=status, edtf=edtf)
    event.follow(report, editor())
    return report


def says() -> tuple[str, str]:
    event = Event.objects.get()
    return event.edtf, event.status


@pytest.fixture
def off(alice: Client) -> Report:
    """The report of 20 May that calls planned talks off, which was planned on 1 May."""
    event = make.event("Talks", edtf="2018-06", status="planned", published=False)
    followed(event, make.article("2018-05-01"), "planned", "2018-06")
    report = followed(event, make.article("2018-05-20"), "cancelled")
    assert says() == ("2018-06", "cancelled")
    return report


def dated(alice: Client, article: Article, published: str) -> None:
    sent = form_of(alice, article) | {"published": published}
    assert alice.post(change(article), sent).status_code == 302


def retracted(report: Report) -> None:
    report.retract(editor())


def withdrawn(report: Report) -> None:
    report.article.unpublish(editor())


@BOTH
@pytest.mark.parametrize("undo", [retracted, withdrawn])
def test_an_article_dated_before_another_is_overtaken_by_it_and_still_undone(
    alice: Client, off: Report, undo: Callable, is_public: bool
) -> None:
    if is_public:
        Event.objects.get().publish(editor())
    dated(alice, off.article, "2018-04-20")
    assert says() == ("2018-06", "planned")
    history = alice.get(change(off.event, "history")).content.decode()
    assert "as its articles are dated" in history
    dated(alice, off.article, "2018-05-21")
    assert says() == ("2018-06", "cancelled")
    off.refresh_from_db()
    undo(off) if is_public or undo is retracted else retracted(off)
    assert says() == ("2018-06", "planned")


def test_what_an_editor_set_stays_when_an_article_is_dated_anew(alice: Client, off: Report) -> None:
    sent = form_of(alice, off.event) | {"status": "postponed"}
    assert alice.post(change(off.event), sent).status_code == 302
    dated(alice, off.article, "2018-04-20")
    assert says() == ("2018-06", "postponed")


@pytest.mark.parametrize("name", ["ingest", "alice"])
def test_a_time_of_day_that_a_file_fills_in_changes_the_order_and_can_be_undone(
    alice: Client, name: str
) -> None:
    cited = Article.objects.create(
        outlet=make.outlet("Tidewire"), slug="ferry", lead="LEAD", published="2018-05-16",
        headline="Ministers agree to reopen the Elmsport ferry line",
    )  # fmt: skip
    event = make.event("Talks", edtf="2018-06", status="planned", published=False)
    noon = make.article("2018-05-16T12:00:00+09:00", "Noon")
    followed(event, noon, "planned", "2018-06")
    report = followed(event, cited, "cancelled")
    assert says() == ("2018-06", "cancelled")
    if name == "alice":
        alice.post("/desk/timeline/article/bring-in/", {"text": FERRY})
    else:
        assert ingest(FERRY).article == cited
    assert says() == ("2018-06", "planned")
    line = LogEntry.objects.latest("pk")
    assert line.get_change_message() == (
        "Called off 2018-06 → Planned 2018-06, as its articles are dated."
    )
    assert (str(line.user), line.user.is_active) == (name, name == "alice")
    assert name in words_of(alice.get(change(event)))
    report.refresh_from_db()
    report.retract(editor())
    event.refresh_from_db()
    assert event.own == {"edtf": "2018-06", "status": "planned"}
    assert says() == ("2018-06", "planned")
