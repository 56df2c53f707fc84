"""The desk's first page: what waits for an editor, each row with the one thing to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from timeline.admin.columns import list_link
from timeline.admin.generics import AnyUser
from timeline.admin.rights import may_answer, may_publish
from timeline.models import (
    Article,
    Batch,
    Decision,
    Draft,
    Event,
    Feed,
    Quote,
    Remark,
    Report,
    Suggestion,
    Timeline,
)
from timeline.models.batches import in_words
from timeline.models.publishable import State, in_state

SHOWN = 8  # rows of a section; the lists have the others


@dataclass(frozen=True)
class Section:
    """What waits of one kind: the first rows, and how many there are."""

    rows: Sequence[Any]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.rows)


def _section(rows: QuerySet[Any]) -> Section:
    """The first of these rows; they are counted where there are more."""
    first = list(rows[:SHOWN])
    return Section(first, len(first) if len(first) < SHOWN else rows.count())


def home(user: AnyUser) -> dict[str, Any]:
    """Return what waits, as far as the user may see it."""
    sees = user.has_perms
    sections: dict[str, Any] = {}
    if sees(("timeline.view_suggestion", "timeline.view_article")):
        sections["articles"] = _articles()
        if sees(("timeline.view_draft",)):
            sections["drafts"] = _drafts()
    if sees(("timeline.view_event",)):
        sections["events"] = _events()
        sections["reviews"] = _in_review(user)
        sections["handed_back"] = Event.objects.waiting().exclude(handed_back="")[:SHOWN]
    if sees(("timeline.view_remark",)):
        sections |= {"remarks": _remarks(), "may_answer": may_answer(user)}
    if sees(("timeline.add_article",)):
        sections["batches"] = [
            (batch, in_words(batch)) for batch in Batch.objects.unfinished().with_counts()[:SHOWN]
        ]
        sections["feeds"] = _section(Feed.objects.in_trouble().select_related("outlet"))
    sections["decisions"] = Decision.objects.standing().select_related("by", "draft")[:SHOWN]
    return sections | {"unpublished": unpublished(user), "unreported": unreported(user)}


def _articles() -> Section:
    """Articles whose suggestions wait; those of a draft are decided there."""
    waits = Q(suggestions__state=Suggestion.State.PENDING)
    rows = (
        Article.objects.select_related("outlet")
        .filter(drafts=None)
        .annotate(
            open_count=Count("suggestions", waits, distinct=True),
            suggestion_count=Count("suggestions", distinct=True),
        )
        .filter(open_count__gt=0)
    )
    return _section(rows.latest_first().defer("body"))


def _drafts() -> Section:
    """Drafts with candidates above the line that wait."""
    rows = Draft.objects.with_counts().filter(Q(to_go_count__gt=0) | Q(ranked_at=None))
    return _section(rows)


def _events() -> Section:
    """Events that were accepted and that no reader sees yet."""
    goes_along = Q(quotes__withdrawn_at=None, quotes__withdrawn_with=None)
    rows = Event.objects.waiting().annotate(
        report_count=Count("reports", distinct=True),
        quote_count=Count("quotes", filter=goes_along, distinct=True),
    )
    return _section(rows.order_by("-pk"))


def _remarks() -> Section:
    """What readers have written and nobody has dealt with, what has waited longest first."""
    rows = Remark.objects.waiting().select_related("event", "article__outlet")
    return _section(rows.order_by("sent_at", "pk"))


def _in_review(user: AnyUser) -> Section:
    """What was handed in for publication, what has waited longest first; with `may_publish`."""
    found: list[Any] = []
    named_by: dict[Any, tuple[str, ...]] = {
        Event: (), Timeline: (), Article: ("outlet",), Quote: ("speaker",)
    }  # fmt: skip
    for model, names in named_by.items():
        name = str(model._meta.model_name)
        if user.has_perm(f"timeline.view_{name}"):
            rows: Any = model._default_manager.filter(in_state(State.IN_REVIEW))
            for one in rows.select_related("handed_in_by", *names).order_by("handed_in_at"):
                one.may_publish = may_publish(user, name)
                one.kind_words = model._meta.verbose_name
                one.url = reverse(f"admin:timeline_{name}_change", args=[one.pk])
                found.append(one)
    found.sort(key=lambda one: one.handed_in_at)
    return Section(found[:SHOWN], len(found))


def unreported(user: AnyUser) -> SafeString | str:
    """How many published events have no report that readers see, as a link to them."""
    if not user.has_perm("timeline.view_event"):
        return ""
    count = Event.objects.unreported().count()
    words = f"{count} published event{'' if count == 1 else 's'}"
    return list_link("event", words, reported="unseen") if count else ""


def unpublished(user: AnyUser) -> list[SafeString]:
    """What was accepted and waits to be published, each as a link to its list."""
    reports = Report.objects.waiting().filter(event=OuterRef("pk"))
    waiting = Event.objects.public().filter(Exists(reports))
    drafts = {"is_published__exact": 0, "withdrawn_at__isnull": 1}
    found = (
        ("event", "draft event", Event.objects.waiting(), drafts),
        ("quote", "quote", Quote.objects.waiting(), drafts | {"withdrawn_with__isnull": 1}),
        ("event", "public event", waiting, {"public": "partly"}),
    )
    return [
        list_link(model, f"{count} {words}{'' if count == 1 else 's'}", **lookups)
        for model, words, rows, lookups in found
        if user.has_perm(f"timeline.view_{model}") and (count := rows.count())
    ]
