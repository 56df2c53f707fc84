"""Articles for the desk's tests, all written by us: the ferry of Elmsport, and who signs in."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

from django.contrib.auth.models import Permission, User
from django.db import connection, connections
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from timeline.ingest import ingest
from timeline.management.commands.editor import Command as EditorCommand
from timeline.models import Article, Suggestion

FERRY = """\
Go to Contents Go to Navigation

(LEAD) (Port Watch) Ministers agree to reopen the Elmsport ferry line

Coast 10:30 KST May 16, 2018

(ATTN: RECASTS headline; ADDS quote in paras 2-3)
By Ada Brook

ELMSPORT, May 16 (Tidewire) -- The ferry between Elmsport and Sandhaven is to sail again.

Transport Minister Nora Vale met her counterpart Piet Strand on Tuesday, officials said.

"We will sail again before the summer is over," Vale told reporters after the meeting.

Strand will visit Elmsport again in July to inspect the new pier.

The mayor opens the new pier in Elmsport. (Tidewire)

The line was closed in 2011 after a storm damaged the old pier.

Send Feedback
"""


def ferry() -> Article:
    """The ferry article, brought in, with one suggestion of each sort put in its place.

    They stand at words of the article, so that the desk's tests do not hang on what is read.
    """
    article = ingest(FERRY).article
    article.suggestions.all().delete()
    suggest(article, "met her counterpart Piet Strand", title="Vale and Strand meet")
    suggest(
        article,
        "Strand will visit Elmsport again in July",
        title="Strand visits Elmsport",
        edtf="2018-07",
        status="planned",
        stance="expects",
    )
    suggest(
        article,
        "We will sail again before the summer is over,",
        type=Suggestion.Type.QUOTE,
        text="We will sail again before the summer is over,",
        speaker="Nora Vale",
        medium="told reporters",
    )
    return article


def suggest(article: Article, words: str, **fields: object) -> Suggestion:
    """A suggestion at `words` of the article: a meeting on 15 May unless told otherwise."""
    report = {"type": "report", "status": "occurred", "stance": "reports", "edtf": "2018-05-15"}
    defaults = {} if fields.get("type") == Suggestion.Type.QUOTE else report
    suggestion = Suggestion(article=article, **(defaults | fields))
    start = article.body.index(words)
    suggestion.locate(article.body, start, start + len(words))
    suggestion.save()
    return suggestion


def signed_in(client, name: str = "alice"):
    """`client` with a publisher signed in, as `manage.py editor` makes one."""
    editor, _ = User.objects.get_or_create(username=name, defaults={"is_staff": True})
    EditorCommand().give_role(editor, "publisher")
    client.force_login(editor)
    return client


def onlooker(client, name: str = "oscar"):
    """`client` with a member of staff signed in who may see everything and change nothing."""
    oscar = User.objects.create_user(name, is_staff=True)
    oscar.user_permissions.set(
        Permission.objects.filter(content_type__app_label="timeline", codename__startswith="view_")
    )
    client.force_login(oscar)
    return client


def with_rights(client: Client, *rights: str) -> Client:
    """`client` with a member of staff signed in who may view articles and has these rights."""
    bob = User.objects.create_user("bob", is_staff=True)
    codes = ("view_article", *rights)
    bob.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(bob)
    return client


def desk(article: Article) -> str:
    """The address of an article's review."""
    return reverse("admin:review", args=[article.pk])


def decide(client: Client, suggestion: Suggestion, do: str, **more: object):
    """Press a button of a suggestion's card."""
    data = {"suggestion": suggestion.pk, "do": do, **more}
    return client.post(desk(suggestion.article), data, follow=True)


def words_of(page) -> str:
    """The page's text without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def fields_of(suggestion: Suggestion) -> dict[str, str]:
    """What a browser sends of a report's page."""
    names = ("title", "edtf", "status", "stance", "kind", "place")
    sent = {name: getattr(suggestion, name) for name in names}
    return sent | {"actors": "\n".join(suggestion.actors)}


class _Fields(HTMLParser):
    """The fields of the record's form on a page, with what a browser would send of them."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.name = self.text = ""
        self.is_inside = self.is_first = False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        """Take a field that stands in its tag; begin one that does not."""
        given = dict(attrs)
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "form":
            self.is_inside = given.get("id", "").endswith("_form")
        elif tag in ("select", "textarea"):
            self.name, self.text, self.is_first = name, "", True
        elif tag == "option" and "selected" in given:
            self._take(self.name, given.get("value", ""))
        elif tag == "input" and kind not in ("submit", "checkbox"):
            self._take(name, given.get("value", ""))
        elif tag == "input" and kind == "checkbox" and "checked" in given:
            self._take(name, given.get("value", "on"))

    def handle_data(self, data: str) -> None:
        """Gather what a text area holds."""
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        """End a text area, which does not send the line break after its tag, or the form."""
        if tag == "textarea":
            self._take(self.name, self.text.removeprefix("\n"))
        if tag == "form":
            self.is_inside = False

    def _take(self, name: str, value: str) -> None:
        if self.is_inside and name:
            self.sent.setdefault(name, []).append("\r\n".join(value.splitlines()))


def form_of(client: Client, record: Model) -> dict[str, list[str]]:
    """What a browser would send of a record's page, opened now and left as it is."""
    fields = _Fields()
    fields.feed(client.get(change(record)).content.decode())
    return fields.sent


def change(record: Model, page: str = "change") -> str:
    """The address of a record's page at the desk."""
    return reverse(f"admin:timeline_{record._meta.model_name}_{page}", args=[record.pk])


def save(client: Client, record: Model, **changed: object) -> None:
    """Save a record's page with some of its fields changed."""
    page = client.post(change(record), form_of(client, record) | changed, follow=True)
    assert not page.context.get("errors"), page.context["errors"]
    record.refresh_from_db()


def place_in(sent: dict, report: Model) -> str:
    """The prefix of a report's fields in the form of its event."""
    ids = {name: value for name, value in sent.items() if name.startswith("reports-")}
    return next(
        name for name, value in ids.items() if (name[-3:], value) == ("-id", [str(report.pk)])
    )[:-3]


def at_once(*doers: Callable[[], object]) -> list[object]:
    """Do all at the same moment, each in a thread with a connection of its own; what each gave.

    The test needs `django_db(transaction=True)`: what it made must be seen by other connections.
    """
    barrier = threading.Barrier(len(doers), timeout=60)

    def run(doer: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            barrier.wait()
            return doer()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(doers)) as pool:
        return list(pool.map(run, doers))
