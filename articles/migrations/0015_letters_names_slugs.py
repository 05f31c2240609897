"""What texts, names, slugs and addresses may hold: rows that are there are mended, then the database keeps others out.

Revisions stay as they are: what was told then is part of their chain of hashes.
"""

import itertools
import re

from django.db import IntegrityError, migrations, models, transaction
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Left, Lower
from django.db.models.lookups import Exact

from articles.text import letters
from articles.models.fields import BodyField, Rtrim, folded, host, secure

OF_SLUGS = "abcdefghijklmnopqrstuvwxyz0123456789-_"
OF_HOSTS = "abcdefghijklmnopqrstuvwxyz0123456789-."
TYPED = "".join(map(chr, range(0x20, 0x7F)))
BATCH = 500
UNTOUCHED = {"Revision", "FormerKey", "Touch", "Moment"}
SLUGS = {  # what a slug is made from where it leaves nothing, and within what it is the only one
    "Owner": ("name", []),
    "Network": ("name", []),
    "Edition": ("name", []),
    "Policy": ("title", ["edition_id"]),
    "Section": ("name", ["edition_id"]),
    "Person": ("name", []),
    "Series": ("kicker", []),
    "Tag": ("name", []),
    "Story": ("headline", ["edition_id", "day"]),
    "Address": (None, ["edition_id", "day"]),
}


def mend(apps, schema_editor):
    connection = schema_editor.connection
    merge_tags(apps)
    for model in apps.get_app_config("articles").get_models():
        if model.__name__ not in UNTOUCHED:
            mend_texts(model, connection)
    mend_waiting(apps)
    for name, (made_from, within) in SLUGS.items():
        mend_slugs(apps.get_model("articles", name), made_from, within)
    mend_hosts(apps.get_model("articles", "Edition"))
    mend_links(apps.get_model("articles", "FollowLink"))
    fold(apps.get_model("articles", "Tag"))
    tags = apps.get_model("articles", "Tag").objects.values("slug")
    apps.get_model("articles", "FormerTagSlug").objects.filter(slug__in=tags).delete()
    if connection.vendor == "postgresql":  # which changes no table while something is still to be checked
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def in_batches(model, names):
    last = 0
    while rows := list(model.objects.filter(pk__gt=last).order_by("pk").values("pk", *names)[:BATCH]):
        yield from rows
        last = rows[-1]["pk"]


# Texts ------------------------------------------------------------------------------------


def rule_of(field):
    """What becomes of the texts of a field; None where they are mended otherwise or not at all."""
    if field.name in ("slug", "host", "folded") or field.generated:
        return None
    if isinstance(field, BodyField):
        return letters.sound
    if isinstance(field, models.TextField):
        return letters.prose
    if isinstance(field, models.CharField):
        return letters.line
    return letters.sound_within if isinstance(field, models.JSONField) else None


def mend_texts(model, connection):
    rules = {field.attname: rule for field in model._meta.concrete_fields if (rule := rule_of(field))}
    for row in in_batches(model, list(rules)) if rules else ():
        mended = {name: rule(row[name]) for name, rule in rules.items() if row[name] is not None}
        changed = {name: value for name, value in mended.items() if value != row[name]}
        if changed:
            store(model, row["pk"], changed)
            if model.__name__ == "Story" and connection.vendor == "sqlite":  # its triggers rest meanwhile
                index_anew(connection, row["pk"])


def store(model, pk, changed):
    """A row that has become the same as another says nothing more, but for a link to another place."""
    try:
        with transaction.atomic():
            model.objects.filter(pk=pk).update(**changed)
    except IntegrityError:
        if "channel" in changed:
            model.objects.filter(pk=pk).update(**changed | {"channel": f"{changed['channel'][:30]} {pk}"})
        else:
            model.objects.filter(pk=pk).delete()


def index_anew(connection, pk):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles_search'")
        if cursor.fetchone():
            cursor.execute("DELETE FROM articles_search WHERE rowid = %s", [pk])
            cursor.execute(
                """INSERT INTO articles_search (rowid, headline, standfirst, body)
                   SELECT id, headline, standfirst, plain_text(body) FROM articles_story WHERE id = %s""",
                [pk],
            )


