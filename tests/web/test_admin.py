"""The desk's records: lists, dates as one types them, publishing, rights and history."""

import re
from collections.abc import Iterable

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.web.desk import FERRY, onlooker, signed_in
from timeline.models import Article, Event, Quote

pytestmark = pytest.mark.django_db
LISTS = (
    "article",
    "outlet",
    "event",
    "report",
    "quote",
    "actor",
    "place",
    "suggestion",
    "timeline",
)


@pytest.fixture
def alice(client: Client) -> Client:
    return signed_in(client)


def change(record: object, page: str = "change") -> str:
    """The address of a record's page at the desk."""
    return reverse(f"admin:timeline_{record._meta.model_name}_{page}", args=[record.pk])


def push(client: Client, record: object, action: str):
    """Push a button at the head of a record."""
    data = {"CHANGE_FORM-action": action, "_selected_action": record.pk}
    return client.post(change(record), data)


def form_of(client: Client, record: object) -> dict[str, str | list]:
    """What a browser would send back from a record's page, unchanged."""
    context = client.get(change(record)).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, list):
                value = field.field.prepare_value(value)
            if isinstance(value, list):
                data[field.html_name] = value
            elif value is not None and value is not False:
                data[field.html_name] = str(value)
    return data


def a_busy_desk(numbers: Iterable[int]) -> None:
    """A row in every list for each number, with all its relations."""
    for number in numbers:
        outlet = factories.outlet(f"Harbour News {number}")
        article = factories.article("2018-05-16", f"Ferry news {number}", outlet=outlet)
        place = factories.place(f"Pier {number}")
        event = factories.event(f"Sailing {number}", place=place, edtf="2018-05")
        speaker = factories.actor(f"Captain {number}")
        factories.takes_part(speaker, event)
        factories.report(event, article)
        factories.quote("We sail.", article, speaker, event)
        factories.timeline(event, slug=f"ferry-{number}", title=f"Ferries {number}")
        article.suggestions.create(
            type="report", title=f"Sailing {number}", status="planned", stance="expects",
            match=event, start=number, end=number + 1,
        )  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_queries_of_a_list_stay_flat_as_rows_grow(alice: Client, name: str) -> None:
    url = reverse(f"admin:timeline_{name}_changelist")
    a_busy_desk(range(3))
    alice.get(url)
    with CaptureQueriesContext(connection) as few:
        assert alice.get(url).context["cl"].result_count == 3
    a_busy_desk(range(3, 12))
    with CaptureQueriesContext(connection) as many:
        assert alice.get(url).context["cl"].result_count == 12
    assert len(many) == len(few)


def test_a_list_shows_the_status_by_shape_and_word_and_the_date_in_words(alice: Client) -> None:
    factories.event("Ferry sails", status="planned", edtf="2018-05")
    page = alice.get(reverse("admin:timeline_event_changelist")).content.decode()
    assert '<span class="status status--planned">Planned</span>' in page
    assert "May 2018" in page
    assert "2018-05</code>" in page


@pytest.mark.parametrize(
    ("name", "words"),
    [("event", "sailing"), ("article", "ferry"), ("actor", "Captain"), ("quote", "sail")],
)
def test_a_list_is_searched(alice: Client, name: str, words: str) -> None:
    a_busy_desk(range(2))
    url = reverse(f"admin:timeline_{name}_changelist")
    assert alice.get(url, {"q": words}).context["cl"].result_count == 2
    assert alice.get(url, {"q": "zeppelin"}).context["cl"].result_count == 0


def test_events_are_filtered_by_whether_an_article_reports_them(alice: Client) -> None:
    reported = factories.event("Reported")
    factories.report(reported, factories.article("2018-05-16"))
    factories.event("From the desk")
    url = reverse("admin:timeline_event_changelist")
    assert [*alice.get(url, {"reported": "yes"}).context["cl"].queryset] == [reported]
    assert alice.get(url, {"reported": "no"}).context["cl"].queryset.get().title == "From the desk"


