"""Rows as plain values: what a decision writes down, compares and restores."""

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import batched
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from timeline.models.derived import DerivedField

# A row's columns by name, as JSON has them; a relation by its key, as `place_id`.
type Columns = dict[str, Any]

# SQLite takes about 1000 values in a query.
_ROWS_A_QUERY = 500


class Key(NamedTuple):
    """One row of one table."""

    model: type[models.Model]
    pk: int


def key_of(row: models.Model) -> Key:
    """Return where a row is stored."""
    return Key(type(row), row.pk)


def columns_of(row: models.Model) -> Columns:
    """Return the columns of a row but its key, and those that follow from others."""
    values = {field.attname: getattr(row, field.attname) for field in stored_fields(type(row))}
    plain: Columns = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return plain


def rows_at(keys: Iterable[Key]) -> dict[Key, Columns]:
    """Read the columns of these rows as they are now; one that is gone has no entry."""
    return {key: columns_of(row) for key, row in fetched(keys).items()}


def fetched(keys: Iterable[Key], *, lock: bool = False) -> dict[Key, models.Model]:
    """Read these rows, locked in the order of their keys if told so."""
    by_model: defaultdict[type[models.Model], list[int]] = defaultdict(list)
    for key in keys:
        by_model[key.model].append(key.pk)
    found: dict[Key, models.Model] = {}
    for model, pks in by_model.items():
        for some in batched(sorted(pks), _ROWS_A_QUERY, strict=False):
            rows = model._base_manager.filter(pk__in=some).order_by("pk")
            rows = rows.select_for_update() if lock else rows
            found |= {Key(model, row.pk): row for row in rows}
    return found


def set_columns(row: models.Model, columns: Columns) -> list[str]:
    """Give a row these columns, and return the names of their fields, to be saved."""
    fields = [field for field in stored_fields(type(row)) if field.attname in columns]
    for field in fields:
        setattr(row, field.attname, field.to_python(columns[field.attname]))
    return [field.name for field in fields]


def stored_fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """Return the fields of a model but its key, and those that follow from others."""
    return [
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.generated or isinstance(field, DerivedField))
    ]
