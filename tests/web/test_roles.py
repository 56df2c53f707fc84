"""Who may do what at the desk: each role and nobody, at every address, with every button."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.desk import FERRY, change, ferry, form_of, words_of
from tests.web.drafted import card, ferry_draft
from tests.web.exchange import as_csv, bring
from tests.web.test_upgrade import before_the_upgrade
from timeline.migrations._roles import GROUPS, give_roles, rights_of, take_roles
from timeline.models import (
    Actor,
    Batch,
    Decision,
    Draft,
    Event,
    EventImport,
    Feed,
    Line,
    Quote,
    Remark,
    Report,
    Suggestion,
    Timeline,
)
from timeline.models.release import publish_draft

pytestmark = pytest.mark.django_db

# From the one who may least; each may all that those before may.
RANKS = ("signed out", "reader", "staff", "contributor", "editor", "publisher", "superuser")
ANYBODY, SIGNED_IN, STAFF, CONTRIBUTOR, EDITOR, PUBLISHER, NOBODY = RANKS[:1] + RANKS[1:]


def rank(who: str) -> int:
    return RANKS.index(who)


def person(who: str) -> Client:
    """A client with somebody of this rank signed in."""
    client = Client()
    if who in ("contributor", "editor", "publisher"):
        call_command("editor", who, role=who, verbosity=0)
        client.force_login(User.objects.get(username=who))
    elif who == "superuser":
        client.force_login(make.editor("root"))
    elif who != "signed out":
        client.force_login(User.objects.create_user(who, is_staff=who == "staff"))
    return client


class World:
    """One record of each kind: those that readers see, and those that wait."""

    def __init__(self) -> None:
        self.boss = make.editor("boss")
        self.client = Client()
        self.client.force_login(self.boss)
        self.article = ferry()  # private, with three suggestions
        self.meeting, self.visit, self.words = self.article.suggestions.order_by("start")[:3]
        self.visit, self.words = sorted((self.visit, self.words), key=lambda one: one.type)[::-1]
        self.draft = ferry_draft(self.boss)
        self.public = make.event("The pier opens", edtf="2018-05-15")
        self.paper = make.article("2018-05-16", is_published=True)
        self.report = make.report(self.public, self.paper)
        self.actor, self.place = make.actor("Nora Vale"), make.place("Elmsport")
        self.quote = make.quote("It is open.", self.paper, self.actor, self.public)
        self.timeline = make.timeline(self.public)
        self.waiting = make.event("A storm is feared", edtf="2018-06", published=False)
        make.report(self.waiting, make.article("2018-05-17"), is_published=False)
        self.held = make.quote("Not yet.", self.article, self.actor, self.waiting)
        self.loose = make.quote("Who knows?", self.article, self.actor, is_published=False)
        self.handed_in = make.event("The line returns", published=False)
        self.handed_in.hand_in(by=self.boss)
        self.batch = Batch.objects.create(source="saved pages", state=Batch.State.RUNNING)
        self.feed = Feed.objects.create(
            address="https://tidewire.example/feed", outlet=self.paper.outlet
        )
        self.outlet = self.paper.outlet
        self.doubles = {
            "actor": (self.actor, make.actor("N. Vale")),
            "place": (self.place, make.place("Elm Port")),
        }
        self.accepted = self._decided(lambda: self._accept_one())
        self.published = self._published()
        self.remark = Remark.objects.create(event=self.public, about="The pier", text="It was May.")
        for one in (self.public, self.waiting, self.quote, self.actor):
            self._renamed(one)

    def _decided(self, decide: Callable[[], object]) -> Decision:
        decide()
        return Decision.objects.latest("pk")

    def _accept_one(self) -> None:
        self.meeting.accept(by=self.boss)

    def _published(self) -> Decision:
        made = make.event("A bridge is built", published=False)
        make.report(made, self.article, is_published=False)
        reverse_ = reverse("admin:review_done", args=[self.article.pk])
        self.client.post(reverse_, {"do": "publish", "events": [made.pk]})
        return Decision.objects.latest("pk")

    def _renamed(self, record: Model) -> None:
        name = (
            "text"
            if isinstance(record, Quote)
            else "name"
            if isinstance(record, Actor)
            else "title"
        )
        setattr(record, name, f"{getattr(record, name)} (new)")
        record.save(update_fields=[name])

    def line(self, record: Model) -> Line:
        return Line.objects.of(record).exclude(before__isnull=True).first()

    def record(self, model: str) -> Model | None:
        """The record of a kind whose pages are walked."""
        known = {
            "article": self.paper, "outlet": self.outlet, "batch": self.batch, "feed": self.feed,
            "event": self.public, "report": self.report, "actor": self.actor, "place": self.place,
            "quote": self.quote, "suggestion": self.visit, "decision": self.accepted,
            "timeline": self.timeline, "draft": self.draft, "remark": self.remark,
            "user": self.boss, "group": Group.objects.first(),
        }  # fmt: skip
        return known[model]


@pytest.fixture(autouse=True)
def groups(db: None) -> None:
    """The groups as the migration makes them: what flushes the database takes them away."""
    give_roles(apps, SimpleNamespace(connection=connection))


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


# Who gets to see each address. Of records: the list and a record's page, its history, the form
# for a new one, the page that asks whether to delete one that readers see, the way back.
OF_RECORDS = {
    "article": (CONTRIBUTOR, CONTRIBUTOR, PUBLISHER, PUBLISHER),
    "outlet": (CONTRIBUTOR, EDITOR, EDITOR, None),
    "batch": (CONTRIBUTOR, None, EDITOR, None),
    "feed": (CONTRIBUTOR, CONTRIBUTOR, CONTRIBUTOR, None),
    "event": (CONTRIBUTOR, EDITOR, PUBLISHER, EDITOR),
    "report": (CONTRIBUTOR, EDITOR, PUBLISHER, PUBLISHER),
    "actor": (CONTRIBUTOR, EDITOR, EDITOR, EDITOR),
    "place": (CONTRIBUTOR, EDITOR, EDITOR, EDITOR),
    "quote": (CONTRIBUTOR, EDITOR, PUBLISHER, PUBLISHER),
    "suggestion": (CONTRIBUTOR, None, EDITOR, None),
    "decision": (CONTRIBUTOR, None, None, None),
    "timeline": (CONTRIBUTOR, EDITOR, PUBLISHER, PUBLISHER),
    "draft": (CONTRIBUTOR, CONTRIBUTOR, EDITOR, None),
    "remark": (CONTRIBUTOR, None, EDITOR, None),
    "user": (NOBODY, NOBODY, NOBODY, None),
    "group": (NOBODY, NOBODY, NOBODY, None),
}
# `None`: nobody at all, the superuser neither.
ADDRESSES = {
    "index": STAFF, "history": CONTRIBUTOR, "interpret": STAFF, "password_change": STAFF,
    "password_change_done": STAFF, "jsi18n": STAFF,
    "login": ANYBODY, "logout": ANYBODY, "code": ANYBODY, "two_factor": SIGNED_IN,
    "autocomplete": STAFF, "view_on_site": STAFF, "app_list": STAFF,
    "auth_user_password_change": NOBODY,
    "bring_in": CONTRIBUTOR, "review": CONTRIBUTOR, "review_done": CONTRIBUTOR,
    "changes": CONTRIBUTOR, "batch": CONTRIBUTOR, "explanation": CONTRIBUTOR,
    "decisions_export": CONTRIBUTOR, "undo": None,
    "draft": CONTRIBUTOR, "draft_articles": CONTRIBUTOR, "draft_publish": CONTRIBUTOR,
    "events_export": CONTRIBUTOR, "events_import": EDITOR,
    "event_import": None,  # but to who has uploaded the file
    "actor_duplicates": CONTRIBUTOR, "place_duplicates": CONTRIBUTOR,
    "actor_merge": EDITOR, "place_merge": EDITOR,
    "timeline_event_hand_back": PUBLISHER, "timeline_article_hand_back": None,
    "timeline_quote_hand_back": None, "timeline_timeline_hand_back": None,
}  # fmt: skip
for _model, (_sees, _adds, _deletes, _reverts) in OF_RECORDS.items():
    _app = "auth" if _model in ("user", "group") else "timeline"
    ADDRESSES |= {
        f"{_app}_{_model}_changelist": _sees,
        f"{_app}_{_model}_change": _sees,
        f"{_app}_{_model}_history": _sees,
        f"{_app}_{_model}_add": _adds,
        f"{_app}_{_model}_delete": _deletes,
    }
    if _reverts:
        ADDRESSES[f"{_app}_{_model}_history_export"] = CONTRIBUTOR
        ADDRESSES[f"{_app}_{_model}_revert"] = _reverts
# Answered otherwise than by a page: by what they are asked for, by the session, by a redirect.
ELSEWHERE = {"login", "logout", "code", "two_factor", "view_on_site", "autocomplete", "app_list"}


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


def address(world: World, name: str) -> str:
    """The address of a name, about the world's record of its kind."""
    app, _, rest = name.partition("_")
    model = rest.partition("_")[0] if app in ("timeline", "auth") else ""
    page = rest.removeprefix(f"{model}_")
    article = {"review": world.article, "review_done": world.article, "changes": world.article}
    own: dict[str, Model] = article | {
        "batch": world.batch, "explanation": world.visit, "undo": world.accepted,
        "draft": world.draft, "draft_articles": world.draft, "draft_publish": world.draft,
    }  # fmt: skip
    if app in ("actor", "place"):
        pair = [w.pk for w in world.doubles[app]]
        return reverse(f"admin:{name}", args=pair if rest == "merge" else [])
    if name == "events_export":
        return reverse(f"admin:{name}", args=["csv"])
    if name == "event_import":
        return EventImport.objects.begin(world.boss, "events.csv", {}).get_absolute_url()
    if name in own:
        return reverse(f"admin:{name}", args=[own[name].pk])
    if page == "hand_back":
        record = world.handed_in if model == "event" else world.record(model)
        return reverse(f"admin:{name}", args=[record.pk])
    if page in ("changelist", "add") or not model:
        return reverse(f"admin:{name}")
    record = world.record(model)
    if page == "revert":
        return reverse(f"admin:{name}", args=[record.pk, Line.objects.of(record).last().pk])
    return reverse(f"admin:{name}", args=[record.pk, *(["csv"] if "export" in page else [])])


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


