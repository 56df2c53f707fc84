"""Who said what: quotations with their evidence."""

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q

from timeline.models.actors import Actor
from timeline.models.articles import Article, published_by
from timeline.models.derived import validate_edtf, words_of
from timeline.models.events import Event
from timeline.models.evidence import Evidence
from timeline.models.publishable import Publishable


class QuoteQuerySet(models.QuerySet):
    """Reads of quotes."""

    def public(self) -> "QuoteQuerySet":
        """Quotes that an editor has published, by themselves, with an event or with the article.

        `cites_page` says whether the page of the article is public, too.
        """
        page = Article.objects.public().filter(pk=OuterRef("article"))
        return self.filter(is_published=True).annotate(cites_page=Exists(page))

    def known_on(self, day: dt.date, zone: dt.tzinfo) -> "QuoteQuerySet":
        """Quotes in articles published by the end of `day` in `zone`."""
        return self.filter(published_by(day, zone, "article__"))


class Quote(Publishable, Evidence):
    """Words of an actor in an article, whole or partial."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="quotes")
    speaker = models.ForeignKey(
        Actor, models.SET_NULL, null=True, blank=True, related_name="quotes"
    )
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

    objects = QuoteQuerySet.as_manager()

    class Meta:
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
    def speaker_name(self) -> str:
        """The actor's name, or who the article says it was."""
        return self.speaker.name if self.speaker else self.attribution

    @property
    def said_on_words(self) -> str:
        """The day it was said, as a reader says it; empty when unknown."""
        return words_of(self.said_on) if self.said_on else ""
