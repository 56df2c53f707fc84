"""Form fields for what a query string holds: text, dates, pages, choices among records."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict

from timeline.models import FormerSlug, Timeline
from timeline.models.actors import Named
from timeline.selection.selection import Side, side_of

MAX_LENGTH = 200
MAX_PAGE = 10_000
# Characters of a value that are repeated to the reader where it cannot be read.
MAX_ECHO = 40
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class QueryBoundField(BoundField):
    """A field beside its error, whose id is made of the URL parameter: `from-error`."""

    @property
    def error_id(self) -> str:
        """The id of the element that holds the field's error."""
        return f"{self.html_name}-error"

    @property
    def aria_describedby(self) -> str:
        """The ids of the hint, if there is one, and of the error."""
        hint = getattr(self.field, "hint_id", "")
        return " ".join(filter(None, (hint, self.error_id if self.errors else "")))


class AllValuesInput(forms.TextInput):
    """A text input that hands over every value given, so that its field can refuse two."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """Return the values of the parameter, in order."""
        return data.getlist(name) if isinstance(data, MultiValueDict) else [data.get(name, "")]


def validate_text(value: str) -> None:
    """Raise ValidationError for what is too long, or what no record can hold."""
    if len(value) > MAX_LENGTH:
        raise ValidationError(f"This is too long: {MAX_LENGTH} characters at most.", "max_length")
    if any(ord(character) < 32 or character == "\x7f" for character in value):
        raise ValidationError("This holds a character that cannot be searched for.", "characters")


class QueryField(forms.CharField):
    """Text that a query string gives once. Given again alike, it counts as once."""

    widget = AllValuesInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=MAX_LENGTH, **kwargs)
        self.validators = [validate_text]

    def to_python(self, value: str | Sequence[str] | None) -> str:
        """Return the value. Raises ValidationError where several differ."""
        given = self._given(value)
        if len(given) > 1:
            raise ValidationError("This is given more than once: choose one.", "repeated")
        return given[0] if given else ""

    def bound_data(self, data: str | Sequence[str] | None, initial: Any) -> str:
        """Return what the reader typed, the beginning of it where it could not be searched for."""
        given = self._given(data)
        try:
            validate_text(given[0] if given else "")
        except ValidationError:
            return given[0][:MAX_ECHO]
        return given[0] if given else ""

    @staticmethod
    def _given(value: str | Sequence[str] | None) -> list[str]:
        values = [value] if isinstance(value, str) else value or ()
        return list(dict.fromkeys(filter(None, (one.strip() for one in values))))


class WordsField(QueryField):
    """Words to search for, at most `max_words` of them."""

    def __init__(self, *, max_words: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_words = max_words

    def validate(self, value: str) -> None:
        """Raise ValidationError for too many words."""
        super().validate(value)
        if len(value.split()) > self.max_words:
            raise ValidationError(f"These are too many words: {self.max_words} at most.", "words")


class RangeField(QueryField):
    """One side of a range of dates, in EDTF: a day, a month or a year."""

    def __init__(self, *, side: Side, hint_id: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.side = side
        self.hint_id = hint_id

    def clean(self, value: Any) -> str:
        """Return the EDTF string. Raises ValidationError for what is no day, month or year."""
        text: str = super().clean(value)
        try:
            side_of(text, self.side)
        except ValueError as error:
            raise ValidationError(
                f"“{text[:MAX_ECHO]}” is not a date. Write 2018-03-27, 2018-03 or 2018.", "edtf"
            ) from error
        return text


class DayField(QueryField):
    """A day of publication, as ISO 8601 has it: 2018-03-28."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Return no maximum length, which inputs for dates do not know."""
        return {}

    def clean(self, value: Any) -> dt.date | None:
        """Return the day. Raises ValidationError for what is none."""
        text: str = super().clean(value)
        if not text:
            return None
        try:
            if not _DAY.fullmatch(text):
                raise ValueError
            day = dt.date.fromisoformat(text)
        except ValueError as error:
            raise ValidationError(
                f"“{text[:MAX_ECHO]}” is not a day. Write 2018-03-28.", "day"
            ) from error
        if day.year < 1000:
            raise ValidationError("This day lies before anything was reported.", "day")
        return day


