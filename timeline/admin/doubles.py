"""Possible duplicates of actors and places at the desk: the list, and the merge of two."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from timeline.admin.clashes import trying_twice
from timeline.admin.generics import Rows, editor_of
from timeline.admin.records import RecordAdmin, is_key
from timeline.admin.rights import may_merge
from timeline.models import Apart, Decision, NotMergedError, Participation, Place
from timeline.models.likely_doubles import likely_doubles
from timeline.models.merging import Choices, Merge, names_of

SHOWN = 50  # pairs on a page


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdigit() and is_key(key)


class ClashForm(forms.Form):
    """What stays where two actors clash: the part in each event, and each role to take along."""

    def __init__(self, merge: Merge, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        for own, other in merge.shared_events:
            if own.role == other.role:
                continue
            said = f"they are {own.get_role_display()} and {other.get_role_display()}"
            self.fields[f"part-{own.event_id}"] = forms.ChoiceField(
                label=f"{own.event}: {said.lower()}",
                choices=Participation.Part.choices,
                initial=own.role,
            )
        for one in merge.roles:
            if not one.is_repeated:
                beside = f" – beside {one.same}, in the same years" if one.same else ""
                self.fields[f"role-{one.role.pk}"] = forms.BooleanField(
                    label=f"Take along the role {one.role}{beside}",
                    required=False,
                    initial=not one.repeats_title,
                )

    @property
    def choices(self) -> Choices:
        """What the editor chose."""
        said = [(*name.split("-"), value) for name, value in self.cleaned_data.items()]
        return Choices(
            parts={int(key): value for what, key, value in said if what == "part"},
            left_out=[int(key) for what, key, value in said if what == "role" and not value],
        )


class DoublesAdmin(RecordAdmin):
    """An admin of what may stand in the records twice."""

    change_list_template = "admin/timeline/doubles/change_list.html"
    actions = ("merge_two",)

    def get_urls(self) -> list[Any]:
        """Add the list of possible duplicates, the answer to one, and the merge."""
        view, name = self.admin_site.admin_view, self.opts.model_name
        return [
            path("duplicates/", view(self.duplicates_view), name=f"{name}_duplicates"),
            path("<int:pk>/merge/<int:other>/", view(self.merge_view), name=f"{name}_merge"),
            *super().get_urls(),
        ]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Who may merge two of these."""
        return may_merge(request.user, str(self.opts.model_name))

    def counted(self) -> Rows:
        """The records with what hangs on them."""
        rows: Rows = self.model._default_manager.prefetch_related("aliases")
        counts = {"event_count": Count("events", distinct=True)}
        if self.model is not Place:
            counts["quote_count"] = Count("quotes", distinct=True)
        counted: Rows = rows.annotate(**counts)
        return counted

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """List the pairs that may be one; sent, hold that two are two."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._tell_apart(request)
        doubles = likely_doubles(self.model)
        keys = {row.pk for one in doubles[:SHOWN] for row in (one.one, one.other)}
        rows = self.counted().in_bulk(keys)
        pairs = [(one, rows[one.one.pk], rows[one.other.pk]) for one in doubles[:SHOWN]]
        return self._page(
            request,
            "duplicates",
            "Possible duplicates",
            pairs=pairs,
            more=len(doubles) - len(pairs),
        )

    def _tell_apart(self, request: HttpRequest) -> HttpResponse:
        if not self.has_merge_permission(request):
            raise PermissionDenied
        keys = [key for key in (request.POST.get("one"), request.POST.get("other")) if key]
        if len(set(keys)) != 2 or not all(map(_is_number, keys)):
            messages.error(request, "Two records are told apart, and these are not two.")
            return redirect(request.path)
        one, other = (get_object_or_404(self.model, pk=key) for key in keys)
        Apart.objects.tell(one, other, editor_of(request))
        messages.success(request, f"{one} and {other} are two: they will not be asked about again.")
        return redirect(request.path)

    @trying_twice
    def merge_view(self, request: HttpRequest, pk: int, other: int) -> HttpResponse:
        """Show what a merge would give, with what clashes; sent, do it."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        kept, gone = (get_object_or_404(self.counted(), pk=key) for key in (pk, other))
        if kept == gone:
            messages.error(request, "A record cannot be merged with itself.")
            return redirect(f"admin:{self.opts.model_name}_duplicates")
        merge = Merge(kept, gone)
        form = ClashForm(merge, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return self._merged(request, merge, form.choices)
        context = {"merge": merge, "kept": kept, "other": gone, "form": form}
        return self._page(request, "merge", f"Merge {gone} into {kept}", **context)

    def _merged(self, request: HttpRequest, merge: Merge, choices: Choices) -> HttpResponse:
        try:
            merge.kept.absorb(merge.other, editor_of(request), choices)
        except NotMergedError as error:
            messages.warning(request, str(error))
            return redirect(f"admin:{self.opts.model_name}_duplicates")
        decision = Decision.objects.filter(kind=Decision.Kind.UNITE, by=editor_of(request)).first()
        said = "{} is merged into {}. <a href='{}'>What it changed, and Undo</a>"
        log = reverse("admin:timeline_decision_change", args=[decision.pk]) if decision else ""
        messages.success(request, format_html(said, merge.other, merge.kept, log))
        return redirect(f"admin:timeline_{self.opts.model_name}_change", merge.kept.pk)

    @admin.action(description="Merge the two selected", permissions=["merge"])
    def merge_two(self, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
        """Lead to the merge of the two chosen."""
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(keys) != 2:
            self.message_user(request, "Choose two to merge.", messages.WARNING)
            return None
        return redirect(f"admin:{self.opts.model_name}_merge", *keys)

    def _page(self, request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "list_url": reverse(f"admin:timeline_{self.opts.model_name}_changelist"),
            "duplicates_url": reverse(f"admin:{self.opts.model_name}_duplicates"),
            "merge_url": f"admin:{self.opts.model_name}_merge",
            "may_merge": self.has_merge_permission(request),
            "names_of": names_of,
        }
        return TemplateResponse(request, f"admin/timeline/doubles/{name}.html", context)
