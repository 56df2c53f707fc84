"""Who may do what at the desk: each role and nobody, at every address, with every button."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.urls import reverse

from tests import factories as make
from tests.web.desk import change, form_of, words_of
from tests.web.drafted import card
from tests.web.exchange import as_csv, bring
from tests.web.roles import (
    ADDRESSES,
    EDITED,
    ELSEWHERE,
    RANKS,
    World,
    address,
    buttons,
    person,
    rank,
    saved_form,
)
from timeline.models import Decision, Draft, Remark, Report, Suggestion, Timeline
from timeline.models.release import publish_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("groups")]


@pytest.fixture
def world(db: None) -> World:
    return World()


def stored() -> dict[str, list[tuple]]:
    """All that the database holds of Dateline's records, its log, and who may what."""
    models = [*apps.get_app_config("timeline").get_models(include_auto_created=True)]
    models += [*apps.get_app_config("auth").get_models(include_auto_created=True)]
    models += [apps.get_model("admin", "LogEntry")]
    skipped = {"auth.User": ("last_login",)}
    return {
        one._meta.label: list(
            one._base_manager.order_by("pk").values_list(
                *(
                    field.attname
                    for field in one._meta.concrete_fields
                    if field.name not in skipped.get(one._meta.label, ())
                )
            )
        )
        for one in models
    }


def names() -> Iterator[str]:
    """The names of all addresses of the desk."""

    def walk(patterns: list) -> Iterator[str]:
        for one in patterns:
            if hasattr(one, "url_patterns"):
                yield from walk(one.url_patterns)
            elif one.name:
                yield one.name

    return walk(admin.site.get_urls())


def test_every_address_of_the_desk_is_classified() -> None:
    """A new one takes a line in `ADDRESSES`, and each button on it one in `buttons`."""
    assert set(names()) == set(ADDRESSES)


@pytest.mark.parametrize("who", RANKS)
def test_each_role_sees_its_pages_and_no_other(world: World, who: str) -> None:
    client, wrong = person(who), []
    for name, least in ADDRESSES.items():
        if name in ELSEWHERE:
            continue
        answer = client.get(address(world, name))
        sees = answer.status_code == 200
        if sees != (least is not None and rank(who) >= rank(least)):
            wrong.append((name, answer.status_code))
    assert not wrong


@pytest.fixture
def whole(world: World) -> World:
    """The world with what the buttons need beside the pages."""
    world.accepted_event = world.meeting.report.event
    world.private = make.article("2018-06-02", body="Nothing is known.")
    world.hidden = make.timeline(published=False, slug="hidden", title="Hidden")
    world.empty = make.outlet("Empty Post")
    world.cited = make.article("2018-06-03", body="It is said.")
    make.quote("It is said.", world.cited, world.actor)
    make.actor("Piet Strand").absorb(make.actor("P. Strand"), world.boss)
    world.united = Decision.objects.latest("pk")
    arrested = card(world.draft, "arrest")
    world.drafted = arrested.accept(world.boss, None, arrested.quotes.none())
    world.drafted_by = Decision.objects.latest("pk")
    Draft.objects.filter(pk=world.draft.pk).update(shown=1)  # so that there is a rest
    bring(world.client, as_csv({"title": "Imported", "status": "occurred"}))
    world.imported = Decision.objects.latest("pk")
    told = {"slug": world.public.slug, "title": "Imported anew"}
    bring(world.client, as_csv(told), correction="It had another name.")
    world.imported_public = Decision.objects.latest("pk")
    world.put_out = Draft.objects.create(title="Put out")
    for on in (None, world.public):
        answered = Remark.objects.create(event=world.public, about="The pier", text="Why?")
        answered.answer("So it was.", world.boss, on)
    world.noted_by, world.answered_by = Decision.objects.order_by("-pk")[:2]
    drawn = make.event("Drawn", published=False)
    publish_draft(world.put_out, world.boss, [drawn], Timeline(title="Drawn up"))
    world.put_out_by = Decision.objects.latest("pk")
    return world


@pytest.mark.parametrize("who", RANKS)
def test_each_role_does_what_it_may_and_changes_nothing_else(whole: World, who: str) -> None:
    """Compared with the whole database, which each press is taken back from."""
    client, wrong = person(who), []
    before = stored()
    for label, (least, (url, data)) in buttons(whole).items():
        with transaction.atomic():
            answer = client.post(url, data)
            is_changed = stored() != before
            transaction.set_rollback(True)
        if is_changed != (rank(who) >= rank(least)):
            wrong.append((label, answer.status_code))
    assert not wrong


def test_every_kind_of_button_is_offered_to_a_publisher_and_those_of_others_are_not(whole) -> None:
    publisher, editor = person("publisher"), person("editor")
    page = change(whole.waiting)
    assert 'value="publish"' in publisher.get(page).content.decode()
    shown = editor.get(page)
    assert 'value="publish"' not in shown.content.decode()
    assert 'value="hand_in"' in shown.content.decode()
    assert "Publishers may publish" in words_of(shown)
    assert "may change it" not in words_of(shown)
    assert "Editors and Publishers may change it" in words_of(person("contributor").get(page))


def test_an_editor_is_told_why_a_public_event_needs_a_note(whole) -> None:
    url, data = saved_form(whole, whole.public, title="Another")
    said = words_of(person("editor").post(url, data))
    assert "Readers see this event: say what you corrected, or let a publisher change it." in said


def test_a_report_corrected_beneath_a_public_event_needs_the_note_too(whole) -> None:
    editor = person("editor")
    sent = form_of(whole.client, whole.public) | {"reports-0-edtf": "2018-05-14"}
    editor.post(change(whole.public), sent)
    assert Report.objects.get(pk=whole.report.pk).edtf == whole.report.edtf
    editor.post(change(whole.public), sent | {"correction": "It was the day before."})
    assert Report.objects.get(pk=whole.report.pk).edtf == "2018-05-14"


def test_a_contributor_completes_and_takes_back_the_card_that_they_have_marked(whole) -> None:
    contributor, words = person("contributor"), "The line was closed in 2011"
    desk = reverse("admin:review", args=[whole.article.pk])
    contributor.post(desk, {"do": "mark", "type": "report", "words": words})
    card_ = Suggestion.objects.latest("pk")
    contributor.post(desk, {"do": "edit", "suggestion": card_.pk, **EDITED})
    card_.refresh_from_db()
    assert card_.title == "Another"
    contributor.post(desk, {"do": "accept", "suggestion": card_.pk})
    card_.refresh_from_db()
    assert card_.state == Suggestion.State.PENDING