class OptionField(QueryField):
    """One of a few options by name; the first stands where none is given."""

    def __init__(self, *, options: Collection[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.options = options

    def clean(self, value: Any) -> str:
        """Return the option. Raises ValidationError, with all of them, for another."""
        text: str = super().clean(value) or next(iter(self.options))
        if text not in self.options:
            raise ValidationError(
                f"“{text[:MAX_ECHO]}” is not one of: {', '.join(self.options)}.", "option"
            )
        return text


class PageField(QueryField):
    """The number of a page of a list, from 1."""

    def clean(self, value: Any) -> int:
        """Return the number. Raises ValidationError for what is none, or is absurd."""
        text: str = super().clean(value) or "1"
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MAX_PAGE):
            raise ValidationError(f"“{text[:MAX_ECHO]}” is not a page number.", "page")
        return int(text)


class ValuesField(forms.MultipleChoiceField):
    """A parameter that may be given more than once; its values keep their order.

    `readable` holds those of them that are choices, also where another is not.
    """

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, noun: str, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.noun = noun
        self.readable: tuple[str, ...] = ()

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the values. Raises ValidationError that names the first that is no choice."""
        values = dict.fromkeys(filter(None, value or ()))
        for one in values:
            validate_text(one)
        choices = self.choices_among(values) if values else ()
        self.readable = tuple(one for one in values if one in choices)
        if unknown := [one for one in values if one not in choices]:
            raise ValidationError(f"There is no {self.noun} “{unknown[0]}” here.", "invalid_choice")
        return self.readable

    def choices_among(self, values: Collection[str]) -> Collection[str]:
        """Return those of `values` that may be chosen, and perhaps others."""
        return {value for value in values if self.valid_value(value)}


class RecordsField(ValuesField):
    """Values that are slugs of the `records` of a timeline, which the form sets, or `others`."""

    timeline: Timeline

    def __init__(
        self,
        *,
        records: Callable[[Timeline], QuerySet[Any]],
        others: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.records = records
        self.others = others

    def choices_among(self, values: Collection[str]) -> Collection[str]:
        """Return the slugs among `values` that a record has, in one query."""
        found = self.records(self.timeline).filter(slug__in=values).values_list("slug", flat=True)
        return {*found, *self.others}

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the slugs, those that were merged away as the one that stayed is called now."""
        try:
            return super().clean(value)
        except ValidationError:
            led = self._led_on(value)
            if not led:
                raise
            return super().clean([led.get(one, one) for one in value])

    def _led_on(self, values: Collection[str]) -> dict[str, str]:
        """The slug of today by each former one, of actors and places."""
        model = self.records(self.timeline).model
        return led_on(model, values) if issubclass(model, Named) else {}


def led_on(model: type[Named], slugs: Collection[str]) -> dict[str, str]:
    """Return the slug of today by each of `slugs` whose record was merged away."""
    sane = [one for one in slugs if one and len(one) <= MAX_LENGTH and "\x00" not in one]
    former = FormerSlug.objects.public().of(model).filter(slug__in=sane)
    return {one.slug: one.record.slug for one in former}


class RecordField(forms.ChoiceField):
    """One record by its slug, of those offered; none stands for all of them.

    Records that are merged, of `model`, are found by their former slugs too.
    """

    def __init__(
        self, *, noun: str, anything: str, model: type[Named] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(required=False, widget=forms.Select(attrs={"class": "field"}), **kwargs)
        self.noun = noun
        self.anything = anything
        self.model = model

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Let the reader choose among these slugs, each with its words."""
        self.choices = [("", self.anything), *choices]

    def clean(self, value: Any) -> str:
        """Return the slug. Raises ValidationError for one that is not offered."""
        slug = self._today(value)
        validate_text(slug)
        if slug and not self.valid_value(slug):
            raise ValidationError(
                f"There is no {self.noun} “{slug[:MAX_ECHO]}” here.", "invalid_choice"
            )
        return slug

    def bound_data(self, data: Any, initial: Any) -> str:
        """Return the slug as it is looked up."""
        return self._today(data)

    def _today(self, value: Any) -> str:
        """The slug as it is called now; one that is not offered is looked up among former ones."""
        slug = (value or "").strip()
        if not slug or self.model is None or self.valid_value(slug):
            return slug
        return led_on(self.model, [slug]).get(slug, slug)
