"""Articles: what each reported, in short, and where to read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser, User
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q

from timeline.models import Article, Event, Quote, Report
from timeline.models.articles import ArticleQuerySet
from timeline.presenters.page import DayPage
from timeline.presenters.story_versions import StoryVersion, story_versions
from timeline.selection import DayInView, PageForm

PAGE_SIZE = 50


def known_articles(day: DayInView) -> ArticleQuerySet:
    """Return the public articles that had been published by the end of the day in view."""
    public = Article.objects.public().select_related("outlet")
    return public.known_on(day.known, day.zone) if day.known else public


@dataclass(frozen=True)
class ArticlesPage(DayPage):
    """The public articles, newest first, in pages."""

    form: PageForm

    @cached_property
    def articles(self) -> ListPage[Article]:
        """The page that is asked for, each article with its numbers of events and quotes."""
        reports = Q(reports__in=Report.objects.public())
        counted = known_articles(self.day).annotate(
            event_count=Count("reports", filter=reports, distinct=True),
            quote_count=Count("quotes", filter=Q(quotes__in=Quote.objects.public()), distinct=True),
        )
        number = self.form.cleaned_data.get("page", 1)
        return Paginator(counted.latest_first(), PAGE_SIZE).get_page(number)


@dataclass(frozen=True)
class ArticlePage(DayPage):
    """An article: bibliography, our abstract, its reports and quotes."""

    article: Article
    user: User | AnonymousUser

    @cached_property
    def is_known(self) -> bool:
        """Whether the article had been published by the end of the day in view."""
        return not self.known or known_articles(self.day).filter(pk=self.article.pk).exists()

    @cached_property
    def reports(self) -> Iterable[Report]:
        """What the article reports, each with its event as known on the day in view."""
        events = Event.objects.public().as_known_on(self.known, self.day.zone)
        return self.article.reports.public().prefetch_related(Prefetch("event", events))

    @cached_property
    def quotes(self) -> Iterable[Quote]:
        """Who is quoted in the article."""
        return (
            Quote.objects.public()
            .filter(article=self.article)
            .select_related("article__outlet", "speaker")
            .prefetch_related("speaker__roles")
        )

    @cached_property
    def versions(self) -> list[StoryVersion]:
        """The versions of the story that are known on the day in view."""
        rewrites = known_articles(self.day).filter(pk__in=self.article.rewrites())
        return story_versions(self.article, rewrites.order_by("published_at"))

    @cached_property
    def is_editor(self) -> bool:
        """Whether who asks may view articles."""
        return self.user.has_perm("timeline.view_article")

    @property
    def body(self) -> str:
        """The text: for editors, else where its licence lets everyone read it."""
        return self.article.body if self.is_editor else self.article.public_body

    @property
    def is_private(self) -> bool:
        """Whether the page shows a text that is for editors alone."""
        return self.is_editor and bool(self.article.body) and not self.article.public_body
