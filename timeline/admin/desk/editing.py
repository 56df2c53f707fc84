"""A card's fields, corrected in place: title, date, status, actors, place; or a quote's."""

from typing import Any

from django import forms
from django.http import QueryDict

from timeline.admin.date_fields import MAX_EDTF, TypedDateField
from timeline.admin.fields import LinesField
from timeline.admin.generics import ModelForm
from timeline.models import Suggestion
from timeline.typed_dates import EXAMPLES


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
            self.fields["edtf"] = TypedDateField(
                day=suggestion.article.published_on,
                label="Date",
                required=False,
                max_length=MAX_EDTF,
                help_text=EXAMPLES,
            )
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
