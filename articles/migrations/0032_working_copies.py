import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0033_embed_providers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'default_permissions': [],
            },
        ),
        migrations.CreateModel(
            name='WorkingCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='public id')),
                ('headline', models.CharField(blank=True, max_length=200, verbose_name='headline')),
                ('typed', models.JSONField(default=list, verbose_name='typed')),
                ('base_version', models.PositiveIntegerField(blank=True, null=True, verbose_name='version that was opened')),
                ('changed_at', models.DateTimeField(db_index=True, verbose_name='changed')),
                ('dropped_at', models.DateTimeField(blank=True, null=True, verbose_name='dropped')),
            ],
            options={
                'verbose_name': 'working copy',
                'verbose_name_plural': 'working copies',
                'ordering': ['-changed_at', '-pk'],
                'default_permissions': [],
            },
        ),
        migrations.RemoveConstraint(
            model_name='auditentry',
            name='audit_action_known',
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='action',
            field=models.CharField(choices=[('signed_in', 'signed in'), ('sign_in_refused', 'sign-in refused'), ('sign_in_blocked', 'sign-in blocked: too many tries'), ('signed_out', 'signed out'), ('password_set', 'password set'), ('previewed', 'preview opened'), ('exported', 'stories exported'), ('backed_up', 'backup written'), ('restored', 'backup restored'), ('added', 'added'), ('changed', 'changed'), ('deleted', 'deleted'), ('merged', 'merged into another'), ('taken_over', 'unsaved text taken over')], max_length=30, verbose_name='action'),
        ),
        migrations.AddConstraint(
            model_name='auditentry',
            constraint=models.CheckConstraint(condition=models.Q(('action__in', ['signed_in', 'sign_in_refused', 'sign_in_blocked', 'signed_out', 'password_set', 'previewed', 'exported', 'backed_up', 'restored', 'added', 'changed', 'deleted', 'merged', 'taken_over'])), name='audit_action_known', violation_error_message='This action is not one of ours.'),
        ),
        migrations.AddField(
            model_name='presence',
            name='story',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.story'),
        ),
        migrations.AddField(
            model_name='presence',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='workingcopy',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='working_copies', to=settings.AUTH_USER_MODEL, verbose_name='sign-in'),
        ),
        migrations.AddField(
            model_name='workingcopy',
            name='story',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='working_copies', to='articles.story', verbose_name='story'),
        ),
        migrations.AddField(
            model_name='workingcopy',
            name='taken_over_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken over by'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(fields=('story', 'user'), name='one_presence_a_story'),
        ),
        migrations.AddIndex(
            model_name='workingcopy',
            index=models.Index(fields=['owner', '-changed_at'], name='working_copy_of_owner'),
        ),
    ]
