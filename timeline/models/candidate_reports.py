"""What the articles of a draft say of its candidates."""

from collections.abc import Sequence

from django.db import models

from timeline.models.articles import Article
from timeline.models.decisions import note_made
from timeline.models.derived import Dated
from timeline.models.suggestions import Suggestion
from timeline.models.told import coarser, told
from timeline.models.vocabulary import Stance, Status


class CandidateReport(Dated):
    """What one article says of a candidate; without `suggestion`, a sentence that tells a day.

    [start, end) are code points of the article's body.
    """

    candidate = models.ForeignKey("Candidate", models.CASCADE, related_name="reports")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    suggestion = models.ForeignKey(Suggestion, models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=20, choices=Status)
    stance = models.CharField(max_length=20, choices=Stance, default=Stance.REPORTS)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    basis = models.JSONField(default=dict, blank=True)  # of a sentence; a suggestion has its own

    # All of a card tell its date and status (`timeline.models.told`)
    gives_date: bool | None = True
    gives_status: bool | None = True

    class Meta:
        ordering = ("article__published_at", "start", "pk")
        constraints = (*Dated.Meta.constraints,)

    def __str__(self) -> str:
        return f"{self.article.citation}: {self.title}"

    @property
    def exact(self) -> str:
        """Its words, of which readers see what an editor accepts."""
        return self.article.body[self.start : self.end]

    @property
    def names(self) -> list[str]:
        """The actors that it names."""
        return list(self.suggestion.actors) if self.suggestion else []

    def suggest(self) -> Suggestion:
        """Return its suggestion; a sentence that has none gets one, so that it can be accepted."""
        if self.suggestion is None:
            one = Suggestion(
                article=self.article,
                type=Suggestion.Type.REPORT,
                title=self.title,
                kind=self.candidate.kind,
                edtf=self.edtf,
                status=self.status,
                stance=self.stance,
                basis=self.basis,
            )
            one.locate(self.article.body, self.start, self.end)
            place = {
                name: getattr(one, name) for name in ("article", "type", "start", "end", "title")
            }
            values = {
                field.attname: getattr(one, field.attname)
                for field in one._meta.concrete_fields
                if not field.primary_key and field.name not in place
            }
            self.suggestion, is_new = Suggestion.objects.get_or_create(**place, defaults=values)
            self.save(update_fields=("suggestion",))
            if is_new:
                note_made(self.suggestion)
        return self.suggestion

    def catch_up(self) -> bool:
        """Say what its suggestion says, which an editor may have corrected; return whether it did.

        A title stands here cut short.
        """
        one = self.suggestion
        if one is None:
            return False
        said = {name: getattr(one, name) for name in ("edtf", "status", "stance")}
        if not one.title.startswith(self.title):
            said["title"] = one.title
        changed = [name for name, value in said.items() if value != getattr(self, name)]
        for name in changed:
            setattr(self, name, said[name])
        if changed:
            self.save(update_fields=changed)
        return bool(changed)


def said_by(reports: Sequence[CandidateReport]) -> dict[str, str]:
    """Return the date and the status that reports tell, as the event made of them will have them.

    `reports` are in the order of publication.
    """
    for one in reports:
        one.gives_date = True
    for one in coarser(reports):
        one.gives_date = False
    return told({}, {}, reports)
