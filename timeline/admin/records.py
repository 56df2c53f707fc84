"""A record that is being saved: read when nobody else writes it, and only what changed is written.

A form is open for minutes. What others did to the record meanwhile, a merge or an unpublishing,
must outlive its saving: so a form writes the columns that its editor changed and no other.
"""

import logging
from typing import Any

from django import forms
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import DataError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from timeline.admin.generics import ModelAdmin, ModelForm
from timeline.models.derived import Derived

log = logging.getLogger("timeline.admin")


MOST_KEY = 2**63 - 1  # what the widest integer column holds


def is_key(value: object) -> bool:
    """Whether a database can be asked for the record with this key at all."""
    text = str(value)
    return not text.isdecimal() or (len(text) <= 19 and int(text) <= MOST_KEY)


class RecordForm(ModelForm):
    """A form that changes of a stored record what its editor changed, and nothing else.

    What that is, is told by what the form showed, which it carries along: not by what the record
    holds now. A form that comes without it is compared with the record. Every constraint of the
    model is kept, also on columns that the form does not show.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._columns() if self.instance.pk else ():
            shown = self.add_initial_prefix(name)
            self.fields[name].show_hidden_initial = not self.is_bound or shown in self.data

    @property
    def changed_columns(self) -> list[str]:
        """The columns of the record that the editor changed."""
        return [name for name in self._columns() if name in self.changed_data]

    def save(self, commit: bool = True) -> models.Model:
        """Save a new record whole, of a stored one what was changed."""
        if not commit or self.instance.pk is None or self.errors:
            saved: models.Model = super().save(commit)
            return saved
        if self.changed_columns:
            self.instance.save(update_fields=self.changed_columns)
        self._save_m2m()  # type: ignore[attr-defined]  # Django's own, as in its save()
        stored: models.Model = self.instance
        return stored

    def _columns(self) -> list[str]:
        """The fields of the form that are columns of the record's table, without its key."""
        columns = self.instance._meta.concrete_fields
        return [one.name for one in columns if one.name in self.fields and not one.primary_key]

    def _clean_form(self) -> None:
        """Check what the editor changed together with the rest as it is stored now."""
        if self.instance.pk:
            for name in set(self._columns()).difference(self.changed_data, self.errors):
                self.cleaned_data[name] = getattr(self.instance, name)
        super()._clean_form()  # type: ignore[misc]  # Django's own, between fields and model

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own, which checks the model
        if self.errors:
            return
        try:
            if isinstance(self.instance, Derived):
                for column, value in self.instance.derived().items():
                    setattr(self.instance, column, value)
            self.instance.validate_constraints()
        except forms.ValidationError as error:
            self.add_error(None, error)


class RecordAdmin(ModelAdmin):
    """An admin whose change form is saved upon the record as it stands in that moment."""

    form = RecordForm

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> models.Model | None:
        """Lock the record where its form was sent; Django's admin does that in a transaction.

        Not where it is deleted: that touches suggestions first, which are locked before events.
        """
        found = super().get_object(request, object_id, from_field)
        match = request.resolver_match
        is_form = bool(match and (match.url_name or "").endswith("_change"))
        if found is None or request.method != "POST" or not is_form:
            return found
        rows = self.model.objects.order_by()  # the order of some joins, and so would lock, others
        list(rows.select_for_update(no_key=True).filter(pk=found.pk))
        return super().get_object(request, object_id, from_field)

    def save_model(
        self, request: HttpRequest, obj: models.Model, form: RecordForm, change: bool
    ) -> None:
        """Write a new record whole, of a stored one what the editor changed."""
        if not change:
            super().save_model(request, obj, form, change)
        elif form.changed_columns:
            obj.save(update_fields=form.changed_columns)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Answer numbers that no database holds as Django answers any wrong lookup."""
        try:
            if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
                raise OverflowError("A record was chosen that no database holds.")
            return super().changelist_view(request, extra_context)
        except (OverflowError, ValueError, DataError):
            if ERROR_FLAG in request.GET:
                raise
            log.warning("A list was asked for what no column holds", exc_info=True)
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
