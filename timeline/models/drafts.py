"""Drafts: articles gathered for a timeline, and what the engine made of each."""

from collections.abc import Collection, Iterable

from django.db import models, transaction
from django.db.models import Count, F, Q
from django.urls import reverse

from timeline.models.articles import Article
from timeline.models.timelines import Timeline

SHOWN = 40  # candidates that a new draft shows; a printed timeline of a story has about as many


class DraftQuerySet(models.QuerySet["Draft"]):
    """Reads of drafts."""

    def with_counts(self) -> "DraftQuerySet":
        """Add how many articles a draft gathers, and how many candidates it shows are decided."""
        shown = Q(candidates__number__lte=F("shown"), candidates__absorbed_by=None)
        is_open = Q(candidates__state="open")
        found: DraftQuerySet = self.annotate(
            article_count=Count("articles", distinct=True),
            candidate_count=Count(
                "candidates", filter=Q(candidates__absorbed_by=None), distinct=True
            ),
            decided_count=Count("candidates", filter=shown & ~is_open, distinct=True),
            to_go_count=Count("candidates", filter=shown & is_open, distinct=True),
        )
        return found


class Draft(models.Model):
    """Articles gathered for a timeline, of which the engine makes ranked candidates."""

    title = models.CharField(max_length=200)
    about = models.CharField(
        "words of the topic",
        max_length=200,
        blank=True,
        help_text="Words that the story's articles use: summit, Kim, Trump. May stay empty.",
    )
    articles: "models.ManyToManyField[Article, DraftArticle]" = models.ManyToManyField(
        Article, through="DraftArticle", related_name="drafts"
    )
    timeline = models.ForeignKey(
        Timeline, models.SET_NULL, null=True, blank=True, related_name="drafts"
    )
    shown = models.PositiveIntegerField("see the first", default=SHOWN)
    topic = models.JSONField(
        default=list, blank=True, editable=False
    )  # stems, the first tells most
    sentences = models.PositiveIntegerField(default=0, editable=False)  # that tell a day or a quote
    made_by = models.ForeignKey("auth.User", models.SET_NULL, null=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    ranked_at = models.DateTimeField(null=True, editable=False)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("admin:draft", args=[self.pk])

    def hold(self) -> None:
        """Keep the draft from others until the transaction ends; to be locked before its cards."""
        list(Draft.objects.filter(pk=self.pk).select_for_update(no_key=True).values_list("pk"))

    @transaction.atomic
    def gather(self, articles: Iterable[Article]) -> int:
        """Add articles; those that it has stay. Returns how many are new."""
        held = set(self.articles.values_list("pk", flat=True))
        new = {one.pk: one for one in articles if one.pk not in held}
        DraftArticle.objects.bulk_create(
            [DraftArticle(draft=self, article=one) for one in new.values()], ignore_conflicts=True
        )
        return len(new)

    @transaction.atomic
    def drop(self, keys: Collection[int]) -> int:
        """Take articles out, with what they report of candidates that wait; return how many."""
        self.hold()
        number, _ = self.gathered.filter(article__in=keys).delete()
        waiting = self.candidates.filter(state="open")
        for candidate in waiting.filter(reports__article__in=keys).distinct():
            candidate.reports.filter(article__in=keys).delete()
            if not candidate.reports.exists():
                candidate.delete()
        return number


class DraftArticle(models.Model):
    """An article of a draft, and what the engine made of it: `aside` says why it stands aside."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="gathered")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    nearness = models.FloatField(null=True, editable=False)  # to the topic, 0 to 1
    aside = models.CharField(max_length=100, blank=True, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("draft", "article"), name="article_once_in_draft"),
        )

    def __str__(self) -> str:
        return self.article.headline
