from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0011_touches'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='story',
            index=models.Index(fields=['edition', '-day', '-live_from', '-id'], name='story_by_day'),
        ),
    ]
