"""What a version of a story, or a copy of an article, says otherwise: in text and suggestions."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from timeline.admin.generics import ModelChoiceField
from timeline.models import Article, Likeness, Suggestion
from timeline.models.articles import ArticleQuerySet

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]+")
MOST_WORDS = 3000  # of a paragraph; comparing takes the square of it at worst


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are the same, gone or new, by the name of the element that shows them."""

    text: str
    tag: str = ""  # "del", "ins" or none


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """A changed paragraph, word by word; or how many stayed the same."""

    words: tuple[Words, ...] = ()
    same: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """A suggestion that is new, gone, or says something else than before."""

    tag: str  # "ins", "del" or "changed"
    suggestion: Suggestion
    before: Suggestion | None = None


def changed_words(old: str, new: str) -> tuple[Words, ...]:
    """Return a paragraph with what is gone and what is new, in the order of reading."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return tuple(Words(text, tag) for text, tag in ((old, "del"), (new, "ins")) if text)
    found: list[Words] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Words("".join(after[c:d])))
            continue
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        found += [Words(text, tag) for text, tag in ((gone, "del"), (come, "ins")) if text]
    return tuple(found)


def changed_paragraphs(old: list[str], new: list[str]) -> Iterator[Paragraphs]:
    """Yield the paragraphs of a text that another version changed, dropped or added."""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Paragraphs(same=d - c)
            continue
        for before, after in zip_longest(old[a:b], new[c:d], fillvalue=""):
            yield Paragraphs(changed_words(before, after))


def changed_claims(old: Iterable[Suggestion], new: Iterable[Suggestion]) -> list[Claim]:
    """Return what is suggested of a text that was not, or not so, of its other version.

    Two suggestions are of one thing where their words are the same, or else their titles.
    """
    left = list(old)
    found = []
    for one in new:
        same = next((was for was in left if _is_of_one(was, one)), None)
        if same is None:
            found.append(Claim("ins", one))
            continue
        left.remove(same)
        if _said(same) != _said(one):
            found.append(Claim("changed", one, same))
    return found + [Claim("del", one) for one in left]


def _is_of_one(one: Suggestion, other: Suggestion) -> bool:
    if one.type != other.type:
        return False
    is_same_words = one.exact.split() == other.exact.split()
    return is_same_words or bool(one.title and one.title == other.title)


def _said(one: Suggestion) -> tuple[str, ...]:
    return one.title, one.edtf, one.status, one.speaker, one.text


class OtherForm(forms.Form):
    """Which article another one is compared with."""

    other = ModelChoiceField(Article.objects.none(), required=False, label="Compared with")

    def __init__(self, article: Article, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        self.fields["other"].queryset = others = versions_and_copies(article)  # type: ignore[attr-defined]
        before = others.filter(story=article.story).exclude(story="")
        before = before.filter(published_at__lte=article.published_at).order_by("-published_at")
        self.first = before.first() or others.first()
        self.fields["other"].initial = self.first

    @property
    def chosen(self) -> Article | None:
        """The article that was asked for, or else the version before, or a copy."""
        return (self.is_valid() and self.cleaned_data["other"]) or self.first


def versions_and_copies(article: Article) -> ArticleQuerySet:
    """Return the other articles of its story, and those whose text is nearly the same."""
    pairs = Likeness.objects.filter(Q(article=article) | Q(other=article))
    keys = {key for pair in pairs.values_list("article", "other") for key in pair}
    is_version = Q(story=article.story) & ~Q(story="")
    found = Article.objects.filter(is_version | Q(pk__in=keys)).exclude(pk=article.pk)
    return found.select_related("outlet").order_by("published_at", "pk")


def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an article says otherwise than another version, or than what it is a copy of."""
    if not request.user.has_perms(("timeline.view_suggestion", "timeline.view_article")):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.select_related("outlet"), pk=pk)
    form = OtherForm(article, request.GET or None)
    other = form.chosen
    context = {
        **admin.site.each_context(request),
        "title": "What changed",
        "article": article,
        "form": form,
        "other": other,
        "opts": Article._meta,
    }
    if other:
        context["headline"] = changed_words(other.headline, article.headline)
        context["paragraphs"] = list(changed_paragraphs(other.paragraphs, article.paragraphs))
        context["claims"] = changed_claims(other.suggestions.all(), article.suggestions.all())
    return TemplateResponse(request, "admin/timeline/article/changes.html", context)
