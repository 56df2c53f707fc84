"""Who acts and where: actors with their aliases and roles, and places."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.urls import reverse

from timeline.models.derived import validate_edtf
from timeline.models.publishable import rows


class ActorQuerySet(models.QuerySet["Actor"]):
    """Reads of actors."""

    def public(self) -> "ActorQuerySet":
        """Actors who take part in a public event, or speak in a public quote."""
        parts = rows(Actor, "participations").public().filter(actor=OuterRef("pk"))
        quotes = rows(Actor, "quotes").public().filter(speaker=OuterRef("pk"))
        return self.filter(Exists(parts) | Exists(quotes))

    def named(self, *names: str) -> "ActorQuerySet":
        """Actors that bear one of `names`, as their own or as an alias, in any case of letters."""
        bears = models.Q(pk=None)
        for name in names:
            bears |= models.Q(name__iexact=name) | models.Q(aliases__name__iexact=name)
        return self.filter(bears).distinct().prefetch_related("aliases")


class Actor(models.Model):
    """A person, an organisation or a country."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        ORGANISATION = "organisation", "Organisation"
        COUNTRY = "country", "Country"

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    wikidata = models.CharField(max_length=20, blank=True)

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

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.slug])

    def bears(self, name: str) -> bool:
        """Whether `name` is the actor's own or an alias, in any case of letters."""
        borne = (self.name, *(alias.name for alias in self.aliases.all()))
        return name.casefold() in map(str.casefold, borne)


class AliasQuerySet(models.QuerySet["Alias"]):
    """Reads of aliases."""

    def public(self) -> "AliasQuerySet":
        """Aliases that readers see where they see the actor."""
        return self.filter(is_published=True)


class Alias(models.Model):
    """Another name of an actor, in any script: shown to readers, or for matching alone."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200, db_index=True)
    is_published = models.BooleanField("shown to readers", default=True)

    objects = AliasQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "aliases"
        constraints = (
            models.UniqueConstraint(fields=("actor", "name"), name="alias_once_per_actor"),
        )
        indexes = (models.Index(Lower("name"), name="alias_by_folded_name"),)

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """What an actor is or was, from and to an EDTF date."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="roles")
    title = models.CharField(max_length=200)
    since = models.CharField("from (EDTF)", max_length=40, blank=True, validators=[validate_edtf])
    until = models.CharField("to (EDTF)", max_length=40, blank=True, validators=[validate_edtf])

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title


class PlaceQuerySet(models.QuerySet["Place"]):
    """Reads of places."""

    def public(self) -> "PlaceQuerySet":
        """Places of a public event, known from no report or from one that is public."""
        events = rows(Place, "events").public().placed()
        return self.filter(Exists(events.filter(place=OuterRef("pk"))))

    def named(self, *names: str) -> "PlaceQuerySet":
        """Places that bear one of `names`, in any case of letters."""
        bears = models.Q(pk=None)
        for name in names:
            bears |= models.Q(name__iexact=name)
        return self.filter(bears)


class Place(models.Model):
    """A named place; coordinates in decimal degrees (WGS 84)."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
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

    def __str__(self) -> str:
        return self.name

    def bears(self, name: str) -> bool:
        """Whether `name` is the place's, in any case of letters."""
        return name.casefold() == self.name.casefold()
