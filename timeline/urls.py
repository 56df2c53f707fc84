"""One word per page: the URL, the view, the template and the test bear the same name."""

from django.contrib import admin
from django.urls import path

from timeline.views import actors, articles, events, exports, home, quotes, server_error, timelines

handler500 = server_error.server_error

urlpatterns = [
    path("", home.home, name="home"),
    path("timelines/<slug:slug>/", timelines.timeline, name="timeline"),
    path("timelines/<slug:slug>/export/<slug:format>/", exports.export, name="export"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("articles/", articles.articles, name="articles"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("actors/", actors.actors, name="actors"),
    path("actors/<slug:slug>/", actors.actor, name="actor"),
    path("quotes/", quotes.quotes, name="quotes"),
    path("desk/", admin.site.urls),
]
