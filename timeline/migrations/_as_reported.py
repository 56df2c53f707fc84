"""What an event says as its reports have it: shared by the migrations that bring rows in line."""

import json

from django.contrib.auth.hashers import make_password

from timeline import dates

PLANS = ("planned", "expected", "possible", "postponed")
DONE = ("occurred", "ongoing")
MADE = "Made from a suggestion."
STANDS = "Let it stand without a report."
BY_HAND = {"edtf": "Date (EDTF)", "status": "Status"}
FLAGS = {"edtf": "gives_date", "status": "gives_status"}


def tell_as_reported(apps, schema_editor):
    """Let events say what their reports say, where no editor has set them otherwise.

    Before 0014 an event kept an earlier date than that of its latest report: once it had taken
    place, and for a few hours where the earlier one was the more exact. It did not follow
    recollections, and took what one had made it as for an editor's. What an editor has set stays;
    what is changed is written in the history. A second run changes nothing.
    """
    alias = schema_editor.connection.alias
    Event, Line, Kind = (
        apps.get_model(app, name).objects.using(alias)
        for app, name in (
            ("timeline", "Event"),
            ("admin", "LogEntry"),
            ("contenttypes", "ContentType"),
        )
    )
    kind = Kind.filter(app_label="timeline", model="event").first()
    for event in Event.order_by("pk"):
        history = Line.filter(content_type=kind, object_id=str(event.pk))
        said = _tell(apps, alias, event, list(history.order_by("pk")))
        if said:
            Line.create(
                user=_ingest(apps, alias),
                content_type=kind,
                object_id=str(event.pk),
                object_repr=event.title,
                action_flag=2,
                change_message=said,
            )


def _tell(apps, alias, event, history):
    """Bring one event in line; return what the history says of that, if anything."""
    reports = apps.get_model("timeline", "Report").objects.using(alias).filter(event=event.pk)
    reports = reports.order_by("article__published_at", "pk")
    counting = reports.filter(is_published=True) if event.is_published else reports
    followed = reports.exclude(gives_status=None, gives_date=None) | counting
    for column, flag in FLAGS.items():  # what an editor has set, in a run before this, is settled
        if column not in event.own:
            followed.filter(stance="recalls").update(**{flag: True})
    told_before = _told_before(event, list(counting.exclude(stance="recalls")))
    maker = reports.filter(made_event=True).first()
    is_made = maker or event.made_as or any(one.change_message == MADE for one in history)
    stated = _stated(apps, alias, event, reports)
    if maker:
        event.made_as = {"edtf": maker.edtf, "status": maker.status}
    elif is_made or (not event.own and counting.filter(gives_status=True).exists()):
        event.made_as = event.made_as or {"edtf": event.edtf, "status": event.status}
    told, free = _told(event, counting.all()), set()
    for column, flag in FLAGS.items():
        value = getattr(event, column)
        if _is_set_since(column, history) and told.get(column, value) != value:
            event.own = _own(event, column)
            counting.update(**{flag: False})
        elif is_made and not any(column in _by_hand(line) for line in history):
            if event.own.get(column, "") in stated[column] | {""}:
                event.own = _without(event.own, column)
                followed.update(**{flag: True})
                free.add(column)
    was = f"{event.get_status_display()} {event.edtf}"
    for column, value in _told(event, counting.all()).items() if counting.exists() else ():
        if column in free or getattr(event, column) in told_before[column]:
            setattr(event, column, value)
    event.earliest, event.latest = dates.known_bounds(event.edtf)
    event.save(update_fields=["edtf", "earliest", "latest", "status", "own", "made_as"])
    now = f"{event.get_status_display()} {event.edtf}"
    return f"{was} → {now}, as its reports have it since the upgrade." if was != now else ""


def _stated(apps, alias, event, reports):
    """What articles state of the event or have stated, by column.

    A report that is deleted has left its suggestion, which is matched with the event still.
    """
    suggestions = apps.get_model("timeline", "Suggestion").objects.using(alias)
    rows = [*reports, *suggestions.filter(match=event.pk)]
    found = {name: {getattr(one, name) for one in rows} for name in FLAGS}
    for name, value in event.made_as.items():
        found[name].add(value)
    return found


def _by_hand(line):
    """The columns of an event that a line of history says an editor has changed."""
    if line.change_message == STANDS:
        return set(BY_HAND)
    if not line.change_message.startswith("["):
        return set()
    changes = [one.get("changed", {}) for one in json.loads(line.change_message)]
    fields = {field for one in changes if "name" not in one for field in one.get("fields", ())}
    return {
        column
        for column, field in BY_HAND.items()
        if any(one == field or one.startswith(f"{field}: ") for one in fields)
    }


def _is_set_since(column, history):
    """Whether an editor has changed a column since a report last moved the event."""
    for line in reversed(history):
        if column in _by_hand(line):
            return True
        if "→" in line.change_message and not line.change_message.startswith("["):
            return False
    return False


def _without(own, column):
    """What an editor has set without a column; a date keeps the status with which it was set."""
    left = {name: said for name, said in own.items() if name != column}
    if column == "status" and "edtf" in left and column in own:
        left.setdefault("dated_as", own["status"])
    return left if "edtf" in left else {name: left[name] for name in FLAGS if name in left}


def _own(event, column):
    """What an editor has set, with a column as it is now (`timeline.models.told.set_by_hand`)."""
    own = {**event.own, column: getattr(event, column)}
    own.pop("dated_as", None)
    is_told = own.get("status") != event.status
    return own | {"dated_as": event.status} if "edtf" in own and is_told else own


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
    own, reports = event.own, list(reports)
    is_given = any(one.gives_date or one.gives_status for one in reports)
    said = {"edtf": ""} if is_given else dict(event.made_as)
    is_settled = own.get("edtf") and own.get("dated_as", own.get("status")) in DONE
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
