"""What the extraction proposes, and what an editor makes of it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.db.models import Q
from django.db.models.deletion import Collector
from django.utils import timezone

from timeline.error_messages import is_clash
from timeline.models.actors import Actor
from timeline.models.articles import Article
from timeline.models.decisions import Decision, note_made, watch
from timeline.models.derived import validate_edtf
from timeline.models.events import Event
from timeline.models.evidence import Evidence
from timeline.models.log import record
from timeline.models.merge_checks import objections, stated_date
from timeline.models.name_links import NameLink, NameRole, find_bearers, in_order
from timeline.models.participations import Participation
from timeline.models.quotes import Quote
from timeline.models.reports import Report
from timeline.models.slugs import save_with_free_slug
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
                accepted: Report | Quote = self._quote(by, event, links)
            else:
                accepted = self._report(by, event, links, called)
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
    def _deciding(self, kind: str, by: User, reason: str = "") -> Iterator[None]:
        """Record what is decided, as a decision or within the one that is being taken."""
        with Decision.record(
            by, kind, what=str(self), reason=reason, article=self.article
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

    def _evidence(self) -> dict[str, Any]:
        return {
            field: getattr(self, field)
            for field in ("exact", "prefix", "suffix", "start", "end", "basis")
        }

    def _report(
        self, by: User, event: Event | None, links: Sequence[NameLink], called: str
    ) -> Report:
        is_new_event = event is None
        gives = is_new_event or None  # `follow` decides of an event that is there
        if event:
            event.take_over()
            watch(
                Event.objects.filter(pk=event.pk), event.reports.all(), event.participations.all()
            )
        event = event or self._new_event(by)
        if self.match_id != event.pk:
            self.match = event
            self.save(update_fields=("match", *self.forget_match(["match"])))
        self.report, is_new = Report.objects.get_or_create(
            article=self.article,
            event=event,
            defaults={
                "edtf": stated_date(self, None if is_new_event else event),
                "status": self.status,
                "stance": self.stance,
                "title": called,
                "gives_date": gives,
                "gives_status": gives,
                "made_event": is_new_event,
                **self._evidence(),
            },
        )
        self.report.event = event
        if is_new:
            note_made(self.report)
        if self.report.is_public:
            return self.report  # readers would see at once what is added; an editor adds it there
        if called and not self.report.title:
            self.report.title = called
            self.report.save(update_fields=("title",))
        self._name(event, links, by)
        if is_new and not is_new_event:
            event.follow(self.report, by)
        return self.report

    def _new_event(self, by: User) -> Event:
        stated = {"edtf": stated_date(self, None), "status": self.status}
        event = save_with_free_slug(
            Event(title=self.title, kind=self.kind or Kind.OTHER, made_as=stated, **stated),
            self.title,
        )
        record(by, event, "Made from a suggestion.", added=True)
        note_made(event)
        watch(event.participations.all())
        return event

    def _name(self, event: Event, links: Sequence[NameLink], by: User) -> None:
        """Give the event its actors and its place, known from this report on."""
        report = self.report
        if report is None:
            return
        brought = {"known_from": report, "is_brought": True}
        for link in in_order(links):
            named = link.resolve(by)
            if isinstance(named, Actor):
                Participation.objects.get_or_create(event=event, actor=named, defaults=brought)
            elif not event.place:
                event.place, event.place_known_from, event.place_is_brought = named, report, True
                event.save(update_fields=("place", "place_known_from", "place_is_brought"))

    def _quote(self, by: User, event: Event | None, links: Sequence[NameLink]) -> Quote:
        if self.quote_id is None:
            self.quote = self._new_quote(by, links)
        else:  # the records hold these words of the article already
            self.quote = Quote.objects.select_for_update(no_key=True).get(pk=self.quote_id)
        watch(Quote.events.through.objects.filter(quote=self.quote))
        if event and not (self.quote.is_published and event.is_published):
            self.quote.events.add(event)  # else readers would see the words there at once
        return self.quote

    def _new_quote(self, by: User, links: Sequence[NameLink]) -> Quote:
        speakers = [link.resolve(by) for link in links if link.role == NameRole.SPEAKER]
        speaker = next((one for one in speakers if isinstance(one, Actor)), None)
        quote = Quote.objects.create(
            article=self.article,
            speaker=speaker,
            attribution=self.attribution or self.speaker or "not named",
            text=self.text,
            is_partial=self.is_partial,
            medium=self.medium,
            **self._evidence(),
        )
        note_made(quote)
        return quote
