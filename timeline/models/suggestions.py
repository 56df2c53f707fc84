"""What the extraction proposes, and what an editor makes of it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, models, transaction
from django.db.models import Q
from django.db.models.deletion import Collector
from django.utils import timezone

from timeline.error_messages import is_clash
from timeline.models.acceptance import make_quote, make_report
from timeline.models.articles import Article
from timeline.models.decisions import Decision, note_made
from timeline.models.derived import validate_edtf
from timeline.models.events import Event
from timeline.models.evidence import Evidence
from timeline.models.log import record
from timeline.models.merge_checks import objections
from timeline.models.name_links import NameLink, NameRole, find_bearers
from timeline.models.quotes import Quote
from timeline.models.reports import Report
from timeline.models.vocabulary import Kind, Stance, Status

# The least grade of what the desk shows one by one: the extraction's `grades.LINE`, which the
# models may not import.
LINE = 0.15


class NotDecidedError(Exception):
    """A decision could not be taken; the message says why, in plain words."""


class AlreadyDecidedError(NotDecidedError):
    """An editor has accepted or rejected this suggestion before."""


def reopen(
    collector: Collector,
    field: models.ForeignKey[Any, Any],
    suggestions: Sequence["Suggestion"],
    using: str,
) -> None:
    """On the deletion of what a suggestion became: it waits again, on every way of deleting."""
    undecided = {"state": Suggestion.State.PENDING, "decided_by": None, "decided_at": None}
    values = {field.name: None, **undecided}
    for column in Suggestion._meta.fields:
        if column.name in values:
            collector.add_field_update(column, values[column.name], suggestions)


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Reads of suggestions."""

    def pending(self) -> "SuggestionQuerySet":
        """Suggestions that wait for an editor."""
        return self.filter(state=Suggestion.State.PENDING)

    def unlikely(self) -> "SuggestionQuerySet":
        """Suggestions with a grade below the line; one that has none is not among them."""
        return self.filter(grade__lt=LINE)

    def likely(self) -> "SuggestionQuerySet":
        """The others: from the line on, and those without a grade."""
        return self.exclude(grade__lt=LINE)

    def regrade(self, proposed: Iterable["Suggestion"]) -> None:
        """Take over the grades of the same suggestions as they are read now, and nothing else."""
        grades = {one.identity: one.grade for one in proposed}
        known = [one for one in self if one.identity in grades]
        for one in known:
            one.grade = grades[one.identity]
        self.bulk_update(known, ("grade",))


