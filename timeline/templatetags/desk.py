"""Template filters of the desk: a status with its shape, a date in words."""

from django import template

from timeline import dates
from timeline.admin.shown import status_mark

register = template.Library()
register.filter("status_mark", status_mark)
register.filter("date_words", dates.words)