def _list(model: str, do: str, *records: Model) -> tuple[str, dict]:
    data = {"action": do, "_selected_action": [one.pk for one in records], "post": "yes"}
    return reverse(f"admin:timeline_{model}_changelist"), data


def _form(world: World, record: Model, **changed: object) -> tuple[str, dict]:
    return change(record), form_of(world.client, record) | changed


def _on_form(record: Model, do: str) -> tuple[str, dict]:
    return change(record), {"CHANGE_FORM-action": do, "_selected_action": [record.pk]}


def _deleted(record: Model) -> tuple[str, dict]:
    return change(record, "delete"), {"post": "yes"}


def _at(name: str, record: Model, /, *more: object, **data: object) -> tuple[str, dict]:
    keys = [getattr(one, "pk", one) for one in (record, *more)]
    return reverse(f"admin:{name}", args=keys), data


def _two(world: World, name: str) -> tuple[str, dict]:
    one, other = world.doubles[name.partition("_")[0]]
    return reverse(f"admin:{name}"), {"one": one.pk, "other": other.pk}


EDITED = {
    f"edit-{name}": value
    for name, value in {
        "title": "Another", "edtf": "2011", "status": "occurred", "stance": "recalls",
        "kind": "other", "actors": "", "place": "",
    }.items()
}  # fmt: skip


