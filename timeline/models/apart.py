"""Records that look like one and are two: what editors have answered, and are not asked again."""

from typing import Any, Self

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from timeline.models.actors import Named
from timeline.models.log import record


class ApartQuerySet(models.QuerySet["Apart"]):
    """Reads and writes of the answers."""

    def about(self, *records: Named) -> Self:
        """Those on one of `records`, which are of one model."""
        keys = [one.pk for one in records]
        either = models.Q(low__in=keys) | models.Q(high__in=keys)
        return self.filter(either, model=records[0]._meta.model_name)

    def pairs(self, model: type[Named]) -> set[tuple[int, int]]:
        """The keys of all pairs of a model that are two, the lower one first."""
        found = self.filter(model=model._meta.model_name)
        return set(found.values_list("low", "high"))

    def tell(self, one: Named, other: Named, by: User) -> bool:
        """Hold that they are two, and write who said so; False where that is known."""
        low, high = sorted((one, other), key=lambda row: row.pk)
        model = str(one._meta.model_name)
        _, is_new = self.get_or_create(
            model=model, low=low.pk, high=high.pk, defaults={"said_by": by}
        )
        if is_new:
            record(by, low, f"Told apart from {high} ({high.slug}).")
            record(by, high, f"Told apart from {low} ({low.slug}).")
        return is_new

    def pass_on(self, other: Named, kept: Named) -> None:
        """Let what was told apart from `other` be told apart from `kept`, which is the same."""
        for answer in self.about(other):
            third = answer.high if answer.low == other.pk else answer.low
            if third == kept.pk:
                continue
            low, high = sorted((third, kept.pk))
            said: dict[str, Any] = {"said_by": answer.said_by, "said_at": answer.said_at}
            self.get_or_create(model=answer.model, low=low, high=high, defaults=said)


class Apart(models.Model):
    """Two actors, or two places, that an editor has told apart.

    By their keys alone: an answer outlives a merge that is undone, and keys are not used again.
    """

    model = models.CharField(max_length=10)
    low = models.PositiveBigIntegerField()
    high = models.PositiveBigIntegerField()
    said_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    objects = ApartQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("model", "low", "high"), name="apart_once"),
            models.CheckConstraint(condition=models.Q(low__lt=models.F("high")), name="apart_two"),
        )

    def __str__(self) -> str:
        return f"{self.model} {self.low} is not {self.high}"
