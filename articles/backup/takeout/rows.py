"""The rows of a backup (directory.py): from the database to its lists, and from its lists to the database."""

import contextlib
import functools
import itertools

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.utils import validate_file_name
from django.db import DataError, IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from articles import database
from articles.models import (
    Address,
    Arrival,
    Assignee,
    Assignment,
    AuditEntry,
    AwaitedPhoto,
    Correction,
    Credit,
    DeskPreference,
    Edition,
    EventArrival,
    FollowLink,
    FormerFile,
    FormerKey,
    FormerPersonSlug,
    FormerSectionSlug,
    FormerSeriesSlug,
    FormerTagSlug,
    IncompletePost,
    MailChoice,
    Membership,
    Network,
    Note,
    OldAddress,
    Owner,
    Person,
    Photo,
    PhotoArrival,
    Policy,
    Position,
    ReadCount,
    Revision,
    SavedView,
    Section,
    Series,
    Slot,
    SourceNote,
    SourcePerson,
    SourcePhoto,
    SourceSection,
    SourceSeries,
    SourceTag,
    Story,
    StoryPhoto,
    Tag,
    TaggedStory,
    WaitingChange,
    WorkingCopy,
)
from articles.models.fields import FoldedField, Ruled
from articles.wire.values.item import Refusal

BATCH = 500
User = get_user_model()
STAYS = {"password", "last_login", "is_superuser"}  # fields of an account that are not exported
MODELS = [  # a referred model comes first; references within one table are set after all of its rows
    User, Photo, FormerFile, Person, Owner, Network, Edition, FollowLink, Policy, Section, Position, Membership, Tag,
    Series, FormerTagSlug, FormerPersonSlug, FormerSeriesSlug, FormerSectionSlug,
    SourceTag, SourcePerson, SourceSeries, SourceSection, SourcePhoto, SourceNote,
    Story, Credit, TaggedStory, StoryPhoto, Address, OldAddress, Arrival, AwaitedPhoto, IncompletePost, Correction,
    Revision, WaitingChange, ReadCount, FormerKey, PhotoArrival, AuditEntry, SavedView,
    DeskPreference, WorkingCopy, Assignment, Assignee, EventArrival, Note, MailChoice, Slot,
]  # fmt: skip
ADDED = {  # {model: version of the backup format that added it}
    **dict.fromkeys([FormerTagSlug, FormerPersonSlug, FormerSeriesSlug, FormerSectionSlug, FormerKey], 2),
    **dict.fromkeys([SourceTag, SourcePerson, SourceSeries, SourceSection, SourcePhoto, AwaitedPhoto, PhotoArrival], 3),
    **dict.fromkeys([SourceNote, IncompletePost], 3),
    AuditEntry: 4,
    **dict.fromkeys([SavedView, DeskPreference], 5),
    WorkingCopy: 6,
    **dict.fromkeys([Assignment, Assignee, EventArrival, Note, MailChoice, Slot], 7),
}
UNREADABLE = (
    ValueError, TypeError, LookupError, AttributeError, ValidationError, SuspiciousFileOperation, IntegrityError,
    RecursionError,
)  # fmt: skip


def list_of(model):
    return f"{model._meta.model_name}.jsonl"


def _fields(model):
    """The fields that a restore stores: all except the primary key and columns that the database computes."""
    fields = [f for f in model._meta.concrete_fields if not f.generated and not f.primary_key]
    return [field for field in fields if field.serialize or isinstance(field, FoldedField)]


def _leaving(model):
    return [field for field in _fields(model) if field.serialize and (model is not User or field.name not in STAYS)]


def _key(model):
    """The fields of the natural key: ("edition__slug", "slug")."""
    return (User.USERNAME_FIELD,) if model is User else model._default_manager.natural_fields


def rows_of(model):
    """All rows of a model as plain values, ordered by primary key. Joins fetch all natural keys in one query."""
    fields = _leaving(model)
    parts = [[f"{f.name}__{part}" for part in _key(f.related_model)] if f.is_relation else [f.name] for f in fields]
    stored = model._base_manager.order_by("pk").values_list(*itertools.chain(*parts))
    for values in map(iter, stored.iterator(BATCH)):
        row = {}
        for field, names in zip(fields, parts, strict=True):
            first, *rest = itertools.islice(values, len(names))
            row[field.name] = [first, *rest] if field.is_relation and first is not None else first
        yield row


def store_rows(model, rows, progress):
    """Store the rows of a list. Raises Refusal."""
    for batch in itertools.batched(enumerate(rows, 1), BATCH):
        with legible(list_of(model)):
            known = _known(model, [row for _number, row in batch])
        values = []
        for number, row in batch:
            with legible_line(list_of(model), number):
                values += _values(model, row, known)
        _insert(model, values)
        progress(batch[-1][0])


