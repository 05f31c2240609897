from django.db import migrations


def forget(apps, schema_editor):
    """Sessions are kept in `articles_desksession` now: nobody reads the old ones, and nothing would delete them."""
    apps.get_model("sessions", "Session").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0062_story_by_kind"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
