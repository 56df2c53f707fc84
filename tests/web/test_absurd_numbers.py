"""Numbers that no database holds, in forms, lists and actions: an answer, never a failure."""

from itertools import product
from urllib.parse import quote

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import Field
from django.db.models.lookups import Exact
from django.test import Client
from django.test.utils import register_lookup
from django.urls import reverse

from tests import factories
from tests.web.desk import change, form_of, words_of
from timeline.models import Suggestion
from timeline.models.events import EventQuerySet

pytestmark = pytest.mark.django_db
NUMBERS = ("9" * 19, "9" * 25, "9" * 5000)
NO_NUMBERS = ("x", "-1", "1.5", "²", "Pier 4")
NO_CHOICE = "Select a valid choice"


@pytest.mark.parametrize(
    ("of", "field", "said"),
    [
        ("suggestion", "match", NO_CHOICE),
        ("report", "event", NO_CHOICE),
        ("report", "article", NO_CHOICE),
        ("report", "end", "Please correct the error"),
        ("event", "place", NO_CHOICE),
        ("event", "part_of", NO_CHOICE),
        ("event", "reports-0-article", NO_CHOICE),
        ("event", "participations-0-known_from", NO_CHOICE),
        ("quote", "speaker", NO_CHOICE),
        ("quote", "events", NO_CHOICE),
        ("timeline", "events", NO_CHOICE),
        ("article", "outlet", NO_CHOICE),
        ("article", "correction_paragraphs", "Write paragraph numbers with commas"),
    ],
)
def test_a_form_says_beside_its_field_that_a_number_is_too_large(
    alice: Client, meeting: Suggestion, of: str, field: str, said: str
) -> None:
    event = factories.event("Talks")
    factories.takes_part(factories.actor("Nora Vale"), event)
    records = {
        "suggestion": meeting,
        "event": event,
        "report": factories.report(event, meeting.article),
        "quote": factories.quote("We sail.", meeting.article, factories.actor("Nora Vale")),
        "timeline": factories.timeline(event),
        "article": meeting.article,
    }
    sent = form_of(alice, records[of])
    for name, number in product((field, f"initial-{field}"), (*NUMBERS, *NO_NUMBERS)):
        page = alice.post(change(records[of]), sent | {name: number})
        if name == field and number in NUMBERS:
            assert said in words_of(page)
        elif name == field:
            assert words_of(page).startswith("Error:")
        assert page.status_code in (200, 302)


@pytest.mark.parametrize("number", [*NUMBERS, "0", "-1", "²"], ids=ascii)
@pytest.mark.parametrize(
    ("of", "lookup"),
    [
        ("event", "earliest__year"),
        ("article", "published_on__year"),
        ("event", "id__exact"),
        ("event", "timelines__id__exact"),
        ("report", "event__id__exact"),
        ("event", "id__in"),
        ("event", "p"),
        ("event", "_facets"),
    ],
)
def test_a_list_answers_a_lookup_that_cannot_be(
    alice: Client, of: str, lookup: str, number: str
) -> None:
    factories.report(factories.event("Talks"), factories.article("2018-05-16"))
    url = reverse(f"admin:timeline_{of}_changelist")
    page = alice.get(url, {lookup: number}, follow=True)
    assert page.status_code == 200


@pytest.mark.parametrize("number", NUMBERS, ids=len)
@pytest.mark.parametrize("action", ["publish", "unpublish", "delete_selected"])
def test_an_action_on_a_record_that_cannot_be_changes_nothing(
    alice: Client, action: str, number: str
) -> None:
    event = factories.event("Talks")
    data = {"action": action, "_selected_action": [number, str(event.pk)], "post": "yes"}
    page = alice.post(reverse("admin:timeline_event_changelist"), data, follow=True)
    assert page.status_code == 200
    event.refresh_from_db()
    assert event.is_published


REFUSED_LOOKUPS = [
    ("suggestion", "actors__contains"),
    ("suggestion", "actors__contained_by"),
    ("article", "labels__contains"),
    ("event", "own__contains"),
    ("event", "own__edtf__gt"),
    ("report", "basis__contains"),
    ("report", "basis__has_key"),
    ("report", "basis__has_keys"),
    ("quote", "basis__has_any_keys"),
    ("event", "own__has_keys"),
    ("event", "own__0__has_keys"),
    ("event", "made_as__has_any_keys"),
    ("suggestion", "reasons__has_keys"),
    ("suggestion", "actors__has_any_keys"),
    ("article", "labels__0__a__has_keys"),
    ("event", "title__nothing"),
    ("event", "title__search"),
    ("event", "title__isnull"),
    ("event", "earliest__gt"),
    ("article", "published_at__hour"),
    ("quote", "is_published__exact"),
    ("timeline", "events__in"),
    ("event", "o"),
    ("event", "p"),
    ("event", "public"),
]


