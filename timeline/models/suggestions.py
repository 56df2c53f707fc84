"""What the extraction proposes, and what an editor makes of it."""

from secrets import token_hex

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from timeline.models.actors import Actor, Place
from timeline.models.articles import Article
from timeline.models.derived import validate_edtf
from timeline.models.events import Event, Report
from timeline.models.evidence import Evidence
from timeline.models.log import record
from timeline.models.participations import Participation
from timeline.models.quotes import Quote
from timeline.models.vocabulary import Kind, Stance, Status

# Slugs made of one title that are told apart by a number; beyond them one is drawn by lot, so that
# one question to the database is enough however many there are.
MOST_ALIKE = 50


class AlreadyDecidedError(Exception):
    """An editor has accepted or rejected this suggestion before."""


class SuggestionQuerySet(models.QuerySet):
    """Reads of suggestions."""

    def pending(self) -> "SuggestionQuerySet":
        """Suggestions that wait for an editor."""
        return self.filter(state=Suggestion.State.PENDING)


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

    match = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    score = models.FloatField(null=True, blank=True, editable=False)
    reasons = models.JSONField(default=list, blank=True, editable=False)

    report = models.ForeignKey(
        Report, models.SET_NULL, null=True, blank=True, editable=False, related_name="suggestions"
    )
    quote = models.ForeignKey(
        Quote, models.SET_NULL, null=True, blank=True, editable=False, related_name="suggestions"
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

    @transaction.atomic
    def accept(self, by, event: Event | None = None) -> Report | Quote:
        """Turn the suggestion into a report or a quote, and write who did it.

        A report goes to `event`; without one a new event is made, unpublished. A quote is tied to
        `event` where one is given. Raises AlreadyDecidedError when somebody was faster.
        """
        self._claim()
        accepted = self._quote(event) if self.type == self.Type.QUOTE else self._report(by, event)
        self._decide(self.State.ACCEPTED, by)
        record(
            by, accepted, f"Accepted from a suggestion of “{self.article.headline}”.", added=True
        )
        return accepted

    @transaction.atomic
    def reject(self, by) -> None:
        """Put the suggestion aside and write who did it; AlreadyDecidedError as in `accept`."""
        self._claim()
        self._decide(self.State.REJECTED, by)

    @transaction.atomic
    def reopen(self, by) -> None:
        """Take a rejection back and write who did it. Raises AlreadyDecidedError if it was none."""
        stored = Suggestion.objects.select_for_update().get(pk=self.pk)
        if stored.state != self.State.REJECTED:
            raise AlreadyDecidedError(f"This suggestion is {stored.get_state_display().lower()}.")
        self.state, self.decided_by, self.decided_at = self.State.PENDING, None, None
        self.save()
        record(by, self, "Reopened.")

    def _claim(self) -> None:
        stored = Suggestion.objects.select_for_update().get(pk=self.pk)
        if stored.state != self.State.PENDING:
            raise AlreadyDecidedError(
                f"This suggestion is {stored.get_state_display().lower()} already."
            )

    def _decide(self, state: str, by) -> None:
        self.state, self.decided_by, self.decided_at = state, by, timezone.now()
        self.save()
        record(by, self, f"{self.get_state_display()}.")

    def _evidence(self) -> dict:
        return {
            field: getattr(self, field)
            for field in ("exact", "prefix", "suffix", "start", "end", "basis")
        }

    def _report(self, by, event: Event | None) -> Report:
        is_new_event = event is None
        if event is None:
            event = self._new_event()
            record(by, event, "Made from a suggestion.", added=True)
        self.match = event
        self.report, is_new = Report.objects.get_or_create(
            article=self.article,
            event=event,
            defaults={
                "edtf": self.edtf,
                "status": self.status,
                "stance": self.stance,
                **self._evidence(),
            },
        )
        if is_new_event:
            event.participations.update(known_from=self.report)
            Event.objects.filter(pk=event.pk).update(place_known_from=self.report)
        elif is_new:
            event.follow(self.report, by)
        return self.report

    def _new_event(self) -> Event:
        event = Event.objects.create(
            slug=free_slug(Event, self.title),
            title=self.title,
            kind=self.kind or Kind.OTHER,
            edtf=self.edtf,
            status=self.status,
            place=Place.objects.filter(name__iexact=self.place).first() if self.place else None,
        )
        named = {actor for name in self.actors for actor in Actor.objects.named(name)[:1]}
        Participation.objects.bulk_create(
            Participation(event=event, actor=actor)
            for actor in sorted(named, key=lambda actor: actor.name)
        )
        return event

    def _quote(self, event: Event | None) -> Quote:
        if self.quote is None:  # else the records hold these words of the article already
            self.quote = self._new_quote()
        if event:
            self.quote.events.add(event)
        return self.quote

    def _new_quote(self) -> Quote:
        speaker = Actor.objects.named(self.speaker).first() if self.speaker else None
        return Quote.objects.create(
            article=self.article,
            speaker=speaker,
            attribution=self.attribution or self.speaker or "not named",
            text=self.text,
            is_partial=self.is_partial,
            medium=self.medium,
            **self._evidence(),
        )


def free_slug(model: type[models.Model], title: str) -> str:
    """Return a slug for `title` that no row of `model` bears yet."""
    stem = slugify(title)[:100] or "untitled"
    numbered = [stem, *(f"{stem}-{number}" for number in range(2, MOST_ALIKE))]
    taken = set(model.objects.filter(slug__in=numbered).values_list("slug", flat=True))
    return next((slug for slug in numbered if slug not in taken), f"{stem}-{token_hex(4)}")
