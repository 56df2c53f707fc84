"""The admin site under Dateline's name."""

from django.contrib.admin import AdminSite


class DatelineAdminSite(AdminSite):
    """Django's admin, titled for the editor."""

    site_header = "Dateline"
    site_title = "Dateline desk"
    index_title = "The desk"