def buttons(world: World) -> dict[str, tuple[str, tuple[str, dict]]]:
    """Everything that can be sent to the desk: who may, where, and what."""
    w, one, rejected = world, card(world.draft, "sinks"), card(world.draft, "charge")
    last = Line.objects.around
    new = reverse("admin:bring_in")
    found: dict[str, tuple[str, tuple[str, dict]]] = {
        "bring in": (CONTRIBUTOR, (new, {"text": FERRY.replace("Elmsport", "Eastport")})),
        "accept": (EDITOR, _at("review", w.article, suggestion=w.visit.pk, do="accept")),
        "merge": (EDITOR, _at("review", w.article, suggestion=w.visit.pk, do="merge",
                              event=w.waiting.pk)),
        "reject": (EDITOR, _at("review", w.article, suggestion=w.visit.pk, do="reject")),
        "edit": (EDITOR, _at("review", w.article, suggestion=w.visit.pk, do="edit", **EDITED)),
        "split": (EDITOR, _at("review", w.article, suggestion=w.visit.pk, do="split", **EDITED)),
        "mark": (CONTRIBUTOR, _at("review", w.article, do="mark", type="report",
                                  words="The line was closed in 2011")),
        "read it again": (CONTRIBUTOR, _at("review", w.article, do="read")),
        "answer a remark": (EDITOR, _at("timeline_remark_change", w.remark, do="answer",
                                        reply="It was.")),
        "answer a remark in public": (EDITOR, _at("timeline_remark_change", w.remark, do="answer",
                                                  reply="It was.", on=w.public.pk)),
        "set a remark aside": (EDITOR, _at("timeline_remark_change", w.remark, do="set-aside")),
        "undo an answer": (EDITOR, _at("undo", w.answered_by)),
        "undo an answer in public": (PUBLISHER, _at("undo", w.noted_by)),
        "delete a remark": (EDITOR, _deleted(w.remark)),
        "undo there": (EDITOR, _at("review", w.article, do="undo", decision=w.accepted.pk)),
        "undo a publishing there": (PUBLISHER, _at("review", w.article, do="undo",
                                                   decision=w.published.pk)),
        "undo": (EDITOR, _at("undo", w.accepted)),
        "undo a publishing": (PUBLISHER, _at("undo", w.published)),
        "publish at the end": (PUBLISHER, _at("review_done", w.article, do="publish",
                                              events=[w.accepted_event.pk])),
        "hand in at the end": (EDITOR, _at("review_done", w.article, do="hand-in",
                                           events=[w.accepted_event.pk])),
        "tie": (EDITOR, _at("review_done", w.article, do="tie", quote=w.loose.pk,
                            event=w.waiting.pk)),
        "name": (EDITOR, _at("review_done", w.article, do="speaker", quote=w.loose.pk,
                             name="Piet Strand", kind="person")),
        "gather": (CONTRIBUTOR, _list("article", "gather", w.article)),
        "accept listed": (EDITOR, _list("suggestion", "accept_selected", w.visit)),
        "reject listed": (EDITOR, _list("suggestion", "reject_selected", w.visit)),
        "pause a feed": (CONTRIBUTOR, _list("feed", "pause", w.feed)),
        "stop a batch": (CONTRIBUTOR, _at("batch", w.batch, do="stop")),
        "delete a batch": (EDITOR, _deleted(w.batch)),
        "accept a candidate": (EDITOR, _at("draft", w.draft, do="accept", candidate=one.pk)),
        "reject a candidate": (EDITOR, _at("draft", w.draft, do="reject", candidate=rejected.pk)),
        "set the line": (EDITOR, _at("draft", w.draft, do="cut", shown=2)),
        "take articles out": (CONTRIBUTOR, _at("draft_articles", w.draft, do="drop",
                                               article=w.draft.articles.first().pk)),
        "name a draft": (CONTRIBUTOR, _form(w, w.draft, title="Another")),
        "upload a file of events": (EDITOR, (reverse("admin:events_import"), {
            "file": SimpleUploadedFile("events.csv", as_csv({"title": "A", "status": "occurred"}))
        })),
        "undo an import": (EDITOR, _at("undo", w.imported)),
        "undo an import of what is public": (PUBLISHER, _at("undo", w.imported_public)),
        "reject the rest": (EDITOR, _at("draft", w.draft, do="reject-rest")),
        "rank anew": (EDITOR, _at("draft", w.draft, do="rank")),
        "undo in a draft": (EDITOR, _at("draft", w.draft, do="undo", decision=w.drafted_by.pk)),
        "undo a publishing in a draft": (PUBLISHER, _at("draft", w.put_out, do="undo",
                                                        decision=w.put_out_by.pk)),
        "publish a draft": (PUBLISHER, _at("draft_publish", w.draft, event=w.drafted.pk,
                                           title="The Alma Rosa")),
        "hand in a draft": (EDITOR, _at("draft_publish", w.draft, do="hand-in",
                                        event=w.drafted.pk)),
        "hand back": (PUBLISHER, _at("timeline_event_hand_back", w.handed_in, reason="No place.")),
        "change a suggestion": (EDITOR, _form(w, w.visit, title="Another")),
        "change a waiting event": (EDITOR, _form(w, w.waiting, title="Another")),
        "change a public event": (PUBLISHER, _form(w, w.public, title="Another")),
        "correct a public event": (EDITOR, _form(w, w.public, title="Another",
                                                 correction="It had another name.")),
        "change a public report": (PUBLISHER, _form(w, w.report, title="Another")),
        "change a public quote": (PUBLISHER, _form(w, w.quote, medium="by telephone")),
        "change a waiting quote": (EDITOR, _form(w, w.loose, medium="by telephone")),
        "change a public article": (PUBLISHER, _form(w, w.paper, abstract="Another.")),
        "change an article that a public quote cites": (
            PUBLISHER, _form(w, w.cited, headline="Another")),
        "delete an article that a public quote cites": (PUBLISHER, _deleted(w.cited)),
        "change a private article": (EDITOR, _form(w, w.private, abstract="Another.")),
        "change a public timeline": (PUBLISHER, _form(w, w.timeline, title="Another")),
        "change an actor": (EDITOR, _form(w, w.actor, name="Another")),
        "change a place": (EDITOR, _form(w, w.place, name="Another")),
        "tell two actors apart": (EDITOR, _two(w, "actor_duplicates")),
        "tell two places apart": (EDITOR, _two(w, "place_duplicates")),
        "merge two actors": (EDITOR, _at("actor_merge", *w.doubles["actor"])),
        "merge two places": (EDITOR, _at("place_merge", *w.doubles["place"])),
        "undo a merge of two actors": (EDITOR, _at("undo", w.united)),
        "change an outlet": (EDITOR, _form(w, w.outlet, name="Another")),
        "revert a waiting event": (EDITOR, _at(
            "timeline_event_revert", w.waiting, w.line(w.waiting).pk,
            seen=last(w.waiting).first().pk)),
        "revert a public event": (PUBLISHER, _at(
            "timeline_event_revert", w.public, w.line(w.public).pk,
            seen=last(w.public).first().pk)),
        "revert a public event with a note": (EDITOR, _at(
            "timeline_event_revert", w.public, w.line(w.public).pk,
            seen=last(w.public).first().pk, correction="It had another name.")),
        "revert a public quote": (PUBLISHER, _at(
            "timeline_quote_revert", w.quote, w.line(w.quote).pk, seen=last(w.quote).first().pk)),
        "revert an actor": (EDITOR, _at(
            "timeline_actor_revert", w.actor, w.line(w.actor).pk, seen=last(w.actor).first().pk)),
        "delete a waiting event": (EDITOR, _deleted(w.waiting)),
        "delete an actor": (EDITOR, _deleted(w.actor)),
        "delete a listed waiting event": (EDITOR, _list("event", "delete_selected", w.waiting)),
        "delete the outlet's empty twin": (EDITOR, _deleted(w.empty)),
    }  # fmt: skip
    for record in (w.public, w.report, w.quote, w.paper, w.timeline):
        name = str(record._meta.model_name)
        found[f"delete a public {name}"] = PUBLISHER, _deleted(record)
        found[f"delete a listed public {name}"] = PUBLISHER, _list(name, "delete_selected", record)
    for record in (w.public, w.quote, w.paper, w.timeline):
        name = str(record._meta.model_name)
        found[f"withdraw a {name}"] = PUBLISHER, _on_form(record, "unpublish")
        found[f"withdraw a listed {name}"] = PUBLISHER, _list(name, "unpublish", record)
    for record in (w.waiting, w.loose, w.private, w.hidden):
        name = str(record._meta.model_name)
        found[f"publish a {name}"] = PUBLISHER, _on_form(record, "publish")
        found[f"publish a listed {name}"] = PUBLISHER, _list(name, "publish", record)
        found[f"hand in a {name}"] = EDITOR, _on_form(record, "hand_in")
        found[f"hand in a listed {name}"] = EDITOR, _list(name, "hand_in", record)
    return found


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
    """Compared with the whole database, before and after."""
    client, wrong = person(who), []
    for label, (least, (url, data)) in buttons(whole).items():
        with transaction.atomic():
            before = stored()
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


