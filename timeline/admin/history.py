"""The history of a record: what an editor changed in its form, with old and new values."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator

from timeline.admin.generics import ModelForm


def with_values(message: list[dict[str, Any]], form: ModelForm, formsets: Iterable[Any]) -> None:
    """Give Django's message of a change the old and new value of each field that it names.

    The message names the form, and then of each formset its added, changed and deleted rows.
    """
    changed = [form] if form.changed_data else []
    for formset in formsets:
        by_row = {id(one.instance): one for one in formset.forms}
        rows = getattr(formset, "changed_objects", ())
        changed += [by_row[id(row)] for row, _ in rows if id(row) in by_row]
    parts = [part["changed"] for part in message if "changed" in part]
    if len(parts) == len(changed):
        for part, of in zip(parts, changed, strict=True):
            part["fields"] = [_change(of, name) for name in of.changed_data]


def _change(form: Any, name: str) -> str:
    """One field with what it said and says; a tie to many is named alone."""
    label = str(form.fields[name].label or name.replace("_", " ").capitalize())
    try:
        field: Any = form.instance._meta.get_field(name)
    except FieldDoesNotExist:
        return label
    if field.many_to_many or not field.concrete:
        return label
    old, new = form.initial.get(name), getattr(form.instance, field.attname)
    return f"{label}: {value_words(field, old)} → {value_words(field, new)}"


def value_words(field: Any, value: Any) -> str:
    """Return a stored value in words; a long one is cut."""
    if value in (None, "", [], {}):
        return "–"
    if field.is_relation:
        row = field.remote_field.model._base_manager.filter(pk=value).first()
        return Truncator(str(row or f"{value}, gone")).chars(120)
    if isinstance(field, models.DateTimeField):
        at = timezone.localtime(field.to_python(value))
        return f"{at.day} {at:%b %Y, %H:%M}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.name == "basis":
        return Truncator("; ".join(_basis_words(value))).chars(200)
    if isinstance(value, (list, dict)):
        parts = value if isinstance(value, list) else [f"{k}: {v}" for k, v in value.items()]
        return Truncator(", ".join(map(str, parts))).chars(200)
    return Truncator(str(dict(field.flatchoices).get(value, value))).chars(200)


def _basis_words(value: Any) -> Iterator[str]:
    """Say of each verdict its rule and the words that it rests on."""
    for of, said in value.items() if isinstance(value, dict) else ():
        if isinstance(said, dict):
            spans = said.get("spans") or ()
            words = ", ".join(f"“{span.get('exact', '')}”" for span in spans)
            yield f"{of}: {said.get('rule', '')}{f' {words}' if words else ''}"