class Suggestion(Evidence):
    """A report of an event, or a quote, that the extraction read in an article."""

    class Type(models.TextChoices):
        REPORT = "report", "Event report"
        QUOTE = "quote", "Quote"

    class State(models.TextChoices):
        PENDING = "pending", "To review"
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Rejected"

    article = models.ForeignKey(Article, models.CASCADE, related_name="suggestions")
    type = models.CharField(max_length=10, choices=Type)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING, editable=False)

    title = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    edtf = models.CharField("date (EDTF)", max_length=80, blank=True, validators=[validate_edtf])
    status = models.CharField(max_length=20, choices=Status, blank=True)
    stance = models.CharField(max_length=20, choices=Stance, blank=True)
    actors = models.JSONField(default=list, blank=True, help_text='["Kim Jong-un"]')
    place = models.CharField(max_length=200, blank=True)

    speaker = models.CharField(max_length=200, blank=True)
    attribution = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    is_partial = models.BooleanField("partial", default=False)
    medium = models.CharField(max_length=200, blank=True)

    # 0 to 1, how much an editor would want the event; none for a quote
    grade = models.FloatField(null=True, blank=True, editable=False)

    match = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    score = models.FloatField(null=True, blank=True, editable=False)
    reasons = models.JSONField(default=list, blank=True, editable=False)

    report = models.ForeignKey(
        Report, reopen, null=True, blank=True, editable=False, related_name="suggestions"
    )
    quote = models.ForeignKey(
        Quote, reopen, null=True, blank=True, editable=False, related_name="suggestions"
    )
    decided_by = models.ForeignKey(
        "auth.User", models.SET_NULL, null=True, blank=True, editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ("article", "start", "pk")
        constraints = (
            *Evidence.Meta.constraints,
            models.UniqueConstraint(
                fields=("article", "type", "start", "end", "title"), name="suggestion_once"
            ),
            models.CheckConstraint(
                condition=(Q(type="report") & ~Q(title="") & ~Q(status="") & ~Q(stance=""))
                | (Q(type="quote") & ~Q(text="")),
                name="suggestion_is_whole",
            ),
        )

    def __str__(self) -> str:
        if self.type == self.Type.QUOTE:
            return f"{self.speaker or self.attribution or 'Not named'}: “{self.text[:60]}”"
        return self.title

    @property
    def identity(self) -> tuple[str, int | None, int | None, str]:
        """What an article suggests once: words of a type at their place, under a title."""
        return self.type, self.start, self.end, self.title

    @property
    def is_unlikely(self) -> bool:
        """Whether its grade lies below the line, as `unlikely` asks it of many."""
        return self.grade is not None and self.grade < LINE

    def name_links(self) -> list[NameLink]:
        """The names to link to records; `find_bearers` fills in those who bear them."""
        if self.type == self.Type.QUOTE:
            return (
                [NameLink(NameRole.SPEAKER, self.speaker)]
                if self.speaker and not self.quote
                else []
            )
        names = {name.casefold(): name for name in self.actors}
        places = [NameLink(NameRole.PLACE, self.place)] if self.place else []
        here = {name.casefold() for name in (self.place, self.article.dateline_place)}
        actors = [
            NameLink(NameRole.ACTOR, name, names_place=key in here) for key, name in names.items()
        ]
        return [*actors, *places]

    @staticmethod
    def lacking(links: Iterable[NameLink], event: Event | None) -> list[NameLink]:
        """Those of `links` that `event` lacks: who does not take part yet, and a first place."""
        if event is None:
            return list(links)
        taking_part = {actor.pk for actor in event.participants.all()}
        return [
            link
            for link in links
            if (link.role != NameRole.ACTOR or not {one.pk for one in link.bearers} & taking_part)
            and (link.role != NameRole.PLACE or not event.place_id)
        ]

    def forget_match(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Clear why it was matched if the match is among `columns`; return what is cleared."""
        if "match" not in columns:
            return ()
        self.score, self.reasons = None, []
        return ("score", "reasons")

    def merge_objections(self) -> list[str]:
        """What speaks against merging into the match, in sentences for an editor."""
        return objections(self, self.match) if self.match else []

    def accept(
        self,
        by: User,
        event: Event | None = None,
        links: Sequence[NameLink] | None = None,
        called: str = "",
    ) -> Report | Quote:
        """Turn the suggestion into a report or a quote, and write who did it.

        A report goes to `event`; without one a new event is made, unpublished. A quote is tied to
        `event` where one is given. `links` are the names to link to records, made where there are
        none; by default all that are clear. `called` is the report's own name for
        the event. Nothing is added to what readers see already: a report or a quote of this
        article that is public stays as it is, and the names are not linked. Raises
        NotDecidedError when somebody was faster, or a date is none.
        """
        try:
            return self._accept(by, event, links, called)
        except ValidationError as error:  # what was stored past the checks of the models
            raise NotDecidedError(" ".join(error.messages)) from error
        except DatabaseError as error:
            if not is_clash(error):
                raise
            raise NotDecidedError(
                "Somebody else changed or deleted a record that it names at the same moment. "
                "Nothing was decided: look at it again."
            ) from error

    @transaction.atomic
    def _accept(
        self, by: User, event: Event | None, links: Sequence[NameLink] | None, called: str
    ) -> Report | Quote:
        self._claim()
        is_merge = event is not None and self.type == self.Type.REPORT
        with self._deciding(Decision.Kind.MERGE if is_merge else Decision.Kind.ACCEPT, by):
            event = self._locked(event) if event else None
            if links is None:
                find_bearers(links := self.name_links())
                links = [link for link in self.lacking(links, event) if link.is_clear]
            if self.type == self.Type.QUOTE:
                accepted: Report | Quote = make_quote(self, by, event, links)
            else:
                accepted = make_report(self, by, event, links, called)
            self._decide(self.State.ACCEPTED, by)
            record(
                by,
                accepted,
                f"Accepted from a suggestion of “{self.article.headline}”.",
                added=True,
            )
        return accepted

    @transaction.atomic
    def reject(self, by: User, reason: str = "") -> None:
        """Put the suggestion aside and write who did it; NotDecidedError as in `accept`."""
        self._claim()
        with self._deciding(Decision.Kind.REJECT, by, reason):
            self._decide(self.State.REJECTED, by, reason)

    @transaction.atomic
    def correct(self, by: User, **columns: Any) -> bool:
        """Save what an editor has corrected while it waits; NotDecidedError as in `accept`.

        A date of the editor's own is one that an editor has judged. Returns False, and writes
        nothing, where nothing is changed.
        """
        self._claim()
        title = self.title
        changed = self._set(columns)
        if not changed:
            return False
        with self._deciding(Decision.Kind.EDIT, by, what=title):
            try:
                with transaction.atomic():
                    self.save(update_fields=changed)
            except IntegrityError:
                raise NotDecidedError(
                    f"These words are suggested as “{self.title}” already: write another title."
                ) from None
            record(by, self, f"Changed {', '.join(_labels(changed))}.")
            apps.get_model("timeline", "Candidate").objects.catch_up(self, changed)
        return True

    @transaction.atomic
    def split(self, by: User, **columns: Any) -> "Suggestion":
        """Make a second suggestion of the same words with these columns, and write it.

        One stays as it is; where the title is the same, the second's is numbered. Raises
        NotDecidedError as `accept` does.
        """
        self._claim()
        with self._deciding(Decision.Kind.SPLIT, by):
            half = Suggestion.objects.get(pk=self.pk)
            half.pk, half._state.adding = None, True
            half.match, half.score, half.reasons = None, None, []
            half._set(columns)
            same = Suggestion.objects.filter(
                article=self.article_id, type=self.type, start=self.start, end=self.end
            )
            taken = set(same.values_list("title", flat=True))
            titles = (f"{half.title[:190]} ({number})" for number in range(2, len(taken) + 3))
            half.title = next(title for title in (half.title, *titles) if title not in taken)
            half.save(force_insert=True)
            note_made(half)
            record(by, half, f"Split from “{self.title}”.", added=True)
        return half

    def _set(self, columns: dict[str, Any]) -> list[str]:
        """Take over these columns, and return those that are changed, to be saved."""
        changed = {name: new for name, new in columns.items() if getattr(self, name) != new}
        if "edtf" in changed:
            judged = {"rule": "judged"} if changed["edtf"] else {"rule": "not-set"}
            changed["basis"] = {**self.basis, "date": judged}
        for name, new in changed.items():
            setattr(self, name, new)
        return list(changed)

    @transaction.atomic
    def add(self, by: User) -> None:
        """Store what an editor has marked in the text, to be decided as any other.

        Raises NotDecidedError where the same words are suggested under the same title already.
        """
        with Decision.record(by, Decision.Kind.ADD, what=str(self), article=self.article):
            try:
                with transaction.atomic():
                    self.save(force_insert=True)
            except IntegrityError:
                raise NotDecidedError("These words are marked already.") from None
            note_made(self)
            record(by, self, "Marked in the text by hand.", added=True)

    @transaction.atomic
    def reopen(self, by: User) -> None:
        """Take a rejection back and write who did it. Raises AlreadyDecidedError if it was none.

        A decision on this suggestion alone is thereby undone.
        """
        self._lock()
        if self.state != self.State.REJECTED:
            raise AlreadyDecidedError(f"This suggestion is {self.get_state_display().lower()}.")
        rejection = Decision.objects.standing().filter(suggestions=self).first()
        if rejection and rejection.suggestions.count() == 1:
            rejection.undo(by)
            self.refresh_from_db()
            return
        self.state, self.decided_by, self.decided_at = self.State.PENDING, None, None
        self.save(update_fields=("state", "decided_by", "decided_at"))
        record(by, self, "Reopened.")

    def _lock(self) -> None:
        """Read the suggestion anew and keep it from others until the transaction ends.

        Whatever a decision touches is locked in one order: suggestion, event, then what is made.
        """
        try:
            self.refresh_from_db(from_queryset=Suggestion.objects.select_for_update())
        except Suggestion.DoesNotExist:
            raise NotDecidedError("This suggestion has been deleted.") from None

    def _claim(self) -> None:
        self._lock()
        if self.state != self.State.PENDING:
            at = self.decided_at and timezone.localtime(self.decided_at)
            when = f", by {self.decided_by or 'somebody'} at {at:%H:%M}" if at else ""
            raise AlreadyDecidedError(
                f"This suggestion is {self.get_state_display().lower()} already{when}."
            )

    @contextmanager
    def _deciding(self, kind: str, by: User, reason: str = "", what: str = "") -> Iterator[None]:
        """Record what is decided, as a decision or within the one that is being taken."""
        with Decision.record(
            by, kind, what=what or str(self), reason=reason, article=self.article
        ) as decision:
            decision.note_suggestion(self)
            yield

    def _decide(self, state: str, by: User, reason: str = "") -> None:
        self.state, self.decided_by, self.decided_at = state, by, timezone.now()
        self.save(update_fields=("state", "decided_by", "decided_at", "match", "report", "quote"))
        because = f": {reason}" if reason else ""
        record(by, self, f"{self.get_state_display()}{because.rstrip('.')}.")

    @staticmethod
    def _locked(event: Event) -> Event:
        try:
            locked: Event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
        except Event.DoesNotExist:
            raise NotDecidedError(f"The event “{event}” has been deleted.") from None
        return locked


def _labels(columns: Iterable[str]) -> list[str]:
    """What editors call these columns; how a date is known goes without saying."""
    fields = (Suggestion._meta.get_field(name) for name in columns if name != "basis")
    return [str(getattr(field, "verbose_name", field.name)) for field in fields]
