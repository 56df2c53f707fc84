"""What a decision changed, as it is now, and what speaks against undoing it."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import batched
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from timeline.models.actors import Actor, Alias, FormerSlug, Named, Place, PlaceAlias
from timeline.models.events import Event, unplace
from timeline.models.participations import Participation, leave_with_report
from timeline.models.quotes import Quote, hold_back
from timeline.models.reports import Report
from timeline.models.snapshots import Key, columns_of, fetched, key_of
from timeline.models.timelines import Timeline

if TYPE_CHECKING:
    from timeline.models.decisions import Change, Decision

# Made in passing: they stay where something else needs them by now.
PASSING: tuple[type[models.Model], ...] = (Participation, Alias, PlaceAlias, Actor, Place)
# What an event says as its reports have it (`Event.tell`, `part_with`), and which of them count.
TOLD = frozenset(
    ("edtf", "status", "own", "made_as", "place_id", "place_known_from_id", "place_is_brought")
)
# What of these is the desk's own, and no report's.
OWN = frozenset(("own", "made_as", "place_id", "place_known_from_id", "place_is_brought"))
GIVEN = frozenset(("gives_date", "gives_status"))
# Columns that others change on their own: restored where they are as the decision left them.
# Where evidence stands moves with the article's body.
FOLLOWING = frozenset(
    (
        *("match_id", "score", "reasons", "withdrawn_at", "withdrawn_by_id", "withdrawn_with_id"),
        *("handed_in_at", "handed_in_by_id", "handed_back"),
        *("prefix", "suffix", "start", "end", "basis"),
    )
)
# What leads from a row to an actor or a place: of a merge it is restored where it still leads to
# the one that stayed, and is left alone where an editor has chosen another since.
LED = frozenset(("actor_id", "speaker_id", "place_id"))
# What events, reports and quotes do without: a draft may be deleted with its cards.
_DISPENSABLE = ("suggestion", "draft", "candidate", "candidatereport", "candidate_quotes")
# Relations that lose nothing when the row they lead to is deleted.
_HARMLESS = (models.SET_NULL, unplace, leave_with_report, hold_back)


class Touched:
    """The rows that a decision changed, locked in the transaction of the caller."""

    def __init__(self, decision: "Decision") -> None:
        self.decision = decision
        found = decision.changes.all()
        self.changes: dict[Key, Change] = {one.key: one for one in found if one.key}
        self.rows: dict[Key, models.Model] = {}
        self.led: set[Key] = set()  # rows it made that others lead to which it has not made

    def lock(self) -> None:
        """Keep all rows from others, in the order in which decisions lock them.

        The events of its reports are among them, for these are told anew.
        """
        order: list[type[models.Model]] = [
            apps.get_model("timeline", "Suggestion"),
            Event,
            Report,
            Quote,
        ]
        models_touched = {key.model for key in self.changes}
        order += sorted(models_touched - set(order), key=lambda model: model._meta.label)
        keys = {*self.changes, *(Key(Event, pk) for pk in self.events_of_reports())}
        for model in order:
            self.rows |= fetched((key for key in keys if key.model is model), lock=True)
        self._find_led()

    def _find_led(self) -> None:
        """Find in a few queries what each row that was made would be asked for by itself."""
        pks: defaultdict[type[models.Model], list[int]] = defaultdict(list)
        for key in self.of(made=True):
            pks[key.model].append(key.pk)
        made = set(self.of(made=True))
        for model, keys in pks.items():
            for column in columns_to(model):
                for some in batched(keys, 500, strict=False):
                    found = column.model._base_manager.filter(**{f"{column.name}__in": some})
                    for pk, target in found.values_list("pk", column.attname):
                        if Key(column.model, pk) not in made:
                            self.led.add(Key(model, target))

    def events_of_reports(self) -> set[int]:
        """The keys of the events that its reports are of, or were."""
        reports = {key.pk: change for key, change in self.changes.items() if key.model is Report}
        said = [columns for one in reports.values() for columns in (one.before, one.after)]
        moved = {columns["event_id"] for columns in said if columns and "event_id" in columns}
        stored = Report.objects.filter(pk__in=reports)
        return moved.union(stored.values_list("event", flat=True))

    def of(self, *, made: bool, models_: tuple[type[models.Model], ...] = ()) -> Iterator[Key]:
        """The keys of the rows that it made, or of the others."""
        for key, change in self.changes.items():
            if (change.before is None) == made and (not models_ or key.model in models_):
                yield key

    def refusals(self) -> Iterator[str]:
        """Say what has been built upon the decision, the gravest first."""
        if self.is_merge:
            yield from self._merged_on()
        for check in (self._published, self._changed, self._built_upon):
            for key, change in self.changes.items():
                row = self.rows.get(key)
                if row is not None and (refusal := check(row, change)):
                    yield refusal
        yield from self._missing()

    @property
    def is_merge(self) -> bool:
        """Whether two actors or places were made one."""
        return self.decision.kind == self.decision.Kind.UNITE

    def _merged_on(self) -> Iterator[str]:
        """Say why two that were made one cannot be parted: the one is gone, or its address taken.

        The former address stands for the merge: it is led on where the one that stayed is merged
        into a third, and goes with it.
        """
        for key, change in self.changes.items():
            if key.model is FormerSlug and change.before is None:
                former = self.rows.get(key)
                left = change.after or {}
                if not isinstance(former, FormerSlug):
                    yield "the one that stayed has been deleted since"
                elif former.record.pk not in (left["actor_id"], left["place_id"]):
                    yield f"the one that stayed has been merged into “{former.record}” since"
            elif issubclass(key.model, Named) and change.after is None and change.before:
                slug = change.before["slug"]
                if other := key.model._base_manager.filter(slug=slug).first():
                    yield f"“{other}” has the address “{slug}” by now"

    def _published(self, row: models.Model, change: "Change") -> str:
        was = (change.after or {}).get("is_published")
        is_new = was is False and getattr(row, "is_published", False)
        return f"{_named(row)} has been published" if is_new else ""

    def _changed(self, row: models.Model, change: "Change") -> str:
        """Say who has changed a row since; one made in passing then stays."""
        if change.after is None or (change.before is None and isinstance(row, PASSING)):
            return ""
        now, loose = columns_of(row), self._loose(row)
        for name, left in change.after.items():
            wanted = left if change.before is None else change.before.get(name)
            if name not in loose and now[name] not in (left, wanted):
                return f"{_named(row)} {self._by_whom(row)}"
        return ""

    def _loose(self, row: models.Model) -> frozenset[str]:
        """The columns of a row that may say otherwise now.

        A card that shows what an editor has corrected in a review goes on by itself.
        """
        if self.decision.draft_id is None and row._meta.model_name in _DISPENSABLE[2:4]:
            return frozenset(columns_of(row))
        led = LED if self.is_merge and not isinstance(row, FormerSlug) else frozenset()
        return FOLLOWING | GIVEN | led | self.told(row)

    def told(self, row: models.Model) -> frozenset[str]:
        """The columns of a row that follow from reports, and are told anew.

        What a file has set is the desk's own, as is its place: both go back with it.
        """
        if not (isinstance(row, Event) and row.pk in self.events_of_reports()):
            return frozenset()
        return TOLD - OWN if self.decision.kind == self.decision.Kind.IMPORT else TOLD

    def _by_whom(self, row: models.Model) -> str:
        """Say who has changed a row since the decision, and when, as far as the log knows."""
        rows = [row, *filter(None, (getattr(row, name, None) for name in ("event", "article")))]
        for one in rows:
            if line := self._last_line(one):
                at = timezone.localtime(line.action_time)
                is_today = at.date() == timezone.localdate()
                when = f"{at:%H:%M}" if is_today else f"{at.day} {at:%B, %H:%M}"
                return f"was changed by {line.user} at {when}"
        return "has been changed since"

    def _last_line(self, row: models.Model) -> LogEntry | None:
        """The last line of a row's history that was written after the decision."""
        kind = ContentType.objects.get_for_model(row)
        lines = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
        return lines.filter(action_time__gt=self.decision.made_at).order_by("pk").last()

    def _released_since(self, event: Event) -> str:
        """Say which report, or quote, of an event that the decision published came after."""
        for report in event.reports.filter(is_published=True).select_related("article__outlet"):
            if Key(Report, report.pk) not in self.changes:
                return f"{_named(report)} has been published since"
        for quote in event.quotes.filter(is_published=True):  # it may have been public by itself
            if Key(Quote, quote.pk) not in self.changes and self._last_line(quote):
                return f"{_named(quote)} has been published since"
        return ""

    def _put_on_since(self, timeline: Timeline) -> str:
        """Say what became of a timeline since the decision made it public: it is others' by now."""
        if self._last_line(timeline):
            return f"{_named(timeline)} {self._by_whom(timeline)}"
        ties = Timeline.events.through
        last = max((key.pk for key in self.changes if key.model is ties), default=0)
        since = ties._default_manager.filter(timeline=timeline, pk__gt=last) if last else ()
        return next((f"“{tie.event}” has been put on “{timeline}” since" for tie in since), "")

    def _decided_since(self, change: "Change") -> str:
        """Say which of the two cards, between which a report was moved, has been decided."""
        moved = change.columns.get("candidate_id", ())
        candidates = apps.get_model("timeline", "Candidate").objects
        for card in candidates.filter(pk__in=moved).exclude(state="open"):
            return f"{_named(card)} has been {card.get_state_display().lower()} since"
        return ""

    def _built_upon(self, row: models.Model, change: "Change") -> str:
        """Say what hangs by now on a row that the decision made, moved, or made public."""
        said = ""
        if isinstance(row, Timeline) and "is_published" in change.columns:
            said = self._put_on_since(row)
        elif isinstance(row, Event) and "is_published" in change.columns:
            said = self._released_since(row)
        elif row._meta.model_name == "candidatereport":
            said = self._decided_since(change)
        if said:
            return said
        if change.before is not None or isinstance(row, PASSING):
            return ""
        other = next(self._others_on(row), None)
        return f"{_hanging(other, row)} {_named(row)}" if other else ""

    def _others_on(self, row: models.Model) -> Iterator[models.Model]:
        """The rows that need `row` and that the decision has nothing to do with."""
        if key_of(row) not in self.led:
            return
        for one in self.leading_to(row, harmless=_HARMLESS):
            if Key(type(one), one.pk) not in self.changes:
                yield one

    @staticmethod
    def leading_to(row: models.Model, harmless: tuple[Any, ...] = ()) -> Iterator[models.Model]:
        """The rows that lead to `row`, but over relations that are harmless."""
        for column in columns_to(type(row)):
            is_part = column.model is Event and column.name == "part_of"
            if column.remote_field.on_delete in harmless and not is_part:
                continue
            leading = column.model._base_manager.filter(**{column.name: row})
            yield from leading.order_by("pk")

    def _missing(self) -> Iterator[str]:
        """Say which row it changed is gone, or leads to one that is."""
        for key, change in self.changes.items():
            if change.before is None:
                continue
            is_gone = key not in self.rows and change.after is not None
            is_led = self.is_merge and change.columns.keys() <= LED
            if key.model._meta.model_name in _DISPENSABLE:
                continue
            if is_gone and not is_led:
                yield f"the {key.model._meta.verbose_name} that it changed has been deleted"
            for field in relations_of(key.model):
                pk = change.before.get(field.attname)
                if pk and not field.null and not self._is_there(field, pk):
                    yield f"the {field.verbose_name} that it leads back to has been deleted"

    def _is_there(self, field: Any, pk: int) -> bool:
        model = field.remote_field.model
        is_deleted = Key(model, pk) in self.changes and self.changes[Key(model, pk)].after is None
        return is_deleted or model._base_manager.filter(pk=pk).exists()


