"""Drafts: articles gathered for a timeline, and the candidates made of all that they suggest."""

from collections.abc import Sequence

from django.db import models, transaction
from django.db.models import Count, F, Q
from django.urls import reverse

from timeline.models.articles import Article
from timeline.models.derived import Dated, DerivedQuerySet
from timeline.models.events import Event
from timeline.models.suggestions import Suggestion
from timeline.models.timelines import Timeline
from timeline.models.vocabulary import Kind, Stance, Status

SHOWN = 40  # candidates that a new draft shows; a printed timeline of a story has about as many


class DraftQuerySet(models.QuerySet["Draft"]):
    """Reads of drafts."""

    def with_counts(self) -> "DraftQuerySet":
        """Add how many articles a draft gathers, and how many candidates it shows are decided."""
        shown = Q(candidates__number__lte=F("shown"), candidates__absorbed_by=None)
        is_open = Q(candidates__state=Candidate.State.OPEN)
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

    @transaction.atomic
    def gather(self, articles: Sequence[Article]) -> int:
        """Add articles; those that it has stay. Returns how many are new."""
        held = set(self.articles.values_list("pk", flat=True))
        new = {one.pk: one for one in articles if one.pk not in held}
        DraftArticle.objects.bulk_create(
            [DraftArticle(draft=self, article=one) for one in new.values()], ignore_conflicts=True
        )
        return len(new)


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


class CandidateQuerySet(DerivedQuerySet["Candidate"]):
    """Reads of candidates."""

    def listed(self) -> "CandidateQuerySet":
        """Those that stand for themselves, in their order: not those merged into another."""
        return self.filter(absorbed_by=None).order_by("number", "pk")

    def waiting(self) -> "CandidateQuerySet":
        """Those of them that no editor has decided."""
        return self.filter(absorbed_by=None, state=Candidate.State.OPEN)


class Candidate(Dated):
    """One event of a draft, with the reports of every article that tells it.

    Its columns are what the card shows, and what accepting it makes. `event` is what it became or,
    while it waits, the event that exists already and that it adds to.
    """

    class State(models.TextChoices):
        OPEN = "open", "To decide"
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Rejected"

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="candidates")
    number = models.PositiveIntegerField()  # its place in the ranking, from 1
    score = models.FloatField(default=0)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    status = models.CharField(max_length=20, choices=Status)
    actors = models.JSONField(default=list, blank=True)
    place = models.CharField(max_length=200, blank=True)
    aside = models.CharField(max_length=200, blank=True, editable=False)
    # What its score is the sum of: [words, worth]; and the engine's verdicts on it: [of, value,
    # rule, [words]]
    parts = models.JSONField(default=list, blank=True, editable=False)
    reasons = models.JSONField(default=list, blank=True, editable=False)
    quotes = models.ManyToManyField(Suggestion, blank=True, related_name="+")

    state = models.CharField(max_length=10, choices=State, default=State.OPEN, editable=False)
    is_edited = models.BooleanField(default=False, editable=False)
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="candidates"
    )
    absorbed_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="absorbed"
    )
    decided_by = models.ForeignKey("auth.User", models.SET_NULL, null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ("number", "pk")
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="candidate_status_is_known"
            ),
        )
        indexes = (models.Index(fields=("draft", "number")),)

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether no editor has decided it."""
        return self.state == self.State.OPEN


class CandidateReport(Dated):
    """What one article says of a candidate; without `suggestion`, a sentence that tells a day.

    [start, end) are code points of the article's body.
    """

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="reports")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    suggestion = models.ForeignKey(Suggestion, models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=20, choices=Status)
    stance = models.CharField(max_length=20, choices=Stance, default=Stance.REPORTS)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ("article__published_at", "start", "pk")
        constraints = (*Dated.Meta.constraints,)

    def __str__(self) -> str:
        return f"{self.article.citation}: {self.title}"

    @property
    def exact(self) -> str:
        """Its words, of which readers see what an editor accepts."""
        return self.article.body[self.start : self.end]
