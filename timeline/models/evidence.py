"""Evidence: where in an article something stands, and what was read from it."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models

from timeline.basis import Basis, anchored, check, placed, read
from timeline.basis.words import sentence

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    from timeline.models.articles import Article


def validate_basis(value: object) -> None:
    """Refuse what is no basis, in words for an editor."""
    try:
        check(value)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class Evidence(models.Model):
    """A place in an article's body (W3C Web Annotation, TextQuote and TextPosition selectors).

    `start` and `end` are code-point offsets into `Article.body`, end-exclusive; both are empty
    while the body is not held. `basis` says from which words date and status were read and how,
    as `timeline.basis` describes it.
    """

    article: "models.ForeignKey[Article | Combinable, Article]"  # of each model that is evidence

    exact = models.TextField("wording", blank=True, help_text="The words of the article.")
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    basis = models.JSONField("how we know", default=dict, blank=True, validators=[validate_basis])

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=models.Q(start=None, end=None) | models.Q(start__lt=models.F("end")),
                name="%(class)s_start_before_end",
            ),
        )

    @property
    def read_from(self) -> Basis:
        """The words that were read, and the rules. What is stored amiss is left out."""
        return read(self.basis)

    @property
    @admin.display(description="as readers see it")
    def derivation(self) -> str:
        """How we know the date and the status, in a reader's words; "" where nothing says so."""
        read_from = self.read_from
        words = read_from.date.spans
        found = placed(words, self.exact, self.start)
        return sentence(
            read_from,
            getattr(self, "edtf", ""),
            getattr(self, "status", ""),
            self.article.published_on,
            tuple(span for span, place in zip(words, found, strict=True) if place is None),
        )

    def locate(self, body: str, start: int, end: int) -> None:
        """Point at `body[start:end]`, with 32 characters of context on either side.

        The words that were read are pointed at too, where they are found.
        """
        self.exact, self.start, self.end = body[start:end], start, end
        self.prefix = body[max(0, start - 32) : start]
        self.suffix = body[end : end + 32]
        self.basis = anchored(self.read_from, body, start, end).as_data()

    def find(self, body: str) -> None:
        """Point at the words that are known already, where they stand in `body`, and save that."""
        words = self.exact
        if words and (start := body.find(words)) >= 0:
            self.locate(body, start, start + len(words))
            self.save(update_fields=("exact", "prefix", "suffix", "start", "end", "basis"))