def test_an_editor_is_told_why_a_public_event_needs_a_note(whole) -> None:
    url, data = _form(whole, whole.public, title="Another")
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


class TestTheGroups:
    def test_they_are_made_with_their_rights_by_the_migration(self, db) -> None:
        for name in GROUPS:
            held = Group.objects.get(name=name).permissions.values_list("codename", flat=True)
            assert set(rights_of(name)) <= set(held)

    def test_each_may_all_that_the_one_before_may(self) -> None:
        for less, more in pairwise(GROUPS):
            assert set(rights_of(less)) < set(rights_of(more))

    def test_every_right_of_the_app_is_held_by_publishers(self, db) -> None:
        """A new model takes a migration that gives its rights to the groups."""
        rights = Permission.objects.filter(content_type__app_label="timeline")
        unheld = rights.exclude(group__name="Publishers").values_list("codename", flat=True)
        assert sorted(unheld) == []


def _as_before(db_apps: object = apps) -> None:
    """Groups and rights as they were before the roles: one group of editors, who may all."""
    take_roles(db_apps, SimpleNamespace(connection=connection))
    Group.objects.filter(name="Contributors").delete()


class TestTheUpgrade:
    def upgrade(self) -> None:
        give_roles(apps, SimpleNamespace(connection=connection))

    def test_whoever_could_publish_still_can(self, db) -> None:
        _as_before()
        change = Permission.objects.get(codename="change_event")
        alice, bob, carol, dora = (User.objects.create_user(name) for name in "abcd")
        alice.groups.add(Group.objects.get(name="Editors"))
        newsroom = Group.objects.create(name="Newsroom")
        newsroom.permissions.add(change)
        bob.groups.add(newsroom)
        carol.user_permissions.add(change)
        self.upgrade()
        may = [User.objects.get(pk=one.pk).has_perm("timeline.publish_event")
               for one in (alice, bob, carol, dora)]  # fmt: skip
        assert may == [True, True, True, False]
        assert {one.name for one in alice.groups.all()} == {"Editors", "Publishers"}

    def test_going_back_lets_publishers_do_all_and_twice_changes_nothing(self, db) -> None:
        call_command("editor", "alice", verbosity=0)
        _as_before()
        assert User.objects.get().groups.get().name == "Editors"
        assert not Permission.objects.filter(codename__startswith="publish_").exists()
        self.upgrade()
        self.upgrade()
        assert User.objects.get().has_perm("timeline.publish_event")
        assert Permission.objects.filter(codename="publish_event").count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_the_migration_goes_back_and_forth(self) -> None:
        make.event("Kept")
        call_command("editor", "alice", verbosity=0)
        with before_the_upgrade([("timeline", "0026_cards_set_before")]):
            assert not Group.objects.filter(name="Publishers").exists()
        assert User.objects.get(username="alice").has_perm("timeline.publish_event")
        assert Event.objects.get().title == "Kept"


class TestTheCommand:
    def test_the_first_account_may_do_everything(self, db) -> None:
        call_command("editor", "alice", verbosity=0)
        assert [one.name for one in User.objects.get().groups.all()] == ["Publishers"]

    def test_a_role_can_be_given_and_changed_later_and_the_password_stays(self, db, capsys) -> None:
        call_command("editor", "alice", role="contributor", verbosity=0)
        password = User.objects.get().password
        call_command("editor", "alice", role="editor", verbosity=0)
        alice = User.objects.get()
        assert [one.name for one in alice.groups.all()] == ["Editors"]
        assert alice.password == password
        assert "“alice” is a editor" not in capsys.readouterr().out

    def test_an_account_that_exists_keeps_its_role_unasked(self, db) -> None:
        call_command("editor", "alice", role="editor", verbosity=0)
        call_command("editor", "alice", reset_password=True, verbosity=0)
        assert [one.name for one in User.objects.get().groups.all()] == ["Editors"]
