"""Who acts and where: actors with their roles, and places, each with its other names."""

import re
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.urls import reverse

from timeline.models.derived import validate_edtf
from timeline.models.history import Kept, KeptQuerySet
from timeline.models.publishable import rows
from timeline.models.scripts import language_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from timeline.models.merging import Choices

_ITEM = "Q[1-9][0-9]{0,18}"
validate_wikidata = RegexValidator(
    rf"\A{_ITEM}\Z", "Write the id of the item, as in Q56226.", code="wikidata"
)
validate_language = RegexValidator(
    r"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z",
    "Write the code of a language, as ko, zh-Hant or ru-Latn.",
    code="language",
)


class NamedQuerySet[Row: "Named"](KeptQuerySet[Row]):
    """Reads of what bears names."""

    def named(self, *names: str) -> Self:
        """Those that bear one of `names`, as their own or as an alias, in any case of letters."""
        bears = models.Q(pk=None)
        for name in names:
            bears |= models.Q(name__iexact=name) | models.Q(aliases__name__iexact=name)
        return self.filter(bears).distinct().prefetch_related("aliases")


class Named(Kept):
    """What bears names and is one thing in the world: an actor or a place."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    # Unique by `clean`, not by the table: two records with one id are what merging is for
    wikidata = models.CharField(
        "Wikidata id",
        max_length=20,
        blank=True,
        db_index=True,
        validators=[validate_wikidata],
        help_text="As in Q56226: it tells those of one name apart, also for other sites.",
    )

    if TYPE_CHECKING:  # the relations that lead to each
        objects: Any
        aliases: Any
        former_slugs: Any

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse the Wikidata id of another, and an address that leads readers to another."""
        super().clean()
        others = type(self)._default_manager.exclude(pk=self.pk)
        if self.wikidata and (other := others.filter(wikidata=self.wikidata).first()):
            said = f"{other} has this id. If both are one, merge them under Possible duplicates."
            raise ValidationError({"wikidata": ValidationError(said, "unique")})
        former = FormerSlug.objects.of(type(self)).filter(slug=self.slug)
        if self.slug and (found := former.first()) and found.record != self:
            said = f"This address leads to {found.record}, since a merge: choose another."
            raise ValidationError({"slug": ValidationError(said, "unique")})

    @property
    def wikidata_url(self) -> str:
        """The address of the item at Wikidata, which stands for the thing itself."""
        is_id = re.fullmatch(_ITEM, self.wikidata)  # rows may be older than the check
        return f"https://www.wikidata.org/wiki/{self.wikidata}" if is_id else ""

    def bears(self, name: str) -> bool:
        """Whether `name` is its own or an alias, in any case of letters."""
        borne = (self.name, *(alias.name for alias in self.aliases.all()))
        return name.casefold() in map(str.casefold, borne)

    def absorb(self, other: Self, by: "User", choices: "Choices | None" = None) -> None:
        """Take over all that hangs on `other`, and delete that; see `merging.merge`."""
        from timeline.models.merging import merge

        merge(self, other, by, choices)


class ActorQuerySet(NamedQuerySet["Actor"]):
    """Reads of actors."""

    def public(self) -> "ActorQuerySet":
        """Actors who take part in a public event, or speak in a public quote."""
        parts = rows(Actor, "participations").public().filter(actor=OuterRef("pk"))
        quotes = rows(Actor, "quotes").public().filter(speaker=OuterRef("pk"))
        return self.filter(Exists(parts) | Exists(quotes))