def test_a_date_says_how_it_is_understood_when_the_form_is_shown(alice: Client) -> None:
    event = factories.event("Ferry sails", edtf="2018-05")
    page = alice.get(change(event)).content.decode()
    assert "2018-05 → May 2018, 1–31 May" in page


def test_a_date_says_how_it_is_understood_as_one_types(alice: Client) -> None:
    url = reverse("admin:interpret")
    said = alice.get(url, {"edtf": "2018-05"}).json()
    assert said == {"said": "2018-05 → May 2018, 1–31 May", "edtf": "2018-05"}
    assert alice.get(url, {"edtf": "late 2011"}).json()["edtf"] == "2011-10/2011-12"
    assert "no date that can be read" in alice.get(url, {"edtf": "mayish"}).json()["error"]
    assert "80 characters" in alice.get(url, {"edtf": "2" * 10_000}).json()["error"]


def test_only_staff_may_ask_how_a_date_is_understood(client: Client) -> None:
    answer = client.get(reverse("admin:interpret"), {"edtf": "2018"})
    assert answer.status_code == 302
    assert "/login/" in answer.url


def test_a_wrong_date_is_said_beside_its_field(alice: Client) -> None:
    event = factories.event("Ferry sails")
    data = form_of(alice, event) | {"edtf": "mayish"}
    page = alice.post(change(event), data).content.decode()
    assert "“mayish” is no date that can be read." in page
    event.refresh_from_db()
    assert event.edtf == "2018-05-01"


def test_reports_and_quotes_are_edited_on_the_event(alice: Client) -> None:
    event = factories.event("Ferry sails")
    report = factories.report(event, factories.article("2018-05-16"))
    speaker = factories.actor("Nora Vale")
    quote = factories.quote("We sail.", report.article, speaker, event)
    data = form_of(alice, event)
    assert data["Quote_events-0-quote"] == str(quote.pk)
    assert "2018-05-01 → Tuesday 1 May 2018" in alice.get(change(event)).content.decode()
    answer = alice.post(change(event), data | {"reports-0-edtf": "2018-04~"})
    assert answer.status_code == 302
    report.refresh_from_db()
    assert (report.edtf, str(report.latest)) == ("2018-04~", "2018-04-30")


def test_a_second_report_by_the_same_article_is_refused_with_a_message(alice: Client) -> None:
    event = factories.event("Ferry sails")
    first, second = (factories.article(f"2018-05-1{day}") for day in (6, 7))
    factories.report(event, first)
    factories.report(event, second)
    page = alice.post(change(event), form_of(alice, event) | {"reports-1-article": str(first.pk)})
    assert page.status_code == 200
    assert "Report with this Article and Event already exists." in page.content.decode()


def test_an_article_that_is_here_already_is_refused_with_a_message(alice: Client) -> None:
    factories.article("2018-05-16", "Ferry sails")
    other = factories.article("2018-05-16", "Ferry waits")
    page = alice.post(change(other), form_of(alice, other) | {"headline": "Ferry sails"})
    assert page.status_code == 200
    assert "Article with this Outlet, Headline, Lead and Published on" in page.content.decode()


def test_a_quote_without_a_speaker_is_refused_beside_its_field(alice: Client) -> None:
    speaker = factories.actor("Nora Vale")
    quote = factories.quote("We sail.", factories.article("2018-05-16"), speaker)
    page = alice.post(change(quote), form_of(alice, quote) | {"speaker": "", "attribution": ""})
    assert page.context["adminform"].form.errors.keys() >= {"attribution"}


def test_an_edit_is_written_with_who_and_what_and_shown_beneath_the_record(alice: Client) -> None:
    event = factories.event("Ferry sails")
    alice.post(change(event), form_of(alice, event) | {"title": "The ferry sails"})
    entry = LogEntry.objects.get()
    said = "Changed Title: Ferry sails → The ferry sails."
    assert (entry.user.username, entry.get_change_message()) == ("alice", said)
    page = alice.get(change(event)).content.decode()
    assert re.search(rf"<b>alice</b>.*{said}", page)
    assert said in alice.get(change(event, "history")).content.decode()


