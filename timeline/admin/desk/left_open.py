"""What a page leaves open, asked in fields of its own."""

import datetime as dt
from typing import Any

from django import forms

from timeline.addresses import FetchError, parsed
from timeline.models import BatchItem
from timeline.models.publication import validate_published

FIELDS = ("published", "headline", "outlet", "url")


def day_field() -> forms.DateField:
    """Return the field of a day of publication."""
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label="Day of publication", required=False, widget=widget)


def text_field(longest: int, label: str = "") -> forms.CharField:
    """Return the field of a headline or an outlet."""
    widget = forms.TextInput(attrs={"class": "vTextField"})
    return forms.CharField(label=label or None, required=False, max_length=longest, widget=widget)


def address_field() -> forms.URLField:
    """Return the field of the address of an article's page."""
    widget = forms.URLInput(attrs={"class": "vTextField"})
    return forms.URLField(
        label="Address",
        required=False,
        max_length=500,
        widget=widget,
        assume_scheme="https",
        validators=[validate_address],
    )


def validate_address(value: str) -> None:
    """Raise ValidationError for an address that no page of a newspaper has."""
    try:
        parsed(value)
    except FetchError as error:
        raise forms.ValidationError(str(error)) from error


def day_choices(days: list[dt.date]) -> forms.RadioSelect:
    """Return the choice between the days that a date may be."""
    choices = [(day.isoformat(), f"{day.day} {day:%B %Y}") for day in days]
    return forms.RadioSelect(choices=choices)


def checked_day(day: dt.date | None) -> dt.date | None:
    """Return a day. Raises ValidationError for one on which no article was published."""
    if day:
        validate_published(day.isoformat())
    return day


class AnswerForm(forms.Form):
    """What an article of a batch leaves open: just that, each in a field of its own."""

    published = day_field()
    headline = text_field(300)
    outlet = text_field(200)
    url = address_field()

    def __init__(self, item: BatchItem, data: Any = None) -> None:
        super().__init__(data, auto_id=f"id_{item.pk}_%s")
        self.item = item
        known = {**item.asks, **item.told}
        for name in FIELDS:
            if name != item.asks.get("field") and known.get(name):
                del self.fields[name]
        if asked := self.fields.get(item.asks.get("field", "")):
            asked.required = True
        if days := item.asks.get("days"):
            self.fields["published"].widget = day_choices(list(map(dt.date.fromisoformat, days)))

    def clean_published(self) -> dt.date | None:
        """Refuse a day on which no article was published."""
        return checked_day(self.cleaned_data["published"])

    def told(self) -> dict[str, str]:
        """Return what was answered, beside what was read before."""
        read = {name: self.item.asks[name] for name in FIELDS if name in self.item.asks}
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if day := given.get("published"):
            given["published"] = day.isoformat()
        return {**read, **given}
