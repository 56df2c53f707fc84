"""Evidence: where in an article something stands."""

from django.db import models


class Evidence(models.Model):
    """A place in an article's body (W3C Web Annotation, TextQuote and TextPosition selectors).

    `start` and `end` are code-point offsets into `Article.body`, end-exclusive; both are empty
    while the body is not held. `derivation` says in one sentence how the date was read.
    """

    exact = models.TextField("wording", blank=True, help_text="The words of the article.")
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    derivation = models.TextField(
        blank=True, help_text="How the date follows from the words, in one sentence."
    )

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=models.Q(start=None, end=None) | models.Q(start__lt=models.F("end")),
                name="%(class)s_start_before_end",
            ),
        )

    def locate(self, body: str, start: int, end: int) -> None:
        """Point at `body[start:end]`, with 32 characters of context on either side."""
        self.exact, self.start, self.end = body[start:end], start, end
        self.prefix = body[max(0, start - 32) : start]
        self.suffix = body[end : end + 32]