@pytest.mark.parametrize("make", [factories.event, factories.timeline])
def test_a_record_is_published_and_unpublished_by_its_button(alice: Client, make) -> None:
    record = make(published=False)
    page = alice.get(change(record)).content.decode()
    assert 'value="publish"' in page
    assert 'value="unpublish"' not in page
    push(alice, record, "publish")
    record.refresh_from_db()
    assert record.is_published
    push(alice, record, "unpublish")
    record.refresh_from_db()
    assert not record.is_published
    said = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert said == ["Published.", "Unpublished."]


@pytest.mark.parametrize("name", ["article", "quote"])
def test_an_article_and_a_quote_are_published_by_their_buttons_too(alice: Client, name) -> None:
    article = factories.article("2018-05-16")
    quote = factories.quote("We sail.", article, factories.actor("Nora"), is_published=False)
    record = {"article": article, "quote": quote}[name]
    push(alice, record, "publish")
    page = alice.get(reverse(f"admin:timeline_{name}_changelist")).content.decode()
    assert '<span class="published published--yes">Public</span>' in page
    push(alice, record, "unpublish")
    page = alice.get(reverse(f"admin:timeline_{name}_changelist")).content.decode()
    assert '<span class="published">Withdrawn</span>' in page


@pytest.fixture
def waiting() -> Event:
    """A public event for which a report and a quote of a later article wait."""
    event = factories.event("Ferry sails")
    later = factories.article("2018-05-17")
    factories.report(event, factories.article("2018-05-16"))
    factories.report(event, later, is_published=False)
    factories.quote("We sail.", later, factories.actor("Nora"), event, is_published=False)
    return event


def test_a_public_event_says_what_waits_and_its_button_releases_it(alice: Client, waiting) -> None:
    page = alice.get(change(waiting)).content.decode()
    assert "Publish 1 waiting report and 1 waiting quote</button>" in page
    assert 'value="unpublish"' in page
    push(alice, waiting, "publish")
    page = alice.get(change(waiting)).content.decode()
    assert 'value="publish"' not in page
    assert "Published 1 report and 1 quote that waited." in page


@pytest.mark.parametrize("name", ["event", "article"])
def test_a_list_tells_and_finds_what_waits(alice: Client, waiting, name) -> None:
    factories.event("Draft", published=False)
    url = reverse(f"admin:timeline_{name}_changelist")
    found = alice.get(url, {"public": "partly"})
    if name == "event":
        assert [*found.context["cl"].queryset] == [waiting]
        assert "Public, 2 wait</span>" in found.content.decode()
    else:  # the later article is not public at all
        assert not found.context["cl"].queryset
        assert (
            alice.get(url, {"public": "no"}).context["cl"].queryset.get().published == "2018-05-17"
        )
    assert alice.get(url, {"public": "yes"}).context["cl"].result_count == 1


def test_what_hangs_on_a_deleted_event_does_not_stay_behind_in_public(
    alice: Client, waiting
) -> None:
    waiting.publish(by=User.objects.get())
    alice.post(change(waiting, "delete"), {"post": "yes"})
    assert not Event.objects.exists()
    assert not Quote.objects.public().exists()
    assert not Article.objects.public().exists()


def test_no_cache_keeps_an_answer_of_the_desk(alice: Client, waiting) -> None:
    names = ("index", "bring_in", *(f"timeline_{name}_changelist" for name in LISTS))
    urls = [reverse(f"admin:{name}") for name in names]
    article = Article.objects.first()
    urls += [change(waiting), change(article), reverse("admin:review", args=[article.pk])]
    urls += [reverse("admin:interpret"), change(waiting, "history"), change(waiting, "delete")]
    for client in (alice, Client()):
        for url in urls:
            kept = client.get(url)["Cache-Control"]
            assert "no-store" in kept, url
            assert "private" in kept, url


