"""What editors type into: EDTF dates that say how they are understood, and lists of words."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline import dates
from timeline.admin.basis import BasisField
from timeline.models.derived import Derived, validate_edtf
from timeline.models.evidence import validate_basis

MAX_EDTF = 80  # the length of the longest column that holds one


class EdtfInput(forms.TextInput):
    """A text field with its interpretation beneath, from the server and then as one types."""

    class Media:
        js = (forms.Script("timeline/js/edtf.js", type="module"),)

    def render(self, name: str, value: Any, attrs=None, renderer=None) -> SafeString:
        """Render the field and, where the value is EDTF, what it means."""
        attrs = {**(attrs or {}), "class": "edtf", "spellcheck": "false", "autocomplete": "off"}
        field = super().render(name, value, attrs, renderer)
        try:
            said = dates.interpretation(str(value or ""))
        except ValueError:
            said = ""  # the form's own error stands above the field
        return format_html(
            '<span class="edtf-field">{}<output class="edtf-said" for="{}" data-url="{}">{}'
            "</output></span>",
            field,
            attrs.get("id", ""),
            reverse("admin:interpret"),
            said,
        )


def interpret(request: HttpRequest) -> JsonResponse:
    """Answer how an EDTF string is understood, or what is wrong with it; for staff only."""
    edtf = request.GET.get("edtf", "").strip()
    if len(edtf) > MAX_EDTF:
        return JsonResponse({"error": f"A date has at most {MAX_EDTF} characters."})
    try:
        return JsonResponse({"said": dates.interpretation(edtf)})
    except ValueError as error:
        return JsonResponse({"error": str(error)})


class LinesField(forms.CharField):
    """A list of words, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines; leave what an editor typed as it is."""
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Return the lines that hold something."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


class NumbersField(forms.CharField):
    """A list of whole numbers from 1, separated by commas."""

    def prepare_value(self, value: Any) -> Any:
        """Show a list as “6, 7”; leave what an editor typed as it is."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[int]:
        """Return the numbers. Raises ValidationError for anything else."""
        parts = [part.strip() for part in str(value or "").split(",") if part.strip()]
        if any(not part.isdecimal() or not 1 <= int(part) <= 999 for part in parts):
            raise forms.ValidationError("Write paragraph numbers with commas: 6, 7.")
        return [int(part) for part in parts]


class WholeForm(forms.ModelForm):
    """A form that keeps every constraint of its model, also on columns that it does not show."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        try:
            if isinstance(self.instance, Derived):
                for column, value in self.instance.derived().items():
                    setattr(self.instance, column, value)
            self.instance.validate_constraints()
        except forms.ValidationError as error:
            self.add_error(None, error)


class DeskFields:
    """For an admin class: every EDTF column gets EdtfInput, every JSON list its lines."""

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs):
        """Choose the field by what the column holds; else as Django does."""
        if validate_edtf in db_field.validators:
            kwargs["widget"] = EdtfInput
        elif validate_basis in db_field.validators:
            return BasisField(label="How we know", required=False)
        elif isinstance(db_field, models.JSONField):
            field = NumbersField if db_field.name == "correction_paragraphs" else LinesField
            label = db_field.verbose_name.capitalize()
            return field(required=False, label=label, help_text=HINTS[db_field.name])
        elif isinstance(db_field, models.TextField):
            rows = 30 if db_field.name == "body" else 3
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": rows})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


HINTS = {
    "labels": "One a line: News Focus",
    "captions": "One a line.",
    "correction_paragraphs": "The paragraphs that the note names, with commas: 6, 7",
    "actors": "One name a line, as the record or an alias has it.",
}
