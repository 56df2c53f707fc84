"""Words that an editor marks in the text become a card, to be completed and decided."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from timeline.admin.desk.actions import desk_url
from timeline.admin.desk.answers import redirect_to
from timeline.admin.generics import editor_of
from timeline.admin.rights import may_propose
from timeline.models import Article, NotDecidedError, Suggestion
from timeline.proposals import mark

LONGEST = 5000  # characters that are one card


class MarkForm(forms.Form):
    """Words of the text, and what they are; where they stand, if they were selected."""

    words = forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Select words in the text, or write them here as the text has them.",
            "max_length": "These are too many words for one card: select a sentence or two.",
        },
    )
    type = forms.ChoiceField(choices=Suggestion.Type)
    start = forms.IntegerField(required=False, min_value=0)
    end = forms.IntegerField(required=False, min_value=1)

    def __init__(self, *args: object, article: Article, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.article = article

    def clean(self) -> dict[str, object]:
        """Find the words where they were selected, else at their only place in the text."""
        super().clean()
        given, body = self.cleaned_data, self.article.body
        words = given.get("words", "").replace("\r\n", "\n")
        start, end = given.get("start"), given.get("end")
        if not words:
            return given
        if start is None or end is None or body[start:end].split() != words.split():
            found = body.count(words)
            start = body.find(words)
            end = start + len(words)
            if found == 0:
                self.add_error("words", "The text has no such words: write them as they stand.")
            elif found > 1:
                self.add_error("words", f"These words stand {found} times in the text: take more.")
        given["start"], given["end"] = start, end
        return given


def mark_by_hand(request: HttpRequest, article: Article) -> HttpResponse | MarkForm:
    """Make a card of the words that were sent and open its fields; else return what is wrong."""
    if not may_propose(request.user):
        raise PermissionDenied
    form = MarkForm(request.POST, article=article)
    if not form.is_valid():
        return form
    given = form.cleaned_data
    suggestion = mark(article, given["type"], given["start"], given["end"])
    if not suggestion.exact:
        form.add_error("words", "These are no words: select some of the text.")
        return form
    try:
        suggestion.add(by=editor_of(request))
    except NotDecidedError as error:
        messages.warning(request, str(error))
        place = {"start": suggestion.start, "end": suggestion.end, "title": suggestion.title}
        same = article.suggestions.filter(type=suggestion.type, **place)
        return redirect_to(request, desk_url(same[0], same[0]) if same else request.path)
    messages.success(request, f"Marked: {suggestion}")
    return redirect_to(request, desk_url(suggestion, suggestion).replace("#", "&edit=1#"))
