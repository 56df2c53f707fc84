"""Columns derived from a string that holds the truth, on every way into the database."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from timeline import dates


def validate_edtf(value: str) -> None:
    """Raise ValidationError in plain words unless `value` is EDTF (ISO 8601-2)."""
    try:
        dates.validate(value)
    except ValueError as error:
        raise ValidationError(str(error), code="edtf") from error


def words_of(edtf: str) -> str:
    """Return the date as a reader says it; as it stands where it came past the checks."""
    try:
        return dates.words(edtf)
    except ValueError:
        return edtf


def precision_of(edtf: str) -> str:
    """Return what a reader must know of how exact the date is; nothing of one that is none."""
    try:
        return dates.precision(edtf)
    except ValueError:
        return ""


_Derived = TypeVar("_Derived", bound="Derived")

# Django's fields take their type arguments from django-stubs alone.
if TYPE_CHECKING:
    _AnyField = models.Field[Any, Any]
    _DateField = models.DateField[Any, Any]
    _DateTimeField = models.DateTimeField[Any, Any]
else:
    _AnyField, _DateField, _DateTimeField = models.Field, models.DateField, models.DateTimeField


class DerivedQuerySet(models.QuerySet[_Derived]):
    """Keeps derived columns right where Django goes past `save()`."""

    def bulk_create(self, objs: Iterable[_Derived], *args: Any, **kwargs: Any) -> list[_Derived]:
        """Insert as Django does; where a conflict updates the source, what follows is updated."""
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = self.model.with_derived(kwargs["update_fields"])
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(
        self, objs: Iterable[_Derived], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        """Update as Django does, and with the source what follows from it."""
        objs = list(objs)
        for obj in objs:
            obj.derived()
        return super().bulk_update(objs, self.model.with_derived(fields), batch_size)

    def update(self, **kwargs: Any) -> int:
        """Update as Django does, with the columns derived from the values given.

        Raises TypeError for a database expression that comes without them (`bulk_update` gives
        both): nothing can be derived from it.
        """
        source = self.model.DERIVED_FROM
        if isinstance(kwargs.get(source), str):
            kwargs |= self.model.columns_from(kwargs[source])
        elif source in kwargs and not kwargs.keys() >= set(self.model.DERIVED_COLUMNS):
            raise TypeError(f"{source} takes a string: other columns are derived from it.")
        return super().update(**kwargs)


class DerivedAttribute(DeferredAttribute):
    """Reads a derived column from its source at every turn, so that it is never stale.

    Where the source is malformed, because it came past the checks into the database, the stored
    column stands.
    """

    def __get__(self, instance: models.Model | None, cls: type | None = None) -> Any:
        if not isinstance(instance, Derived):
            return self
        try:
            return instance.derived()[self.field.name]
        except ValidationError:  # the form names it beside its field
            return instance.__dict__.get(self.field.attname)

    def __set__(self, instance: "Derived", value: object) -> None:
        # Django takes a field without an entry for one that was not loaded and must not be saved.
        instance.__dict__[self.field.attname] = value


class DerivedField(_AnyField):
    """A field that follows from its model's source, whatever it is set to."""

    descriptor_class = DerivedAttribute

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        """Return the derived value. Raises ValidationError when the source is malformed."""
        assert isinstance(instance, Derived)
        return instance.derived()[self.name]

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Stand in migrations as the plain field: the database knows no difference."""
        name, path, args, kwargs = super().deconstruct()
        return (
            name,
            path.replace("timeline.models.derived.Derived", "django.db.models."),
            args,
            kwargs,
        )


class DerivedDateField(DerivedField, _DateField):
    """A derived date."""


class DerivedDateTimeField(DerivedField, _DateTimeField):
    """A derived instant."""


class Derived(models.Model):
    """A model with columns that follow from one other, `DERIVED_FROM`."""

    DERIVED_FROM: ClassVar[str]
    DERIVED_COLUMNS: ClassVar[tuple[str, ...]]

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save as Django does, and with the source what follows from it."""
        if update_fields is not None:
            update_fields = self.with_derived(update_fields)
        super().save(*args, update_fields=update_fields, **kwargs)

    @staticmethod
    def columns_from(source: str, /) -> dict[str, Any]:
        """Return the derived columns of a source. Raises ValueError when it is malformed."""
        raise NotImplementedError

    @classmethod
    def with_derived(cls, fields: Iterable[str]) -> list[str]:
        """Return `fields`, and the derived ones with them where they hold their source."""
        fields = set(fields)
        if cls.DERIVED_FROM in fields:
            fields.update(cls.DERIVED_COLUMNS)
        return sorted(fields)

    def derived(self) -> dict[str, Any]:
        """Return the derived columns. Raises ValidationError when the source is malformed."""
        try:
            return type(self).columns_from(getattr(self, self.DERIVED_FROM))
        except ValueError as error:
            raise ValidationError({self.DERIVED_FROM: str(error)}, code="derived") from error


def span_of(edtf: str) -> dict[str, Any]:
    """Return the columns `earliest` and `latest` of an EDTF string; ValueError if it is none."""
    return dates.bounds(edtf)._asdict()


class Dated(Derived):
    """A model with a date: the EDTF string, and its first and last day for queries and order."""

    DERIVED_FROM = "edtf"
    DERIVED_COLUMNS = ("earliest", "latest")
    columns_from = staticmethod(span_of)

    edtf = models.CharField(
        "date (EDTF)",
        max_length=80,
        blank=True,
        validators=[validate_edtf],
        help_text="2018-03-27, 2018-03, 2018-21 (spring), 2011-12~ (about), "
        "2019-01-07/2019-01-10, 2019-01-10/.. (open). Empty: date not set.",
    )
    earliest = DerivedDateField(null=True, editable=False, db_index=True)
    latest = DerivedDateField(null=True, editable=False)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=models.Q(earliest__lte=models.F("latest"))
                | models.Q(earliest=None)
                | models.Q(latest=None),
                name="%(class)s_earliest_before_latest",
            ),
            models.CheckConstraint(
                condition=models.Q(edtf="", earliest=None, latest=None)
                | (
                    ~models.Q(edtf="")
                    & (models.Q(earliest__isnull=False) | models.Q(latest__isnull=False))
                ),
                name="%(class)s_bounds_follow_edtf",
            ),
        )

    @property
    def date_words(self) -> str:
        """The date as a reader says it."""
        return words_of(self.edtf)
