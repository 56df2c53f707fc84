"""Who acts and where, for editors: actors with their aliases and roles, and places."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.safestring import SafeString

from timeline.admin.columns import list_link
from timeline.admin.doubles import DoublesAdmin
from timeline.admin.fields import DeskFields, NamedRows
from timeline.admin.generics import Listed, Rows, TabularInline
from timeline.admin.records import RecordForm
from timeline.models import Actor, Alias, Place, PlaceAlias, Role
from timeline.models.actors import OtherName


class AliasInline(DeskFields, TabularInline):
    """Other names of an actor."""

    formset = NamedRows
    model: type[OtherName] = Alias
    form = RecordForm
    extra = 1


class PlaceAliasInline(AliasInline):
    """Other names of a place."""

    model = PlaceAlias


class RoleInline(DeskFields, TabularInline):
    """What an actor is or was."""

    formset = NamedRows
    model = Role
    form = RecordForm
    extra = 0


@admin.register(Actor)
class ActorAdmin(DeskFields, DoublesAdmin):
    """People, organisations and countries."""

    list_display = ("name", "kind", "events_named", "quotes_said", "wikidata")
    list_filter = ("kind",)
    search_fields = ("name", "aliases__name")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    inlines = (AliasInline, RoleInline)
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Count events and quotes in the same query."""
        rows: Rows = (
            super()
            .get_queryset(request)
            .annotate(
                event_count=Count("participations", distinct=True),
                quote_count=Count("quotes", distinct=True),
            )
        )
        return rows

    @admin.display(description="events", ordering="event_count")
    def events_named(self, actor: Listed) -> SafeString:
        """How many events name the actor."""
        return list_link("event", actor.event_count, participants__id__exact=actor.pk)

    @admin.display(description="quotes", ordering="quote_count")
    def quotes_said(self, actor: Listed) -> SafeString:
        """How many quotes are the actor's."""
        return list_link("quote", actor.quote_count, speaker__id__exact=actor.pk)


@admin.register(Place)
class PlaceAdmin(DeskFields, DoublesAdmin):
    """Named places."""

    list_display = ("name", "country", "latitude", "longitude", "events_held", "wikidata")
    list_filter = ("country",)
    search_fields = ("name", "country", "aliases__name")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    inlines = (PlaceAliasInline,)

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Count events in the same query."""
        rows: Rows = (
            super().get_queryset(request).annotate(event_count=Count("events", distinct=True))
        )
        return rows

    @admin.display(description="events", ordering="event_count")
    def events_held(self, place: Listed) -> SafeString:
        """How many events took place there."""
        return list_link("event", place.event_count, place__id__exact=place.pk)
