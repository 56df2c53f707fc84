"""The query strings of the public pages as Django forms: errors, choices, labels, aria.

A parameter that is not one of Dateline's is left alone; a value that cannot be read is an error
beside its field, never a filter that is silently dropped.
"""

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils import timezone

from timeline.models import Actor, Outlet, Participation, Place, Report, Timeline
from timeline.selection.fields import (
    MAX_ECHO,
    AllValuesInput,
    DayField,
    OptionField,
    PageField,
    QueryBoundField,
    QueryField,
    RangeField,
    RecordsField,
    ValuesField,
    WordsField,
)
from timeline.selection.selection import (
    KINDS,
    LIST,
    MANY,
    NOT_STATED,
    OLDEST,
    SORTS,
    STATUSES,
    VIEWS,
    DayInView,
    Selection,
    side_of,
)

MAX_WORDS = 10
RANGE = {"class": "field", "autocomplete": "off"}


# What only a draft names is no choice: it is neither found nor called by its name.
def actors_of(timeline: Timeline) -> QuerySet[Actor]:
    """The actors that take part in the public events of a timeline."""
    parts = Participation.objects.public().filter(event__timelines=timeline)
    return Actor.objects.public().filter(Exists(parts.filter(actor=OuterRef("pk"))))


def places_of(timeline: Timeline) -> QuerySet[Place]:
    """The places of its public events."""
    events = timeline.events.public().placed().order_by()
    return Place.objects.public().filter(Exists(events.filter(place=OuterRef("pk"))))


def outlets_of(timeline: Timeline) -> QuerySet[Outlet]:
    """The outlets whose articles report its public events."""
    reports = Report.objects.public().filter(event__timelines=timeline).order_by()
    return Outlet.objects.public().filter(Exists(reports.filter(article__outlet=OuterRef("pk"))))


class QueryForm(forms.Form):
    """A form over GET, whose fields are called in the URL as `PARAMETERS` says, else by name."""

    PARAMETERS: ClassVar[dict[str, str]] = {}
    bound_field_class = QueryBoundField

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query, auto_id="%s", label_suffix="")

    def add_prefix(self, field_name: str) -> str:
        """Return the URL parameter of a field."""
        return self.PARAMETERS.get(field_name, field_name)

    @property
    def wrong_fields(self) -> list[forms.BoundField]:
        """The fields that could not be read, in the form's order."""
        return [field for field in self if field.errors]


class DayForm(QueryForm):
    """The day in view of a page, `?known=2019-01-10`."""

    known = DayField(label="As known on", widget=AllValuesInput(attrs={"class": "field"}))

    @cached_property
    def timeline(self) -> Timeline:
        """The timeline in whose time zone the day ends: the first published one; UTC without."""
        return Timeline.objects.public().first() or Timeline(title="Dateline")

    @property
    def day_in_view(self) -> DayInView:
        """The day in view; today where none could be read."""
        self.full_clean()
        return DayInView(self.timeline, known=self.cleaned_data.get("known"))

    def clean_known(self) -> dt.date | None:
        """Return the day. Raises ValidationError for one that is still to come."""
        day: dt.date | None = self.cleaned_data["known"]
        if day and day > timezone.localdate(timezone=self.timeline.zone):
            raise ValidationError("This day is still to come: nobody knows it yet.", "future")
        return day


class EventForm(DayForm):
    """The day in view of an event, and the timeline that led to it."""

    PARAMETERS: ClassVar[dict[str, str]] = {"timeline_slug": "timeline"}

    timeline_slug = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, timelines: Sequence[Timeline]) -> None:
        super().__init__(query)
        self.timelines = timelines

    @cached_property
    def chosen(self) -> Timeline | None:
        """The timeline asked for, else the first of the event's.

        An address outlives the timeline it came from: one that is not, or no longer, the event's
        is no error.
        """
        asked = self["timeline_slug"].value()
        return next((one for one in self.timelines if one.slug == asked), None) or next(
            iter(self.timelines), None
        )

    @cached_property
    def timeline(self) -> Timeline:
        """The timeline in whose time zone the day ends."""
        return self.chosen or super().timeline


