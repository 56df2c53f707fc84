"""Django's classes with their type arguments, which Django itself does not take at run time."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.auth.models import AnonymousUser, User
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

Rows = QuerySet[Any]
# A record with the columns that an admin's get_queryset() adds.
Listed = Any
AnyUser = User | AnonymousUser

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    AdminMixin = BaseModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
    StackedInline = admin.StackedInline[Any, Any]
    ModelForm = forms.ModelForm[Any]
    InlineFormSet = BaseInlineFormSet[Any, Any, Any]
    ModelChoiceField = forms.ModelChoiceField[Any]
    ModelMultipleChoiceField = forms.ModelMultipleChoiceField[Any]
    AnyField = models.Field[Any, Any]
    ForeignKey = models.ForeignKey[Any, Any]
    ManyToManyField = models.ManyToManyField[Any, Any]
    File = UploadedFile[Any]
else:
    AdminMixin = object
    ModelAdmin, ModelForm, InlineFormSet = admin.ModelAdmin, forms.ModelForm, BaseInlineFormSet
    TabularInline, StackedInline = admin.TabularInline, admin.StackedInline
    ModelChoiceField, ModelMultipleChoiceField = (
        forms.ModelChoiceField,
        forms.ModelMultipleChoiceField,
    )
    AnyField, ForeignKey = models.Field, models.ForeignKey
    ManyToManyField, File = models.ManyToManyField, UploadedFile


def editor_of(request: HttpRequest) -> User:
    """Return who is signed in: nobody else comes to the desk."""
    assert isinstance(request.user, User)
    return request.user
