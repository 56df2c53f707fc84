"""The quotes: those that a reader asks for, of all that are known on the day in view."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator

from timeline.models import Quote
from timeline.models.quotes import QuoteQuerySet
from timeline.presenters.page import DayPage
from timeline.selection import DayInView, QuoteFilter, QuoteFilterForm

PAGE_SIZE = 20


def known_quotes(day: DayInView) -> QuoteQuerySet:
    """Return the public quotes that are known on the day in view."""
    quotes = Quote.objects.public()
    return quotes.known_on(day.known, day.zone) if day.known else quotes


@dataclass(frozen=True)
class QuotesPage(DayPage):
    """The quotes in the order in which they were published, in pages."""

    form: QuoteFilterForm

    @cached_property
    def filter(self) -> QuoteFilter:
        """What is asked for; everything where it could not be read."""
        is_valid = self.form.is_valid()
        return self.form.quote_filter(self.known) if is_valid else QuoteFilter(known=self.known)

    @cached_property
    def total(self) -> int:
        """How many quotes are known on the day in view."""
        return known_quotes(self.day).count()

    @cached_property
    def quotes(self) -> ListPage[Quote]:
        """The page of quotes that is asked for; nothing where it could not be read."""
        found = Quote.objects.none()
        if self.form.is_valid():
            found = (
                self.filter.apply(known_quotes(self.day))
                .select_related("article__outlet", "speaker")
                .prefetch_related("speaker__roles")
                .order_by("article__published_at", "pk")
            )
        return Paginator(found, PAGE_SIZE).get_page(self.filter.page)

    @property
    def previous_url(self) -> str:
        """The query string of the page before."""
        return self.filter.url(page=self.quotes.number - 1)

    @property
    def next_url(self) -> str:
        """The query string of the page after."""
        return self.filter.url(page=self.quotes.number + 1)
