"""A card's fields, corrected in place: title, date, status, actors, place; or a quote's."""

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline.admin.fields import EdtfInput, LinesField
from timeline.admin.generics import ModelForm
from timeline.models import Suggestion
from timeline.typed_dates import EXAMPLES, read_typed


class TypedDateInput(EdtfInput):
    """A date as people type it, with its interpretation beneath, as in an article of a day."""

    def __init__(self, day: dt.date) -> None:
        super().__init__()
        self.day = day

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Render the field, and for whose day its words are read."""
        field = super().render(name, value, attrs, renderer)
        return format_html('<span data-day="{}">{}</span>', self.day.isoformat(), field)


class TypedDateField(forms.CharField):
    """“26 March”, “late 2011” or EDTF; clean, it is EDTF."""

    def __init__(self, day: dt.date) -> None:
        super().__init__(
            label="Date", required=False, max_length=80, help_text=EXAMPLES,
            widget=TypedDateInput(day),
        )  # fmt: skip
        self.day = day

    def to_python(self, value: Any) -> str:
        """Return the date as EDTF. Raises ValidationError for what is none."""
        try:
            return read_typed(super().to_python(value) or "", self.day)
        except ValueError as error:
            raise forms.ValidationError(str(error), "date") from error


class EditForm(ModelForm):
    """The fields of a suggestion that an editor corrects."""

    def __init__(self, data: QueryDict | None, suggestion: Suggestion) -> None:
        super().__init__(
            data,
            instance=suggestion,
            auto_id=f"s{suggestion.pk}-edit-%s",
            prefix="edit",
        )
        is_quote = suggestion.type == Suggestion.Type.QUOTE
        for name in REPORT if is_quote else QUOTE:
            del self.fields[name]
        if is_quote:
            self.fields["text"].required = True
        else:
            self.fields["edtf"] = TypedDateField(suggestion.article.published_on)
            self.fields["actors"] = LinesField(
                label="Who", required=False, help_text="One name a line.",
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
            for name in ("title", "status", "stance"):
                self.fields[name].required = True
        next(iter(self.fields.values())).widget.attrs["autofocus"] = True

    class Meta:
        model = Suggestion
        fields = (
            "title", "edtf", "status", "stance", "kind", "actors", "place",
            "text", "is_partial", "speaker", "attribution", "medium",
        )  # fmt: skip
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}  # noqa: RUF012

    def _post_clean(self) -> None:
        """Leave the record as it is: what was sent is checked, and saved by `correct`."""

    @property
    def columns(self) -> dict[str, Any]:
        """What was sent, by column."""
        return dict(self.cleaned_data)


REPORT = ("title", "edtf", "status", "stance", "kind", "actors", "place")
QUOTE = ("text", "is_partial", "speaker", "attribution", "medium")


def edit_form(suggestion: Suggestion, data: QueryDict | None = None) -> EditForm:
    """The fields of a suggestion as it stands, or as they were sent."""
    return EditForm(data, suggestion)