def mend_waiting(apps):
    """What waits is compared with the story that it changes, so it is mended as that was."""
    Story, Waiting = apps.get_model("articles", "Story"), apps.get_model("articles", "WaitingChange")
    rules = {field.attname: rule for field in Story._meta.concrete_fields if (rule := rule_of(field))}
    rules["slug"] = lambda slug: letters.slug(slug) if slug else slug
    for row in in_batches(Waiting, ["changes", "base"]):
        mended = {
            part: {
                name: rules[name](value) if name in rules and isinstance(value, str) else value
                for name, value in row[part].items()
            }
            for part in ("changes", "base")
        }
        Waiting.objects.filter(pk=row["pk"]).update(**mended)


# Slugs, hosts, links ----------------------------------------------------------------------


def mend_slugs(model, made_from, within):
    longest = model._meta.get_field("slug").max_length
    for row in in_batches(model, ["slug", *within, *([made_from] if made_from else [])]):
        wanted = letters.slug(row["slug"] or row.get(made_from) or "", longest)
        if wanted == row["slug"]:
            continue
        if "day" in within and row["day"] is None:  # a draft's address is not given out yet
            model.objects.filter(pk=row["pk"]).update(slug=wanted)
            continue
        others = model.objects.filter(**{name: row[name] for name in within}).exclude(pk=row["pk"])
        if made_from is None and others.filter(slug=wanted).exists():
            model.objects.filter(pk=row["pk"]).delete()  # where it was, another leads on already
            continue
        taken = set(others.filter(slug__startswith=wanted[: longest - 8]).values_list("slug", flat=True))
        numbered = (f"{wanted[: longest - 8]}-{number}" for number in itertools.count(2))
        free = next(slug for slug in itertools.chain([wanted], numbered) if slug not in taken)
        model.objects.filter(pk=row["pk"]).update(slug=free)


def mend_hosts(model):
    for row in in_batches(model, ["host"]):
        name = host(re.sub(r"^[a-z]+://|[:/?#].*\Z", "", row["host"].strip(), flags=re.I | re.S))
        others = model.objects.exclude(pk=row["pk"])
        if not name or name.strip(OF_HOSTS) or others.filter(host=name).exists():
            name = f"edition-{row['pk']}.invalid"
        if name != row["host"]:
            model.objects.filter(pk=row["pk"]).update(host=name)


def mend_links(model):
    for row in in_batches(model, ["url"]):
        url = secure(re.sub(r"^http://", "https://", row["url"], flags=re.I))
        if not url.startswith("https://"):
            model.objects.filter(pk=row["pk"]).delete()
        elif url != row["url"]:
            model.objects.filter(pk=row["pk"]).update(url=url)


# Tags of one name -------------------------------------------------------------------------


def merge_tags(apps):
    """Of each name the tag with the most stories stays, and the addresses of the others lead to it."""
    Tag, kept = apps.get_model("articles", "Tag"), {}
    counted = Tag.objects.annotate(stories=Count("links")).order_by("-stories", "pk")
    for pk, name, slug in counted.values_list("pk", "name", "slug"):
        first = kept.setdefault(folded(name), pk)
        if first != pk:
            merge(apps, pk, slug, first)


def merge(apps, pk, slug, into):
    Tag, Link = apps.get_model("articles", "Tag"), apps.get_model("articles", "TaggedStory")
    Former = apps.get_model("articles", "FormerTagSlug")
    links = Link.objects.filter(tag=pk)
    had_both = Link.objects.filter(tag=into).values("content_object")
    links.filter(pk__in=list(links.filter(content_object__in=had_both).values_list("pk", flat=True))).delete()
    links.update(tag=into)
    lead_on(apps.get_model("articles", "FormerKey"), Tag.objects.get(pk=pk), Tag.objects.get(pk=into))
    Tag.objects.filter(pk=pk).delete()
    slug = letters.slug(slug, 100)
    if not Tag.objects.filter(slug=slug).exists():
        Former.objects.get_or_create(slug=slug, defaults={"row_id": into})


