"""The desk as each role sees it: who may see which address, and press which button."""

from collections.abc import Callable

from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.desk import FERRY, change, ferry, form_of
from tests.web.drafted import card, ferry_draft
from tests.web.exchange import as_csv
from timeline.models import Actor, Batch, Decision, EventImport, Feed, Line, Quote, Remark

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


# Who gets to see each address. Of records: the list and a record's page, its history, the form
# for a new one, the page that asks whether to delete one that readers see, the way back.
OF_RECORDS = {
    "article": (CONTRIBUTOR, CONTRIBUTOR, PUBLISHER, PUBLISHER),
    "outlet": (CONTRIBUTOR, EDITOR, EDITOR, EDITOR),
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


def _list(model: str, do: str, *records: Model) -> tuple[str, dict]:
    data = {"action": do, "_selected_action": [one.pk for one in records], "post": "yes"}
    return reverse(f"admin:timeline_{model}_changelist"), data


def saved_form(world: World, record: Model, **changed: object) -> tuple[str, dict]:
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
        "name a draft": (CONTRIBUTOR, saved_form(w, w.draft, title="Another")),
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
        "change a suggestion": (EDITOR, saved_form(w, w.visit, title="Another")),
        "change a waiting event": (EDITOR, saved_form(w, w.waiting, title="Another")),
        "change a public event": (PUBLISHER, saved_form(w, w.public, title="Another")),
        "correct a public event": (EDITOR, saved_form(w, w.public, title="Another",
                                                 correction="It had another name.")),
        "change a public report": (PUBLISHER, saved_form(w, w.report, title="Another")),
        "change a public quote": (PUBLISHER, saved_form(w, w.quote, medium="by telephone")),
        "change a waiting quote": (EDITOR, saved_form(w, w.loose, medium="by telephone")),
        "change a public article": (PUBLISHER, saved_form(w, w.paper, abstract="Another.")),
        "change an article that a public quote cites": (
            PUBLISHER, saved_form(w, w.cited, headline="Another")),
        "delete an article that a public quote cites": (PUBLISHER, _deleted(w.cited)),
        "change a private article": (EDITOR, saved_form(w, w.private, abstract="Another.")),
        "change a public timeline": (PUBLISHER, saved_form(w, w.timeline, title="Another")),
        "change an actor": (EDITOR, saved_form(w, w.actor, name="Another")),
        "change a place": (EDITOR, saved_form(w, w.place, name="Another")),
        "tell two actors apart": (EDITOR, _two(w, "actor_duplicates")),
        "tell two places apart": (EDITOR, _two(w, "place_duplicates")),
        "merge two actors": (EDITOR, _at("actor_merge", *w.doubles["actor"])),
        "merge two places": (EDITOR, _at("place_merge", *w.doubles["place"])),
        "undo a merge of two actors": (EDITOR, _at("undo", w.united)),
        "change an outlet": (EDITOR, saved_form(w, w.outlet, name="Another")),
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
