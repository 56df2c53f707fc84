"""What editors type into: dates that say how they are understood, texts, and lists of words."""

import hashlib
import re
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest

from timeline.admin.basis import BasisField
from timeline.admin.date_fields import HELP, ISO_DAY, EdtfInput, TypedDateField
from timeline.admin.generics import (
    AdminMixin,
    AnyField,
    ForeignKey,
    InlineFormSet,
    ManyToManyField,
    ModelChoiceField,
    ModelMultipleChoiceField,
    Rows,
)
from timeline.admin.records import KnowsShown, is_key
from timeline.models.derived import validate_edtf
from timeline.models.evidence import validate_basis


class LinesField(forms.CharField):
    """A list of words, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines; leave what an editor typed as it is."""
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # of a JSON column
        """Return the lines that hold something."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


class NumbersField(forms.CharField):
    """A list of whole numbers from 1, separated by commas."""

    def prepare_value(self, value: Any) -> Any:
        """Show a list as “6, 7”; leave what an editor typed as it is."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[int]:  # type: ignore[override]  # of a JSON column
        """Return the numbers. Raises ValidationError for anything else."""
        parts = [part.strip() for part in str(value or "").split(",") if part.strip()]
        if any(not re.fullmatch(r"[1-9][0-9]{0,2}", part) for part in parts):
            raise forms.ValidationError("Write paragraph numbers with commas: 6, 7.")
        return [int(part) for part in parts]


class KeyField(KnowsShown, ModelChoiceField):
    """A choice of one record. A key that no database can hold is no valid choice.

    A record that is deleted since the form showed it is left as it is stored now.
    """

    def clean(self, value: Any) -> Any:
        """Return the record, None for one that is gone. Raises ValidationError for no record."""
        if value and str(value) in self.shown and not self.left_of([value]):
            return None
        return super().clean(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show what was sent again, unless the widget could not even look for it."""
        return data if not data or (str(data).isdecimal() and is_key(data)) else None


class ShownKeys(forms.HiddenInput):
    """The records that a form showed as chosen, carried along in one field: they may be many."""

    def format_value(self, value: Any) -> str:
        """Write their keys."""
        return ",".join(map(str, value or ()))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[int]:
        """Read the keys; what is none was not shown."""
        sent = data.get(name, "").split(",")
        return [int(key) for key in sent if key.isdecimal() and is_key(key)]


class KeysField(KnowsShown, ModelMultipleChoiceField):
    """A choice of several records. A key that no database can hold is no valid choice.

    Records that are deleted since the form showed them are left out.
    """

    hidden_widget = ShownKeys

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show what was sent again, unless the widget could not even look for it."""
        return [one for one in data or () if str(one).isdecimal() and is_key(one)]

    def clean(self, value: Any) -> Rows:
        """Return the records. Raises ValidationError where one of the keys is none."""
        if wrong := [one for one in value or () if not is_key(one)]:
            message = self.error_messages["invalid_choice"]
            raise forms.ValidationError(message, "invalid_choice", {"value": wrong[0][:30]})
        return super().clean(self.left_of(list(value or ())))


class ShownText(forms.HiddenInput):
    """The long text that a form showed, carried along as its digest: a body is megabytes."""

    def format_value(self, value: Any) -> str:
        """Write the digest; a form that comes back with an error has it already."""
        shown = str(value or "")
        return shown if BodyField.is_digest(shown) else BodyField.digest(shown)


class BodyField(forms.CharField):
    """The text of an article, its lines ended as it is stored, whatever the browser sends."""

    widget = AdminTextareaWidget(attrs={"rows": 30})
    hidden_widget = ShownText

    @staticmethod
    def digest(text: str) -> str:
        """Return what tells one text from another; an edge of white space does not."""
        text = text.replace("\r\n", "\n").strip()
        return "sha256:" + hashlib.sha256(text.encode(errors="replace")).hexdigest()

    @staticmethod
    def is_digest(text: str) -> bool:
        """Return whether `text` is what `digest` gives."""
        return re.fullmatch("sha256:[0-9a-f]{64}", text) is not None

    def to_python(self, value: Any) -> str:
        """Return the text with plain line ends."""
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare with what the form showed, or with the record where it came without."""
        shown = str(initial or "")
        shown = shown if self.is_digest(shown) else self.digest(shown)
        return shown != self.digest(str(data or ""))


class NamedRows(InlineFormSet):
    """The rows of a table in a form, each with a named box for its deletion."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name the box: its heading stands far above it."""
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            row = f" row {index + 1}" if index is not None else ""
            form.fields[DELETION_FIELD_NAME].widget.attrs["aria-label"] = f"Delete{row}"


class DeskFields(AdminMixin):
    """For an admin class: every EDTF column gets TypedDateField, every JSON list its lines."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Bear keys that no database can hold."""
        kwargs.setdefault("form_class", KeyField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Bear keys that no database can hold."""
        kwargs.setdefault("form_class", KeysField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: AnyField, request: HttpRequest, **kwargs: Any) -> Any:
        """Choose the field by what the column holds; in the rows of a table, name it."""
        field = self._field_for(db_field, request, **kwargs)
        if field is not None and isinstance(self, admin.TabularInline):
            inner = getattr(field.widget, "widget", field.widget)
            inner.attrs["aria-label"] = str(field.label or db_field.verbose_name).capitalize()
        return field

    def _field_for(self, db_field: AnyField, request: HttpRequest, **kwargs: Any) -> Any:
        """Choose the field by what the column holds; else as Django does."""
        if validate_edtf in db_field.validators:
            kwargs |= {"form_class": TypedDateField, "widget": EdtfInput, "help_text": HELP}
        elif validate_basis in db_field.validators:
            return BasisField(label="How we know", required=False)
        elif isinstance(db_field, models.JSONField):
            field = NumbersField if db_field.name == "correction_paragraphs" else LinesField
            label = db_field.verbose_name.capitalize()
            return field(required=False, label=label, help_text=HINTS[db_field.name])
        elif isinstance(db_field, models.DateField) and not isinstance(
            db_field, models.DateTimeField
        ):
            kwargs["widget"] = AdminDateWidget(format=ISO_DAY)
            kwargs["input_formats"] = [ISO_DAY]
            kwargs.setdefault("help_text", "2018-03-28")
        elif db_field.name == "body":
            return BodyField(required=False, label="Body", help_text=db_field.help_text)
        elif isinstance(db_field, models.TextField):
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


HINTS = {
    "labels": "One a line: News Focus",
    "captions": "One a line.",
    "correction_paragraphs": "The paragraphs that the note names, with commas: 6, 7",
    "actors": "One name a line, as the record or an alias has it.",
}
