"""A record that is being saved: read when nobody else writes it, and only what changed is written.

A form is open for minutes. What others did to the record meanwhile, a merge or an unpublishing,
must outlive its saving: so a form writes the columns that its editor changed and no other.
"""

import logging
import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ERROR_FLAG, SEARCH_VAR
from django.core.exceptions import (
    BadRequest,
    FieldDoesNotExist,
    FieldError,
    PermissionDenied,
    SuspiciousOperation,
)
from django.db import DatabaseError, Error, models
from django.db.models.constants import LOOKUP_SEP
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.text import capfirst

from timeline.admin.clashes import trying_twice
from timeline.admin.generics import ModelForm, Rows, editor_of
from timeline.admin.history import with_values
from timeline.admin.kept import KeptAdmin
from timeline.error_messages import is_refused
from timeline.models.derived import Derived
from timeline.models.history import Kept, keeping_ties

log = logging.getLogger("timeline.admin")


# Each word of a search is looked for in every column: PostgreSQL plans 3,000 for minutes.
MOST_WORDS = 30
MOST_KEY = 2**63 - 1  # what the widest integer column holds


class WrongLookupError(Exception):
    """The query string of a list asks for what the list cannot be narrowed by."""


# What a list raises whose address asks for what it cannot be
NO_LIST = (WrongLookupError, OverflowError, ValueError, FieldError, DatabaseError)


def is_key(value: object) -> bool:
    """Whether a database can be asked for the record with this key at all."""
    text = str(value)
    return not text.isdecimal() or (len(text) <= 19 and int(text) <= MOST_KEY)


class KnowsShown(forms.Field):
    """A choice of records that knows which its form showed as chosen, for they may be gone since.

    `RecordForm` tells it which; `gone` is how many of these were sent again and are deleted.
    """

    queryset: Any
    shown: Collection[str] = ()
    gone = 0

    def left_of(self, keys: list[str]) -> list[str]:
        """Return the keys without those that were shown and are deleted; count the deleted."""
        sent = {key for key in map(str, keys) if key.isdecimal() and is_key(key)}
        shown = sent.intersection(self.shown)
        left = {str(key) for key in self.queryset.filter(pk__in=shown).values_list("pk", flat=True)}
        self.gone = len(shown - left)
        return [key for key in keys if str(key) not in shown - left]


def drop_gone(data: QueryDict, prefix: str, rows: Rows) -> int:
    """Drop the rows that a form showed and that are not among `rows` any more; return how many.

    The others move up, as Django counts the rows of a form.
    """
    counts = [f"{prefix}-TOTAL_FORMS", f"{prefix}-INITIAL_FORMS"]
    if not all(re.fullmatch("[0-9]{1,9}", data.get(name, "")) for name in counts):
        return 0
    row = re.compile(rf"(initial-)?{re.escape(prefix)}-(0|[1-9][0-9]{{0,8}})-(.+)")
    total, initial_count = (int(str(data[name])) for name in counts)
    found = [match for name in data if (match := row.fullmatch(name))]
    shown = _keys_shown(data, found, rows.model._meta.pk.name, initial_count)
    left = set(rows.filter(pk__in=shown.values()).values_list("pk", flat=True))
    gone = {number for number, key in shown.items() if key not in left}
    if not gone:
        return 0
    kept = [(match, data.pop(match[0])) for match in found]
    for match, values in kept:
        number = int(match[2])
        if number not in gone:
            moved = number - sum(one < number for one in gone)
            data.setlist(f"{match[1] or ''}{prefix}-{moved}-{match[3]}", values)
    for name, count in zip(counts, (total, initial_count), strict=True):
        data[name] = str(count - len(gone))
    return len(gone)


def _keys_shown(
    data: QueryDict, found: list[re.Match[str]], field: str, count: int
) -> dict[int, int]:
    """Return the keys of stored rows that a form showed in its first `count` rows, by number."""
    return {
        int(number): int(key)
        for name in found
        for initial, number, column in [name.groups()]
        if not initial and column == field and int(number) < count
        if (key := str(data[name[0]])).isdecimal() and is_key(key)
    }


