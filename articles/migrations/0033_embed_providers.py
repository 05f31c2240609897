from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0038_newest_credit")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="embed_providers",
            field=models.CharField(
                blank=True,
                default="",
                help_text="A card of theirs leads to a page of ours with the player. Others lead to the provider itself.",
                max_length=200,
                verbose_name="players on pages of ours",
            ),
        ),
    ]