# As in production: PostgreSQL answers nothing more in a transaction in which it refused a query.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("value", "again"),
    [*((value, {}) for value in ["x", "{", "(", "", "x'", "\x00", "[1", "1,,2"]),
     ("x", {"e": "1"}), ("\x00", {"e": "1"})],
)  # fmt: skip
def test_a_list_answers_any_lookup_with_a_list(alice: Client, value: str, again: dict) -> None:
    factories.report(factories.event("Talks"), factories.article("2018-05-16", labels=["News"]))
    for of, lookup in REFUSED_LOOKUPS:
        url = reverse(f"admin:timeline_{of}_changelist")
        page = alice.get(url, {lookup: value} | again, follow=True)
        assert page.status_code == 200, lookup
        assert "database installation" not in words_of(page), lookup
        if page.redirect_chain:
            assert "cannot be shown as this address asks" in words_of(page), lookup


@pytest.mark.parametrize("of", ["event", "article", "report", "quote", "suggestion", "actor"])
@pytest.mark.parametrize("expression", ["(", "(a+)+$", "["])
def test_a_list_takes_no_regular_expressions(alice: Client, of: str, expression: str) -> None:
    url = reverse(f"admin:timeline_{of}_changelist")
    for lookup in ("id__regex", "id__iregex"):
        page = alice.get(url, {lookup: expression})
        assert page.status_code == 400
        assert "could not be read" in words_of(page)


@pytest.mark.parametrize("of", ["event", "article", "report", "quote", "suggestion", "actor"])
@pytest.mark.parametrize("words", ["a " * 3_000, '"' * 3_000, "x" * 60_000], ids=["a", "mark", "x"])
def test_a_search_for_very_many_words_is_answered(alice: Client, of: str, words: str) -> None:
    url = reverse(f"admin:timeline_{of}_changelist")
    page = alice.get(url, {"q": words}, follow=True)
    assert page.status_code == 200
    assert bool(page.redirect_chain) == (len(words.split()) > 30)
    field = {"app_label": "timeline", "model_name": "quote", "field_name": "article"}
    answer = alice.get(reverse("admin:autocomplete"), field | {"term": words})
    assert answer.json()["results"] == []


@pytest.mark.parametrize("key", ["9" * 25, "\x00", "x", "-1", "1.5", "٣", "1\x00"], ids=ascii)
def test_the_way_to_a_public_page_leads_nowhere_for_what_is_no_record(
    alice: Client, key: str
) -> None:
    for kind in (*ContentType.objects.values_list("pk", flat=True), "9" * 25, "x", "0"):
        assert alice.get(f"/desk/r/{kind}/{quote(key)}/").status_code == 404, kind


def test_the_way_to_a_public_page_leads_there(alice: Client) -> None:
    event = factories.event("Talks")
    kind = ContentType.objects.get_for_model(event)
    url = reverse("admin:view_on_site", args=[kind.pk, event.pk])
    assert alice.get(url)["Location"].endswith(event.get_absolute_url())


@pytest.mark.parametrize("of", ["event", "article", "report", "quote", "suggestion", "actor"])
@pytest.mark.parametrize("value", ["1", "12", "1,2", "1,2,3", "", "2018-01-01,2018-02-01"])
@pytest.mark.parametrize("lookup", ["id__range", "id__in__range"])
def test_a_list_takes_no_ranges(alice: Client, of: str, lookup: str, value: str) -> None:
    url = reverse(f"admin:timeline_{of}_changelist")
    page = alice.get(url, {lookup: value})
    assert page.status_code == 400
    assert "could not be read" in words_of(page)


class Failing(Exact):
    """A lookup that makes no query of any value."""

    lookup_name = "failing"

    def as_sql(self, compiler, connection):
        """Fail as the value says: while the query is made, or when the database is given it."""
        faults = {"index": IndexError, "key": KeyError, "type": TypeError, "none": AttributeError}
        if self.rhs in faults:
            raise faults[self.rhs](self.rhs)
        sql, params = super().as_sql(compiler, connection)
        return sql, (*params, *params)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fault", ["index", "key", "type", "none", "too many values"])
@pytest.mark.parametrize("column", ["edtf", "note"])
def test_a_lookup_that_fails_in_any_way_shows_the_whole_list(
    alice: Client, column: str, fault: str
) -> None:
    factories.event("Talks")
    url = reverse("admin:timeline_event_changelist")
    with register_lookup(Field, Failing):
        page = alice.get(url, {f"{column}__failing": fault}, follow=True)
    assert page.status_code == 200
    assert "cannot be shown as this address asks" in words_of(page)
    assert "Talks" in words_of(page)


def test_a_list_that_fails_by_itself_is_not_told_to_be_the_addresss_fault(
    alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: object) -> None:
        raise IndexError("A fault of our own.")

    monkeypatch.setattr(EventQuerySet, "with_contradiction", fails)
    alice.raise_request_exception = False
    page = alice.get(reverse("admin:timeline_event_changelist"), {"q": "talks"}, follow=True)
    assert page.status_code == 500
