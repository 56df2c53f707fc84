"""Who said what: quotations with their evidence."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.deletion import Collector
from django.utils import timezone

from timeline.models.actors import Actor
from timeline.models.articles import Article, published_by
from timeline.models.derived import validate_edtf
from timeline.models.events import Event
from timeline.models.evidence import Evidence
from timeline.models.history import Kept, KeptQuerySet, acted
from timeline.models.publishable import PERMISSIONS, Publishable


def leave_name(
    collector: Collector,
    field: models.ForeignKey[Any, Any],
    quotes: models.QuerySet["Quote"],
    using: str,
) -> None:
    """On the deletion of its speaker a quote keeps whose words it holds, as its attribution."""
    for quote in quotes:
        if quote.speaker and not quote.attribution:
            attribution = Quote._meta.get_field("attribution")
            collector.add_field_update(attribution, quote.speaker.name, [quote])
    models.SET_NULL(collector, field, quotes, using)


def hold_back(
    collector: Collector,
    field: models.ForeignKey[Any, Any],
    quotes: models.QuerySet["Quote"],
    using: str,
) -> None:
    """On the deletion of the event that they were withdrawn with, quotes stay so by themselves."""
    withdrawn_at = Quote._meta.get_field("withdrawn_at")
    for quote in quotes:
        collector.add_field_update(withdrawn_at, quote.withdrawn_at or timezone.now(), [quote])
    models.SET_NULL(collector, field, quotes, using)


class QuoteQuerySet(KeptQuerySet["Quote"]):
    """Reads of quotes."""

    def public(self) -> "QuoteQuerySet":
        """Quotes that an editor has published, by themselves, with an event or with the article.

        `cites_page` says whether the page of the article is public, too.
        """
        page = Article.objects.public().filter(pk=OuterRef("article"))
        return self.filter(is_published=True).annotate(cites_page=Exists(page))

    def waiting(self, event: Event | None = None) -> "QuoteQuerySet":
        """Quotes that become public with their article or with `event`.

        Withdrawn ones do not, and what was withdrawn with another event returns with that alone.
        """
        is_free = Q(withdrawn_with=None) | Q(withdrawn_with=event)
        return self.filter(is_free, is_published=False, withdrawn_at=None)

    def leaving_with(self, events: Collection[int]) -> "QuoteQuerySet":
        """Public quotes that these public events, by key, take off the public pages with them.

        They bear on one of these and on no other public event.
        """
        tied = Event.objects.filter(quotes=OuterRef("pk"))
        elsewhere = tied.public().exclude(pk__in=events)
        return self.public().filter(Exists(tied.filter(pk__in=events)), ~Exists(elsewhere))

    def on_no_withdrawn_event(self) -> "QuoteQuerySet":
        """Without those on a withdrawn event, unless they bear on a public one, too."""
        events = Event.objects.filter(quotes=OuterRef("pk"))
        is_withdrawn = Exists(events.exclude(withdrawn_at=None)) & ~Exists(events.public())
        return self.exclude(is_withdrawn)

    def known_on(self, day: dt.date, zone: dt.tzinfo) -> "QuoteQuerySet":
        """Quotes in articles published by the end of `day` in `zone`."""
        return self.filter(published_by(day, zone, "article__"))


class Quote(Kept, Publishable, Evidence):
    """Words of an actor in an article, whole or partial."""

    GOES_WITH_OTHERS = True
    TIES = ("events",)

    article = models.ForeignKey(Article, models.CASCADE, related_name="quotes")
    speaker = models.ForeignKey(Actor, leave_name, null=True, blank=True, related_name="quotes")
    attribution = models.CharField(
        max_length=200, blank=True, help_text="As the article has it: “a ministry official”."
    )
    text = models.TextField(help_text="The words said, without the outer quotation marks.")
    is_partial = models.BooleanField("partial", default=False)
    medium = models.CharField(max_length=200, blank=True, help_text="via Xinhua, told reporters")
    said_on = models.CharField(
        "said on (EDTF)", max_length=80, blank=True, validators=[validate_edtf]
    )
    events = models.ManyToManyField(Event, blank=True, related_name="quotes")
    # The event that took it off the public pages; not its tie, which an editor may remove
    withdrawn_with = models.ForeignKey(
        Event, hold_back, null=True, blank=True, editable=False, related_name="+"
    )

    objects = QuoteQuerySet.as_manager()

    class Meta:
        default_permissions = PERMISSIONS
        ordering = ("article__published_at", "pk")
        constraints = (
            *Evidence.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="quote_has_words"),
            models.CheckConstraint(
                condition=Q(speaker__isnull=False) | ~Q(attribution=""),
                name="quote_has_a_speaker",
            ),
        )

    def __str__(self) -> str:
        return f"{self.speaker_name}: “{self.text[:60]}”"

    @property
    def called(self) -> str:
        """Its words."""
        return f"“{self.text[:80]}”"

    @acted
    def correct(self, columns: Collection[str], by: User) -> None:
        """Save these columns as an editor has corrected them.

        Of another article the quote waits again: nobody has published that article's citation. What
        was taken off the public pages with its article stays so by itself.
        """
        left = Article.objects.filter(quotes=self.pk).exclude(withdrawn_at=None)
        is_withdrawn = "article" in columns and left.exists()
        self.save(update_fields=columns)
        if "article" in columns:
            self.let_wait(by)
        if is_withdrawn:
            self.unpublish(by)

    def _release(self, by: User, *, was_published: bool) -> str:
        """Forget the event that it was withdrawn with."""
        Quote.objects.filter(pk=self.pk).update(withdrawn_with=None)
        return ""

    @property
    def speaker_name(self) -> str:
        """The actor's name, or who the article says it was."""
        return self.speaker.name if self.speaker else self.attribution
