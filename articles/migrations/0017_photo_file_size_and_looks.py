from django.db import migrations, models

import articles.models.fields


class Migration(migrations.Migration):
    """Looks of 448 digits tell crops and mirrors; those of 16 stay until `measure_photos` has seen the files again.

    On the way back those of 448 are emptied: they fit no more, and tell nothing to the release before.
    """

    dependencies = [("articles", "0016_rate_limit")]

    operations = [
        migrations.AddField(
            "photo",
            "file_size",
            models.PositiveBigIntegerField(editable=False, null=True, verbose_name="bytes of the file"),
        ),
        migrations.AlterField(
            "photo",
            "looks",
            articles.models.fields.LineField(blank=True, editable=False, max_length=448, verbose_name="how it looks"),
        ),
        migrations.RunSQL(
            migrations.RunSQL.noop, "UPDATE articles_photo SET looks = '' WHERE length(looks) > 16"
        ),
    ]