class Actor(Named):
    """A person, an organisation or a country."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        ORGANISATION = "organisation", "Organisation"
        COUNTRY = "country", "Country"

    kind = models.CharField(max_length=20, choices=Kind)

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=("person", "organisation", "country")),
                name="actor_kind_is_known",
            ),
        )
        indexes = (models.Index(Lower("name"), name="actor_by_folded_name"),)

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.slug])


class AliasQuerySet[Row: "OtherName"](KeptQuerySet[Row]):
    """Reads of aliases."""

    def public(self) -> Self:
        """Aliases that readers see where they see who bears them."""
        return self.filter(is_published=True)


class OtherName(Kept):
    """Another name, in any script: shown to readers, or for matching alone."""

    name = models.CharField(max_length=200, db_index=True)
    language = models.CharField(
        max_length=35,
        blank=True,
        validators=[validate_language],
        help_text="ko, zh-Hant, ru-Latn; left open, it is read off the script.",
    )
    is_published = models.BooleanField("shown to readers", default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def lang(self) -> str:
        """The language tag (BCP 47) for a page: as told, or what the script tells."""
        return self.language or language_of(self.name)


class Alias(OtherName):
    """Another name of an actor."""

    PART_OF = "actor"

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="aliases")

    objects = AliasQuerySet["Alias"].as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "aliases"
        constraints = (
            models.UniqueConstraint(fields=("actor", "name"), name="alias_once_per_actor"),
        )
        indexes = (models.Index(Lower("name"), name="alias_by_folded_name"),)


class RoleQuerySet(KeptQuerySet["Role"]):
    """Roles, whose changes go into the history."""


class Role(Kept):
    """What an actor is or was, from and to an EDTF date."""

    PART_OF = "actor"

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="roles")
    title = models.CharField(max_length=200)
    since = models.CharField("from (EDTF)", max_length=40, blank=True, validators=[validate_edtf])
    until = models.CharField("to (EDTF)", max_length=40, blank=True, validators=[validate_edtf])

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title


class PlaceQuerySet(NamedQuerySet["Place"]):
    """Reads of places."""

    def public(self) -> "PlaceQuerySet":
        """Places of a public event, known from no report or from one that is public."""
        events = rows(Place, "events").public().placed()
        return self.filter(Exists(events.filter(place=OuterRef("pk"))))


class Place(Named):
    """A named place; coordinates in decimal degrees (WGS 84)."""

    country = models.CharField(max_length=100, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_is_on_the_globe",
            ),
        )


class PlaceAlias(OtherName):
    """Another name of a place."""

    PART_OF = "place"

    place = models.ForeignKey(Place, models.CASCADE, related_name="aliases")

    objects = AliasQuerySet["PlaceAlias"].as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = "alias"
        verbose_name_plural = "aliases"
        constraints = (
            models.UniqueConstraint(fields=("place", "name"), name="alias_once_per_place"),
        )
        indexes = (models.Index(Lower("name"), name="place_alias_by_folded_name"),)


class FormerSlugQuerySet(models.QuerySet["FormerSlug"]):
    """Reads of former addresses."""

    def public(self) -> Self:
        """Those that lead to an actor or a place that readers see."""
        return self.filter(
            models.Q(actor__in=Actor.objects.public()) | models.Q(place__in=Place.objects.public())
        )

    def of(self, model: type[Named]) -> Self:
        """Those of actors, or those of places."""
        return self.filter(**{f"{model._meta.model_name}__isnull": False}).select_related(
            model._meta.model_name
        )


class FormerSlug(models.Model):
    """The address of a record that was merged away: it leads to the one that stayed."""

    slug = models.SlugField(max_length=80)
    actor = models.ForeignKey(Actor, models.CASCADE, null=True, related_name="former_slugs")
    place = models.ForeignKey(Place, models.CASCADE, null=True, related_name="former_slugs")

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        verbose_name = "former address"
        verbose_name_plural = "former addresses"
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=models.Q(actor=None) ^ models.Q(place=None),
                name="former_slug_of_one_record",
            ),
            *(
                models.UniqueConstraint(
                    fields=("slug",),
                    condition=models.Q(**{f"{one}__isnull": False}),
                    name=f"former_slug_of_one_{one}",
                )
                for one in ("actor", "place")
            ),
        )

    def __str__(self) -> str:
        return self.slug

    @property
    def record(self) -> Named:
        """The actor or the place that it leads to."""
        record = self.actor or self.place
        assert record is not None, "the table holds one of both"
        return record
