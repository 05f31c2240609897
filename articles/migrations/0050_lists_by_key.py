from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0064_sign_in"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                fields=["id", "edition", "section", "state", "changed_at", "live_from", "publish_at", "expires_at"],
                name="story_by_key",
            ),
        ),
    ]
