"""Weeks before Relais counted them: none missed, as the charity published at the end of 2025."""

from datetime import date

from django.db import migrations

UNTIL = date(2025, 12, 28)


def write(apps, schema_editor):
    apps.get_model("rotas", "Baseline").objects.get_or_create(
        until=UNTIL,
        defaults={"missed_weeks": 0, "source": "Chiffres publiés par l’association, décembre 2025"},
    )


class Migration(migrations.Migration):
    dependencies = [("rotas", "0001_initial")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