class RecordForm(ModelForm):
    """A form that changes of a stored record what its editor changed, and nothing else.

    What that is, is told by what the form showed, which it carries along: not by what the record
    holds now. A form that comes without it is compared with the record. Every constraint of the
    model is kept, also on columns that the form does not show.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*self._columns(), *self._relations()) if self.instance.pk else ():
            shown = self.add_initial_prefix(name)
            field = self.fields[name]
            field.show_hidden_initial = not self.is_bound or shown in self.data
            if isinstance(field, KnowsShown) and shown in self.data:
                field.shown = self.data[shown].split(",")

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
        self._save_m2m()
        stored: models.Model = self.instance
        return stored

    def _columns(self) -> list[str]:
        """The fields of the form that are columns of the record's table, without its key."""
        columns = self.instance._meta.concrete_fields
        return [one.name for one in columns if one.name in self.fields and not one.primary_key]

    def _relations(self) -> list[str]:
        """The fields of the form that tie the record to many others."""
        return [one.name for one in self.instance._meta.many_to_many if one.name in self.fields]

    def _save_m2m(self) -> None:
        """Tie and untie what the editor did, beside what others have tied meanwhile."""
        with keeping_ties(self.instance):
            self._tie()

    def _tie(self) -> None:
        for name in self._relations():
            if not self.fields[name].show_hidden_initial:
                continue
            chosen = self.cleaned_data.pop(name)
            shown = set(self.fields[name].hidden_widget().value_from_datadict(
                self.data, self.files, self.add_initial_prefix(name)
            ))  # fmt: skip
            tied = getattr(self.instance, name)
            kept = {one.pk for one in chosen}
            tied.remove(*(shown - kept))
            tied.add(*(kept - shown))
        super()._save_m2m()  # type: ignore[misc]

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


def _without(listed: list[Any], starts: tuple[str, ...]) -> list[Any]:
    """Return a nested list of lines without the lines that start so."""
    return [
        _without(one, starts) if isinstance(one, list) else one
        for one in listed
        if isinstance(one, list) or not str(one).startswith(starts)
    ]


