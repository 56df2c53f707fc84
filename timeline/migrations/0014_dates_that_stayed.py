from django.db import migrations

from timeline import dates

PLANS = ("planned", "expected", "possible", "postponed")
DONE = ("occurred", "ongoing")


def let_dates_stay(apps, schema_editor):
    """Keep the dates that events took from an earlier report than the latest, and say so.

    Once an event had taken place, and for a few hours where the earlier date was the more exact
    one, a later report gave it no date. Now the latest one does: without this the date that readers
    see would pass for an editor's. The reports that were passed over have given no date.
    """
    alias = schema_editor.connection.alias
    Report = apps.get_model("timeline", "Report").objects.using(alias)
    events = apps.get_model("timeline", "Event").objects.using(alias)
    dated = events.filter(pk__in=Report.filter(gives_date=True).values("event"))
    columns = ("pk", "edtf", "own", "is_published")
    for pk, edtf, own, is_published in list(dated.values_list(*columns)):
        reports = Report.filter(event=pk).exclude(stance="recalls")
        reports = reports.filter(is_published=True) if is_published else reports
        reports = list(reports.order_by("article__published_at", "pk"))
        for may_be_coarser in (True, False):
            told, passed = _told(own, reports, may_be_coarser)
            if passed and told == edtf:
                Report.filter(pk__in=passed).update(gives_date=False)
                break


def _told(own, reports, may_be_coarser):
    """The date by one of the two rules, and the keys of the reports that it passed over."""
    edtf, status, passed = own.get("edtf", ""), own.get("status", ""), []
    is_settled = bool(edtf) and status in DONE  # no report moves it, then and now
    for report in reports:
        if report.gives_date and report.edtf and not is_settled:
            may_move = status in PLANS or not edtf
            is_coarser = bool(edtf) and dates.is_within(edtf, report.edtf)
            if may_move and (may_be_coarser or not is_coarser):
                edtf, passed = report.edtf, []
            elif edtf != report.edtf:
                passed.append(report.pk)
        status = report.status if report.gives_status else status
    return edtf, passed


class Migration(migrations.Migration):
    dependencies = [("timeline", "0013_quotes_withdrawn_with_events")]

    operations = [migrations.RunPython(let_dates_stay, migrations.RunPython.noop)]
