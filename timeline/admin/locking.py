"""A record that is being saved: read when nobody else writes it, so that nothing stale is kept."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest


class LockedForm(admin.ModelAdmin):
    """An admin whose change form is saved upon the record as it stands in that moment."""

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> models.Model | None:
        """Lock the record where its form was sent; Django's admin does that in a transaction.

        Not where it is deleted: that touches suggestions first, which are locked before events.
        """
        found = super().get_object(request, object_id, from_field)
        is_form = request.resolver_match.url_name.endswith("_change")
        if found is None or request.method != "POST" or not is_form:
            return found
        list(self.model.objects.select_for_update(no_key=True).filter(pk=found.pk))
        return super().get_object(request, object_id, from_field)
