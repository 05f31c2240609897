"""People, tags, series and sections get public ids. Revisions from before named them by slug, which may be renamed:
whom each slug meant until now is kept (FormerKey), outside of the revisions, whose chain of hashes stays as it is.
"""

import itertools
import uuid

from django.db import migrations, models

NAMES = {"Person": "name", "Tag": "name", "Series": "kicker", "Section": "name"}
PARTS = {"credits": "person", "tags": "tag", "series": "series", "section": "section"}  # of a snapshot


def identify(apps, schema_editor):
    """A public id for each row there is."""
    for name in NAMES:
        model = apps.get_model("articles", name)
        for rows in itertools.batched(model.objects.only("pk").iterator(chunk_size=500), 500):
            for row in rows:
                row.uid = uuid.uuid4()
            model.objects.bulk_update(rows, ["uid"])
    if schema_editor.connection.vendor == "postgresql":  # which changes no table while something is still to be checked
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def keep_keys(apps, schema_editor):
    """Whom each slug means today, if a revision or a change that waits may name it."""
    Waiting, FormerKey = apps.get_model("articles", "WaitingChange"), apps.get_model("articles", "FormerKey")
    if not (apps.get_model("articles", "Revision").objects.exists() or Waiting.objects.exists()):
        return
    for batch in itertools.batched(known(apps), 500):
        FormerKey.objects.bulk_create(FormerKey(kind=k, key=key, uid=uid, name=name) for k, key, uid, name in batch)
    for waiting in Waiting.objects.select_related("story__edition"):
        for part in (waiting.changes, waiting.base):
            bring_over(FormerKey, part, waiting.story.edition.slug)
        waiting.save()


def known(apps):
    for name, told_by in NAMES.items():
        rows = apps.get_model("articles", name).objects
        if name == "Section":
            for edition, slug, uid, told in rows.values_list("edition__slug", "slug", "uid", told_by):
                yield "section", f"{edition}/{slug}", uid, told
        else:
            for slug, uid, told in rows.values_list("slug", "uid", told_by):
                yield name.lower(), slug, uid, told


def bring_over(FormerKey, part, edition):
    """A part of a snapshot that names rows by slug names them by public id; an unknown slug stays, to be told."""
    names = {}

    def now(kind, slug):
        key = f"{edition}/{slug}" if kind == "section" else slug
        found = FormerKey.objects.filter(kind=kind, key=key).first() if slug else None
        names.update({str(found.uid): found.name} if found else {})
        return str(found.uid) if found else slug

    for field, kind in PARTS.items():
        if field == "credits" and field in part:
            part[field] = [[now(kind, slug), role] for slug, role in part[field]]
        elif field == "tags" and field in part:
            part[field] = [now(kind, slug) for slug in part[field]]
        elif field in part:
            part[field] = now(kind, part[field])
    if names:
        part["names"] = names


def uid(**options):
    return models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="public id", **options)


MOVES = [
    ("saved", "saved"), ("submitted", "submitted"), ("returned", "returned"), ("approved", "approved"),
    ("released", "released"), ("rescheduled", "rescheduled"), ("corrected", "corrected"), ("withdrawn", "withdrawn"),
    ("restored", "restored"), ("prepared", "prepared"), ("called_off", "called off"), ("went_out", "went out"),
    ("taken_in", "taken in"), ("loaded", "loaded"),
]


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0012_by_day"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("person", "person"), ("tag", "tag"), ("series", "series"), ("section", "section")], max_length=10, verbose_name="kind")),
                ("key", models.CharField(help_text="A section's begins with that of its edition.", max_length=200, verbose_name="key")),
                ("uid", models.UUIDField(verbose_name="public id")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
            ],
            options={
                "verbose_name": "former key",
                "verbose_name_plural": "former keys",
                "ordering": ["kind", "key"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="one_former_key"),
                    models.CheckConstraint(condition=models.Q(kind__in=["person", "tag", "series", "section"]), name="former_key_kind_known", violation_error_message="This kind is not one of ours."),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="revision", name="revision_move_known"),
        migrations.AlterField(
            model_name="revision",
            name="move",
            field=models.CharField(choices=MOVES, default="saved", max_length=20, verbose_name="move"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(condition=models.Q(("move__in", [move for move, _label in MOVES])), name="revision_move_known", violation_error_message="This move is not one of ours."),
        ),
        *(migrations.AddField(model_name=name.lower(), name="uid", field=uid(null=True)) for name in NAMES),
        migrations.RunPython(identify, migrations.RunPython.noop),
        *(migrations.AlterField(model_name=name.lower(), name="uid", field=uid(unique=True)) for name in NAMES),
        migrations.RunPython(keep_keys, migrations.RunPython.noop),
    ]
