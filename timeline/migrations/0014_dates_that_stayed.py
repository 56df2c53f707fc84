import json

from django.contrib.auth.hashers import make_password
from django.db import migrations

from timeline import dates

PLANS = ("planned", "expected", "possible", "postponed")
DONE = ("occurred", "ongoing")
MADE = "Made from a suggestion."
BY_HAND = {"Date (EDTF)", "Status"}


def tell_as_reported(apps, schema_editor):
    """Let events say what their reports say, where no editor has set them otherwise.

    Until now an event kept an earlier date than that of its latest report: once it had taken place,
    and for a few hours where the earlier one was the more exact. It did not follow recollections,
    and took what one had made it as for an editor's. What is changed is written in the history.
    """
    alias = schema_editor.connection.alias
    Event, Report, Line, Kind = (
        apps.get_model(app, name).objects.using(alias)
        for app, name in (
            ("timeline", "Event"),
            ("timeline", "Report"),
            ("admin", "LogEntry"),
            ("contenttypes", "ContentType"),
        )
    )
    kind = Kind.filter(app_label="timeline", model="event").first()
    for event in Event.filter(pk__in=Report.values("event")).order_by("pk"):
        reports = Report.filter(event=event.pk).order_by("article__published_at", "pk")
        maker = reports.filter(made_event=True).first()
        counting = reports.filter(is_published=True) if event.is_published else reports
        counting.filter(stance="recalls").update(gives_date=True, gives_status=True)
        history = Line.filter(content_type=kind, object_id=str(event.pk))
        told_before = _told_before(event, list(counting.exclude(stance="recalls")))
        is_made = maker or event.made_as or history.filter(change_message=MADE).exists()
        is_untouched = is_made and not any(map(_is_by_hand, history))
        if maker:
            event.made_as = {"edtf": maker.edtf, "status": maker.status}
        elif not event.own and counting.filter(gives_status=True).exists():
            event.made_as = event.made_as or {"edtf": event.edtf, "status": event.status}
        if is_untouched:
            event.own = {}
            counting.update(gives_date=True, gives_status=True)
        was = f"{event.get_status_display()} {event.edtf}"
        for column, value in _told(event, list(counting)).items():
            if is_untouched or getattr(event, column) in told_before[column]:
                setattr(event, column, value)
        event.earliest, event.latest = dates.known_bounds(event.edtf)
        event.save(update_fields=["edtf", "earliest", "latest", "status", "own", "made_as"])
        if was != (now := f"{event.get_status_display()} {event.edtf}"):
            said = f"{was} → {now}, as its reports have it since the upgrade."
            Line.create(
                user=_ingest(apps, alias),
                content_type=kind,
                object_id=str(event.pk),
                object_repr=event.title,
                action_flag=2,
                change_message=said,
            )


def _is_by_hand(line):
    """Whether a line of history says that an editor has changed an event's date or status."""
    if not line.change_message.startswith("["):
        return False
    changes = [one.get("changed", {}) for one in json.loads(line.change_message)]
    return any("name" not in one and BY_HAND & set(one.get("fields", ())) for one in changes)


def _told_before(event, reports):
    """The dates and the status that the event can have had by the rules until now."""
    own, found = event.own, {"edtf": set(), "status": set()}
    for may_be_coarser in (True, False):
        edtf, status = own.get("edtf", ""), own.get("status", "")
        is_settled = bool(edtf) and status in DONE
        for report in reports:
            if report.gives_date and report.edtf and not is_settled:
                may_move = status in PLANS or not edtf
                is_coarser = bool(edtf) and dates.is_within(edtf, report.edtf)
                if may_move and (may_be_coarser or not is_coarser):
                    edtf = report.edtf
            status = report.status if report.gives_status else status
        found["edtf"].add(edtf)
        found["status"].add(status)
    return found


def _told(event, reports):
    """What `timeline.models.told` makes of the event and the reports that count."""
    own = event.own
    is_given = any(one.gives_date or one.gives_status for one in reports)
    said = {"edtf": ""} if is_given else dict(event.made_as)
    is_settled = own.get("edtf") and own.get("status") in DONE
    for column, flag in (("edtf", "gives_date"), ("status", "gives_status")):
        giving = [one for one in reports if getattr(one, flag) and getattr(one, column)]
        latest = [one for one in giving if one.stance != "recalls"]
        if latest and not (column == "edtf" and is_settled):
            said[column] = getattr(latest[-1], column)
        elif column in own:
            said[column] = own[column]
        elif giving:
            said[column] = getattr(giving[0], column)
    return said


def _ingest(apps, alias):
    """The account whose name stands beside what no editor has done."""
    users = apps.get_model("auth", "User").objects.using(alias)
    defaults = {"is_active": False, "password": make_password(None)}
    return users.get_or_create(username="ingest", defaults=defaults)[0]


class Migration(migrations.Migration):
    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("timeline", "0013_quotes_withdrawn_with_events"),
    ]

    operations = [migrations.RunPython(tell_as_reported, migrations.RunPython.noop)]
