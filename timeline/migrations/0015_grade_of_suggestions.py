from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("timeline", "0014_dates_that_stayed")]

    operations = [
        migrations.AddField(
            model_name="suggestion",
            name="grade",
            field=models.FloatField(blank=True, editable=False, null=True),
        ),
    ]
