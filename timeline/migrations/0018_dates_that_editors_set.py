from django.db import migrations

from timeline.migrations._as_reported import tell_as_reported


class Migration(migrations.Migration):
    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("timeline", "0017_drafts_of_timelines"),
    ]

    operations = [migrations.RunPython(tell_as_reported, migrations.RunPython.noop)]
