"""One word per page: the URL, the view, the template and the test bear the same name."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("desk/", admin.site.urls),
]
