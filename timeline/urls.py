"""One word per page: the URL, the view, the template and the test bear the same name."""

from django.contrib import admin
from django.urls import path

from timeline.views import (
    actors,
    articles,
    events,
    exports,
    home,
    quotes,
    remarks,
    server_error,
    timelines,
)

handler500 = server_error.server_error

urlpatterns = [
    path("", home.home, name="home"),
    path("timelines/<slug:slug>/", timelines.timeline, name="timeline"),
    path("timelines/<slug:slug>/export/<slug:format>/", exports.export, name="export"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("events/<slug:slug>/remark/", remarks.event_remark, name="event_remark"),
    path("events/<slug:slug>/remark/thanks/", remarks.event_thanks, name="event_thanks"),
    path("articles/", articles.articles, name="articles"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("articles/<slug:slug>/remark/", remarks.article_remark, name="article_remark"),
    path("articles/<slug:slug>/remark/thanks/", remarks.article_thanks, name="article_thanks"),
    path("actors/", actors.actors, name="actors"),
    path("actors/<slug:slug>/", actors.actor, name="actor"),
    path("quotes/", quotes.quotes, name="quotes"),
    path("desk/", admin.site.urls),
]