def _known(model, rows):
    """{model: {natural key: primary key}} for all rows referred to, and for accounts that exist already."""
    known = {User: _primary_keys(User, [[row[User.USERNAME_FIELD]] for row in rows])} if model is User else {}
    for field in _leaving(model):
        if field.is_relation and field.related_model is not model:
            keys = [row[field.name] for row in rows if row.get(field.name)]
            known.setdefault(field.related_model, {}).update(_primary_keys(field.related_model, keys))
    return known


def _primary_keys(model, keys):
    """{natural key: primary key} for the keys that exist, in one query."""
    keys = [_cleaned_key(model, key) for key in keys]
    *_others, last = _key(model)
    rows = model._base_manager.filter(**{f"{last}__in": {key[-1] for key in keys}}).values_list(*_key(model), "pk")
    return {tuple(map(str, key)): pk for *key, pk in rows}


def _cleaned_key(model, key):
    """A natural key, cleaned by its fields, because an old backup may have a key from before today's rules."""
    fields = _key_fields(model)
    if not isinstance(key, list | tuple) or len(key) != len(fields):
        return key
    return tuple(
        field.to_python(part) if isinstance(field, Ruled) and part is not None else part
        for field, part in zip(fields, key, strict=True)
    )


@functools.cache
def _key_fields(model):
    return [_field(model, name.split("__")) for name in _key(model)]


def _field(model, path):
    field = model._meta.get_field(path[0])
    return _field(field.related_model, path[1:]) if path[1:] else field


def _values(model, row, known):
    """[values of a row for the database]; an empty list for an account that exists already and is not changed."""
    if unknown := row.keys() - {field.name for field in _leaving(model)}:
        raise ValueError(_("there is no %(fields)s here") % {"fields": ", ".join(sorted(unknown))})
    if model is User and (row[User.USERNAME_FIELD],) in known[User]:
        return []
    return [[_value(model, field, row, known) for field in _fields(model)]]


def _value(model, field, row, known):
    value = row[field.name] if field.name in row else _left_out(field, row)
    if field.is_relation and value is not None:
        value = None if field.related_model is model else _referred(field, value, known[field.related_model])
    if isinstance(field, models.FileField) and value:
        validate_file_name(value, allow_relative_path=True)
    return field.get_db_prep_save(field.to_python(value), connection)


def _left_out(field, row):
    """The value of a field that is not in the backup, because the field is newer or not exported."""
    if isinstance(field, FoldedField):
        return row[field.of]
    return make_password(None) if field.name == "password" else field.get_default()


def _referred(field, key, known):
    """The primary key of the row that a field refers to."""
    pk = known.get(tuple(map(str, _cleaned_key(field.related_model, key))))
    if pk is None:
        params = {"field": field.name, "key": "/".join(map(str, key))}
        raise ValueError(_("%(field)s refers to %(key)s, which is not there") % params)
    return pk


def _insert(model, rows):
    """Store rows. If the database refuses them, raise Refusal for the first bad row."""
    fields = _fields(model)
    try:
        with transaction.atomic():
            _write(model, [field.name for field in fields], rows)
    except (IntegrityError, DataError, ValueError, OverflowError) as error:
        if len(rows) == 1:
            row = model(**{field.attname: value for field, value in zip(fields, rows[0], strict=True)})
            raise Refusal(database.refusal(row, error)) from error
        for row in rows:
            _insert(model, [row])


def link_self_references(model, rows):
    """Set references within one table, after all of its rows: a section's parent, the verification of a story."""
    own = [field for field in _fields(model) if field.is_relation and field.related_model is model]
    for batch in itertools.batched(rows if own else (), BATCH):
        with legible(list_of(model)):
            for field in own:
                ends = [(_own_key(model, row), row[field.name]) for row in batch if row.get(field.name)]
                known = _primary_keys(model, list(itertools.chain(*ends)))
                pairs = [(_referred(field, one, known), _referred(field, other, known)) for one, other in ends]
                changed = [model(pk=one, **{field.attname: other}) for one, other in pairs]
                model._base_manager.bulk_update(changed, [field.name])


def _own_key(model, row):
    """The natural key of a row, with the natural keys of referred rows in it."""
    names = dict.fromkeys(name.partition("__")[0] for name in _key(model))
    return [part for name in names for part in (row[name] if isinstance(row[name], list) else [row[name]])]


@contextlib.contextmanager
def legible(place):
    """Turn any error in the data into a Refusal that names the place."""
    try:
        yield
    except UNREADABLE as error:
        reason = " ".join(error.messages) if isinstance(error, ValidationError) else error
        raise Refusal(_("%(place)s cannot be read: %(reason)s") % {"place": place, "reason": reason}) from error


def legible_line(name, number):
    return legible(_("%(name)s, line %(number)s") % {"name": name, "number": number})


def _write(model, fields, values):
    """Insert many rows without Django's models. The constraints of the database still apply."""
    columns = ", ".join(connection.ops.quote_name(model._meta.get_field(field).column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", values)