class RecordAdmin(KeptAdmin):
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
        self.lock_before(request, found)
        rows = self.model.objects.order_by()  # the order of some joins, and so would lock, others
        list(rows.select_for_update(no_key=True).filter(pk=found.pk))
        return super().get_object(request, object_id, from_field)

    def lock_before(self, request: HttpRequest, record: models.Model) -> None:
        """Lock what is always locked before records of this model."""

    def save_model(
        self, request: HttpRequest, obj: models.Model, form: RecordForm, change: bool
    ) -> None:
        """Write a new record whole, of a stored one what the editor changed."""
        if not change:
            super().save_model(request, obj, form, change)
        elif form.changed_columns:
            self.save_changed(request, obj, form.changed_columns)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """Write old and new values into the history."""
        message: Any = super().construct_change_message(request, form, formsets, add)
        if not add:
            with_values(message, form, formsets or ())
        return message

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[Any], change: bool
    ) -> None:
        """Save what hangs on the record; say which records were chosen and are deleted since."""
        super().save_related(request, form, formsets, change)
        for one in (form, *(one for formset in formsets for one in formset.forms)):
            for field in one.fields.values():
                if isinstance(field, KnowsShown) and field.gone:
                    self._say_gone_meanwhile(request, field.gone, field.queryset.model._meta)

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Leave out the rows whose record somebody deleted or moved meanwhile, and say so."""
        found: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in found and obj.pk:
            parent = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)
            rows = inline.model._base_manager.filter(**{parent.name: obj})
            if gone := drop_gone(found["data"], prefix, rows):
                self._say_gone_meanwhile(request, gone, inline, "removed")
        return found

    def _say_gone_meanwhile(
        self, request: HttpRequest, count: int, noun: Any, done: str = "deleted"
    ) -> None:
        name = noun.verbose_name if count == 1 else noun.verbose_name_plural
        verb = "has" if count == 1 else "have"
        said = f"{count} {name} {verb} been {done} meanwhile by somebody else."
        self.message_user(request, said, messages.WARNING)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Leave out the rows that only tie two records: they have no name of their own."""
        listed, counts, lacking, kept = super().get_deleted_objects(objs, request)
        models = apps.get_app_config(self.opts.app_label).get_models(include_auto_created=True)
        ties = [model._meta for model in models if model._meta.auto_created]
        starts = tuple(f"{capfirst(tie.verbose_name)}: " for tie in ties)
        for tie in ties:
            counts.pop(str(tie.verbose_name_plural), None)
        return _without(listed, starts), counts, lacking, kept

    def save_changed(
        self, request: HttpRequest, record: models.Model, columns: Collection[str]
    ) -> None:
        """Write the columns of a stored record that its editor changed."""
        if isinstance(record, Kept):
            record.correct(columns, editor_of(request))
        else:
            record.save(update_fields=columns)

    @trying_twice
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show or save a form; a clash with another editor is told in it."""
        return super().changeform_view(request, *args, **kwargs)

    @trying_twice
    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Delete a record; what another editor ties to it meanwhile is told."""
        return super().delete_view(request, *args, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Fill a new record's form from the query string, without keys that no record has."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        for name in list(initial):
            try:
                field = self.opts.get_field(name)
            except FieldDoesNotExist:
                continue
            if not field.is_relation:
                continue
            sent = initial[name] if isinstance(initial[name], (list, tuple)) else [initial[name]]
            keys = [key for key in sent if str(key).isdecimal() and is_key(key)]
            initial[name] = keys if field.many_to_many else next(iter(keys), None)
        return initial

    @trying_twice
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the whole list, and say so, where it is asked for what the database cannot do."""
        try:
            if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
                raise OverflowError("A record was chosen that no database holds.")
            if len(request.GET.get(SEARCH_VAR, "").split()) > MOST_WORDS:
                raise WrongLookupError("A search has too many words.")
            return super().changelist_view(request, extra_context)
        except NO_LIST as error:
            is_narrowed = request.method == "POST" or not {ERROR_FLAG}.issuperset(request.GET)
            if not is_narrowed or (isinstance(error, DatabaseError) and not is_refused(error)):
                raise
            log.warning("A list was asked for what it cannot be", exc_info=True)
            messages.error(
                request, "The list cannot be shown as this address asks: here is all of it."
            )
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Leave it to `changelist_view` to answer wrong lookups, which Django takes for outages.

        A lookup that gets a value which it is not made for may fail in any way.
        """
        try:
            return super().get_changelist_instance(request)
        except (Error, PermissionDenied, SuspiciousOperation):
            raise
        except Exception as error:
            raise WrongLookupError(*error.args) from error

    def listed(self, request: HttpRequest) -> Rows:
        """The rows of the list, as the address filters it. Raises BadRequest where it cannot be."""
        try:
            rows: Rows = self.get_changelist_instance(request).queryset
        except NO_LIST as error:
            if isinstance(error, DatabaseError) and not is_refused(error):
                raise
            raise BadRequest("The list cannot be had as this address asks.") from error
        return rows

    def get_search_results(
        self, request: HttpRequest, queryset: Rows, search_term: str
    ) -> tuple[Rows, bool]:
        """Find nothing for more words than a search takes."""
        if len(search_term.split()) > MOST_WORDS:
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Refuse regular expressions: one may be none, or keep the server busy for hours.

        And `range`: Django takes the two ends from the characters of the value.
        """
        is_refused = not {"regex", "iregex", "range"}.isdisjoint(lookup.split(LOOKUP_SEP))
        return not is_refused and super().lookup_allowed(lookup, value, request)
