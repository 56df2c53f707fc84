"""The Django applications of the project."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class TimelineConfig(AppConfig):
    """Articles in, a timeline out."""

    name = "timeline"
    verbose_name = "Dateline"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the desk's records, after the admin site has been made."""
        from django.contrib import admin
        from django_otp.plugins.otp_static.models import StaticDevice
        from django_otp.plugins.otp_totp.models import TOTPDevice
        from django_tasks_db.models import DBTaskResult

        for records in (
            *("articles", "batches", "feeds", "events", "reports", "actors", "quotes"),
            *("suggestions", "decisions", "timelines", "drafts", "remarks"),
        ):
            import_module(f"timeline.admin.{records}")
        # The keys of authenticator apps are nobody's to look at; `manage.py editor` resets them.
        admin.site.unregister([TOTPDevice, StaticDevice])
        # What the worker has to do is shown by batches, in the desk's words.
        admin.site.unregister(DBTaskResult)


class AdminConfig(DjangoAdminConfig):
    """Django's admin with Dateline's site, where the review desk lives."""

    default_site = "timeline.admin.site.DatelineAdminSite"