def test_many_events_are_published_at_once_and_each_is_written(alice: Client) -> None:
    drafts = [factories.event(f"Sailing {n}", published=False) for n in range(3)]
    factories.event("Public already")
    data = {"action": "publish", "_selected_action": Event.objects.values_list("pk", flat=True)}
    page = alice.post(reverse("admin:timeline_event_changelist"), data, follow=True)
    assert "3 events published." in page.content.decode()
    assert Event.objects.public().count() == 4
    assert LogEntry.objects.count() == len(drafts)


def test_only_a_published_event_leads_to_its_public_page(alice: Client) -> None:
    assert "View on site" in alice.get(change(factories.event("Public"))).content.decode()
    draft = factories.event("Draft", published=False)
    assert "View on site" not in alice.get(change(draft)).content.decode()


def test_who_may_only_look_cannot_publish_or_change(client: Client) -> None:
    oscar, event = onlooker(client), factories.event(published=False)
    page = oscar.get(change(event)).content.decode()
    assert "CHANGE_FORM-action" not in page
    push(oscar, event, "publish")
    data = {"action": "publish", "_selected_action": [event.pk]}
    oscar.post(reverse("admin:timeline_event_changelist"), data)
    event.refresh_from_db()
    assert not event.is_published


def test_an_articles_lists_are_typed_as_lines_and_numbers(alice: Client) -> None:
    article = factories.article("2018-05-16", labels=["Port Watch"], correction_paragraphs=[2])
    data = form_of(alice, article)
    assert (data["labels"], data["correction_paragraphs"]) == ("Port Watch", "2")
    data |= {"labels": "Port Watch\n\nAnalysis", "correction_paragraphs": "2, 3"}
    assert alice.post(change(article), data).status_code == 302
    article.refresh_from_db()
    assert article.labels == ["Port Watch", "Analysis"]
    assert article.correction_paragraphs == [2, 3]
    wrong = alice.post(change(article), data | {"correction_paragraphs": "two"})
    assert "Write paragraph numbers" in wrong.content.decode()


def test_the_articles_to_review_stand_first_at_the_desk(alice: Client) -> None:
    alice.post(reverse("admin:bring_in"), {"text": FERRY})
    page = alice.get(reverse("admin:index")).content.decode()
    assert "Articles to review" in page
    assert reverse("admin:review", args=[Article.objects.get().pk]) in page


def test_an_article_without_suggestions_has_a_dash_where_others_have_their_number(
    alice: Client,
) -> None:
    factories.article("2018-05-16")
    page = alice.get(reverse("admin:timeline_article_changelist")).content.decode()
    assert '<td class="field-to_review"><span class="quiet">–</span></td>' in page


def test_the_editor_has_a_password_that_is_printed_once(capsys: pytest.CaptureFixture) -> None:
    call_command("editor")
    password = capsys.readouterr().out.split()[-1]
    assert Client().login(username="editor", password=password)
    editor = User.objects.get(username="editor")
    assert editor.is_staff
    assert not editor.is_superuser
    assert editor.has_perms(["timeline.change_suggestion", "timeline.add_event"])
    call_command("editor")
    assert "The editor “editor” exists" in capsys.readouterr().out
    assert Client().login(username="editor", password=password)


def test_the_editors_password_is_reset_when_asked(capsys: pytest.CaptureFixture) -> None:
    call_command("editor")
    old = capsys.readouterr().out.split()[-1]
    call_command("editor", "--reset-password")
    new = capsys.readouterr().out.split()[-1]
    assert new != old
    assert Client().login(username="editor", password=new)
    assert not Client().login(username="editor", password=old)


def test_the_editors_group_keeps_what_an_administrator_took_from_it() -> None:
    call_command("editor", verbosity=0)
    group = User.objects.get().groups.get()
    group.permissions.clear()
    call_command("editor", "bob", verbosity=0)
    assert not group.permissions.exists()


def test_an_address_fills_a_new_record_with_words_and_with_keys_that_can_be(alice) -> None:
    url = reverse("admin:timeline_event_add")
    page = alice.get(url, {"title": "Harbour talks", "place": "x", "part_of": "9" * 30})
    assert page.status_code == 200
    initial = page.context["adminform"].form.initial
    assert (initial["title"], initial["place"], initial["part_of"]) == ("Harbour talks", None, None)
