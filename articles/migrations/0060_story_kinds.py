
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0047_slots'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='story',
            name='story_label_known',
        ),
        migrations.AddField(
            model_name='story',
            name='sponsor',
            field=models.CharField(blank=True, help_text='Who paid for an advertorial: readers are told first.', max_length=120, verbose_name='paid by'),
        ),
        migrations.AlterField(
            model_name='story',
            name='label',
            field=models.CharField(choices=[('news', 'news'), ('opinion', 'opinion'), ('feature', 'feature'), ('photo-story', 'photo story'), ('advertorial', 'advertorial'), ('unverified', 'unverified')], default='news', max_length=20, verbose_name='label'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(('label__in', ['news', 'opinion', 'feature', 'photo-story', 'advertorial', 'unverified'])), name='story_label_known', violation_error_message='This label is not one of ours.'),
        ),
    ]