def relations_of(model: type[models.Model]) -> list[Any]:
    """The columns of a model that lead to other rows."""
    return [field for field in model._meta.concrete_fields if field.is_relation]


def columns_to(model: type[models.Model]) -> list[Any]:
    """The columns that lead to rows of a model, but for the log, which names what it was about."""
    return [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
        and relation.related_model._meta.label != "timeline.Decision_suggestions"
    ]


def _named(row: models.Model) -> str:
    """Name a row in a sentence."""
    if isinstance(row, Report):
        return f"the report of {row.article.citation} on “{row.event}”"
    if isinstance(row, Quote):
        return f"the quote of {row.speaker_name}"
    if not isinstance(row, Event) and row._meta.auto_created:
        return f"the {row._meta.verbose_name}"
    return f"the {row._meta.verbose_name} “{row}”"


def _hanging(row: models.Model, made: models.Model) -> str:
    """Say in what way another row hangs on `made`, up to its name."""
    if isinstance(row, Report):
        return f"another report ({row.article.citation}) hangs on"
    if row._meta.model_name == "suggestion":
        return f"“{row}” has been accepted into"
    if isinstance(row, Participation):
        return f"{row.actor} has been added to"
    for column in relations_of(type(row)) if row._meta.auto_created else ():
        target = getattr(row, column.name)
        if target != made:
            return f"{_named(target)} has been tied to"
    return f"{_named(row)} hangs on"
