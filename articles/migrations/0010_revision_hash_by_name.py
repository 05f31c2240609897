import hashlib
import itertools
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations


def by_key(revision):
    return revision.by_id


def by_name(revision):
    return revision.by and revision.by.username


def hash_of(revision, by):
    told = [revision.number, revision.move, revision.note, by, revision.at, revision.snapshot, revision.previous_hash]
    return hashlib.sha256(json.dumps(told, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


def chain_anew(was, becomes):
    """Each revision's hash of the one before, with who did it told by `becomes`.

    Where a chain does not hold as it `was`, it is left from there on, so that it is still found broken.
    """

    def rewrite(apps, schema_editor):
        Revision = apps.get_model("articles", "Revision")
        revisions = Revision.objects.select_related("by").order_by("story", "number").iterator(chunk_size=500)
        for _story, chain in itertools.groupby(revisions, key=lambda revision: revision.story_id):
            first = next(chain)
            old, new = hash_of(first, was(first)), hash_of(first, becomes(first))
            for revision in chain:
                if revision.previous_hash != old:
                    break
                old = hash_of(revision, was(revision))
                revision.previous_hash = new
                revision.save(update_fields=["previous_hash"])
                new = hash_of(revision, becomes(revision))

    return rewrite


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0009_wire'),
    ]

    operations = [
        migrations.RunPython(chain_anew(by_key, by_name), chain_anew(by_name, by_key)),
    ]
