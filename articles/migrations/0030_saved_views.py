
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0026_audit_entry'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='public id')),
                ('listed', models.CharField(choices=[('story', 'stories'), ('photo', 'photos')], max_length=20, verbose_name='list')),
                ('title', models.CharField(max_length=40, verbose_name='name of the view')),
                ('query', models.CharField(blank=True, max_length=1000, verbose_name='words and filters')),
            ],
            options={
                'verbose_name': 'saved view',
                'verbose_name_plural': 'saved views',
                'ordering': ['title', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='story',
            index=models.Index(condition=models.Q(('place', ''), _negated=True), fields=['place', '-live_from', '-id'], name='story_by_place'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='edition',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.edition', verbose_name='edition'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL, verbose_name='sign-in'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='section',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.section', verbose_name='section'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(('listed__in', ['story', 'photo'])), name='saved_view_list_known', violation_error_message='This list is not one of ours.'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('owner', 'listed', 'title'), name='one_saved_view_a_name', violation_error_message='You have a view of this name already.'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(('section__isnull', True), ('edition__isnull', False), _connector='OR'), name='saved_view_section_has_edition', violation_error_message='Choose a section of this edition.'),
        ),
    ]