class PageForm(DayForm):
    """The day in view, and the page of a list."""

    page = PageField(label="Page")


class SelectionForm(PageForm):
    """What a reader asks of one timeline."""

    PARAMETERS: ClassVar[dict[str, str]] = {**MANY, "since": "from", "until": "to"}
    field_order = ("q", *MANY, "since", "until", "known", "sort", "view", "page", "focus")

    q = WordsField(
        label="Search these events",
        max_words=MAX_WORDS,
        widget=AllValuesInput(
            attrs={
                "type": "search",
                "class": "field",
                "placeholder": "Title, quote or evidence",
                "autocomplete": "off",
            }
        ),
    )
    kinds = ValuesField(label="Kind", noun="kind", choices=list(KINDS.items()))
    statuses = ValuesField(label="Status", noun="status", choices=list(STATUSES.items()))
    actors = RecordsField(label="People and countries", noun="person or country", records=actors_of)
    places = RecordsField(label="Place", noun="place", records=places_of, others=(NOT_STATED,))
    outlets = RecordsField(label="Outlet", noun="outlet", records=outlets_of)
    since = RangeField(
        label="From",
        side="earliest",
        hint_id="range-hint",
        help_text="A day, a month or a year: 2018-03-27, 2018-03 or 2018",
        widget=AllValuesInput(attrs=RANGE | {"placeholder": "2018-03"}),
    )
    until = RangeField(
        label="To",
        side="latest",
        hint_id="range-hint",
        widget=AllValuesInput(attrs=RANGE | {"placeholder": "2019"}),
    )
    sort = OptionField(label="Order", options=SORTS)
    view = OptionField(label="View", options=VIEWS)
    focus = QueryField(label="Event in focus")

    def __init__(self, query: QueryDict, timeline: Timeline) -> None:
        super().__init__(query)
        self.timeline = timeline
        for field in self.fields.values():
            if isinstance(field, RecordsField):
                field.timeline = timeline
        today = timezone.localdate(timezone=timeline.zone).isoformat()
        self.fields["known"].widget = AllValuesInput(
            attrs={"type": "date", "class": "field", "id": "known-date", "max": today}
        )

    @cached_property
    def selection(self) -> Selection:
        """What could be read of the query. Where anything could not, nothing is selected."""
        is_valid, read = self.is_valid(), self.cleaned_data
        return Selection(
            timeline=self.timeline,
            known=read.get("known"),
            q=read.get("q", ""),
            kinds=self._readable("kinds"),
            statuses=self._readable("statuses"),
            actors=self._readable("actors"),
            places=self._readable("places"),
            outlets=self._readable("outlets"),
            since=self._typed("since"),
            until=self._typed("until"),
            sort=read.get("sort", OLDEST),
            view=read.get("view", LIST),
            page=read.get("page", 1),
            focus=read.get("focus", ""),
            is_valid=is_valid,
        )

    def clean(self) -> None:
        """Refuse a range that ends before it begins."""
        super().clean()
        start = side_of(self.cleaned_data.get("since", ""), "earliest")
        end = side_of(self.cleaned_data.get("until", ""), "latest")
        if start and end and start > end:
            self.add_error("until", "This lies before the start of the range.")

    def clean_focus(self) -> str:
        """Return the slug. Raises ValidationError for an event that is not on the timeline."""
        slug: str = self.cleaned_data["focus"]
        if slug and not self.timeline.events.public().filter(slug=slug).exists():
            raise ValidationError(f"There is no event “{slug[:MAX_ECHO]}” here.", "invalid_choice")
        return slug

    def _typed(self, name: str) -> str:
        """A side of the range as it was typed, unless two differ."""
        return "" if self.has_error(name, "repeated") else str(self[name].value())

    def _readable(self, name: str) -> tuple[str, ...]:
        """The values of a repeated parameter that are choices, also beside one that is not."""
        field = self.fields[name]
        return field.readable if isinstance(field, ValuesField) else ()