def lead_on(keys, gone, kept):
    """Revisions that name the tag that goes mean the one that stays."""
    keys.objects.filter(kind="tag", uid=gone.uid).update(uid=kept.uid)
    keys.objects.create(kind="tag", key=str(gone.uid), uid=kept.uid, name=gone.name[:120])


def fold(model):
    for row in in_batches(model, ["name"]):
        model.objects.filter(pk=row["pk"]).update(folded=folded(row["name"]))


# What the database keeps ------------------------------------------------------------------


def only(field, allowed):
    return Q(Exact(Rtrim(F(field), Value(allowed)), Value("")))


def slugs_are_ascii(model, name):
    return migrations.AddConstraint(
        model_name=model,
        constraint=models.CheckConstraint(
            condition=only("slug", OF_SLUGS) & ~Q(slug=""),
            name=name,
            violation_error_message="An address ends in small letters, digits, hyphens and underscores.",
        ),
    )


def former(name, of, slug, *fields):
    return migrations.CreateModel(
        name=name,
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("slug", slug),
            ("row", models.ForeignKey(on_delete=models.CASCADE, related_name="former_slugs", to=f"articles.{of}", verbose_name=of)),
            *fields,
        ],
        options={
            "verbose_name": "former address",
            "verbose_name_plural": "former addresses",
            "ordering": ["slug"],
            "abstract": False,
        },
    )


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0014_used_rows_are_protected"),
    ]

    operations = [
        former("FormerTagSlug", "tag", models.SlugField(max_length=120, unique=True, verbose_name="slug")),
        former("FormerPersonSlug", "person", models.SlugField(max_length=120, unique=True, verbose_name="slug")),
        former("FormerSeriesSlug", "series", models.SlugField(max_length=120, unique=True, verbose_name="slug")),
        former(
            "FormerSectionSlug",
            "section",
            models.SlugField(max_length=60, verbose_name="slug"),
            ("edition", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="articles.edition", verbose_name="edition")),
        ),
        migrations.AddField(
            model_name="tag",
            name="folded",
            field=models.CharField(default="", editable=False, max_length=300, serialize=False, verbose_name="name as it is compared"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="tag",
            name="slug",
            field=models.SlugField(max_length=100, unique=True, verbose_name="slug"),
        ),
        migrations.RunPython(mend, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="tag",
            name="folded",
            field=models.CharField(editable=False, max_length=300, serialize=False, unique=True, verbose_name="name as it is compared"),
        ),
        *(
            slugs_are_ascii(model, name)
            for model, name in {
                "address": "former_address_slug_ascii",
                "edition": "edition_slug_ascii",
                "network": "network_slug_ascii",
                "owner": "owner_slug_ascii",
                "person": "person_slug_ascii",
                "policy": "policy_slug_ascii",
                "section": "section_slug_ascii",
                "series": "series_slug_ascii",
                "story": "story_slug_ascii",
                "tag": "tag_slug_ascii",
                "formertagslug": "formertagslug_slug_ascii",
                "formerpersonslug": "formerpersonslug_slug_ascii",
                "formerseriesslug": "formerseriesslug_slug_ascii",
                "formersectionslug": "formersectionslug_slug_ascii",
            }.items()
        ),
        migrations.AddConstraint(
            model_name="formersectionslug",
            constraint=models.UniqueConstraint(fields=("edition", "slug"), name="one_former_slug_of_an_edition"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=only("host", OF_HOSTS) & ~Q(host=""),
                name="edition_host_plain",
                violation_error_message="A host is written in small letters, without scheme, port and path.",
            ),
        ),
        migrations.AddConstraint(
            model_name="followlink",
            constraint=models.CheckConstraint(
                condition=Q(Exact(Left("url", 8), Value("https://"))),
                name="follow_link_secure",
                violation_error_message="The address begins with https://.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.CheckConstraint(
                condition=~only("name", TYPED) | Q(folded=Lower("name")),
                name="tag_folded_as_named",
                violation_error_message="The name and what it is compared by do not belong together.",
            ),
        ),
    ]
