"""What a reader asks of the quotes: words, a speaker, an outlet."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Count, QuerySet
from django.http import QueryDict

from timeline.models import Actor, Outlet
from timeline.models.quotes import QuoteQuerySet
from timeline.selection.fields import PageField, QueryField, RecordField
from timeline.selection.forms import QueryForm


@dataclass(frozen=True)
class QuoteFilter:
    """The quotes that a reader asks for, of those known on the day in view."""

    q: str = ""
    speaker: str = ""
    outlet: str = ""
    page: int = 1
    known: dt.date | None = None

    def url(self, *, page: int | None = None) -> str:
        """Return the query string of the same quotes, on a page if one is given."""
        values = {
            "q": self.q,
            "speaker": self.speaker,
            "outlet": self.outlet,
            "known": self.known,
            "page": page,
        }
        return "?" + urlencode({name: value for name, value in values.items() if value})

    @property
    def own_url(self) -> str:
        """The query string of these quotes, without the number of the first page."""
        return self.url(page=self.page if self.page > 1 else None)

    def apply(self, quotes: QuoteQuerySet) -> QuoteQuerySet:
        """Keep the quotes of the speaker and the outlet that hold every word."""
        if self.speaker:
            quotes = quotes.filter(speaker__slug=self.speaker)
        if self.outlet:
            quotes = quotes.filter(article__outlet__slug=self.outlet)
        for word in self.q.split():
            quotes = quotes.filter(text__icontains=word)
        return quotes


class QuoteFilterForm(QueryForm):
    """The filter above the quotes; it offers the speakers and outlets of the `known` ones."""

    speaker = RecordField(label="Speaker", noun="speaker", anything="Anyone", model=Actor)
    outlet = RecordField(label="Outlet", noun="outlet", anything="Any")
    q = QueryField(
        label="Words in the quote",
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "class": "field",
                "placeholder": "Any words",
                "autocomplete": "off",
            }
        ),
    )
    page = PageField(label="Page", widget=forms.TextInput)

    def __init__(self, query: QueryDict, known: QuoteQuerySet) -> None:
        super().__init__(query)
        self.offer("speaker", _by_quotes(Actor, "quotes", known))
        self.offer("outlet", _by_quotes(Outlet, "articles__quotes", known))

    def offer(self, name: str, records: Iterable[Any]) -> None:
        """Let a field choose among records, each with the number of its quotes."""
        field = self.fields[name]
        assert isinstance(field, RecordField)
        field.offer((one.slug, f"{one.name} ({one.quote_count})") for one in records)

    def quote_filter(self, known: dt.date | None) -> QuoteFilter:
        """Return what is asked for, on the day in view; the form is valid."""
        return QuoteFilter(**self.cleaned_data, known=known)

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the quotes, or was meant to."""
        return not self.is_valid() or any(
            self.cleaned_data[name] for name in ("speaker", "outlet", "q")
        )


def _by_quotes(model: type[Actor | Outlet], path: str, known: QuoteQuerySet) -> Iterable[Any]:
    """The speakers or outlets of the known quotes, the most quoted first."""
    found: QuerySet[Any] = (
        model.objects.public()
        .filter(**{f"{path}__in": known})
        .annotate(quote_count=Count(path, distinct=True))
        .order_by("-quote_count", "name")
    )
    return found
