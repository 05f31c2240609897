import re
import unicodedata
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Left, Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from articles.text import body, letters

HOST_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-."
_DOTS = re.compile("[.\u3002\uff0e\uff61]")
_A_HOST = re.compile(r"(?=.{1,253}\Z)(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*\Z")


class PlainInMigrations:
    """Migrations know the plain field: what is added to it is Python's, and the database has no part in it."""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        plain = next(base for base in type(self).__mro__ if base.__module__.startswith("django."))
        return name, f"django.db.models.{plain.__name__}", args, kwargs


class Ruled(PlainInMigrations):
    """A field whose texts pass one rule of `letters` on every way into the database.

    `to_python` is the one hook that a form, `loaddata`, `save`, `bulk_create`, `bulk_update` and `QuerySet.update` all
    pass. What is asked for by equality passes it, too, so that a row is found by the name that somebody typed.
    A row that is saved holds afterwards what is stored.
    """

    rule = None

    def to_python(self, value):
        if type(value) is not str:
            value = super().to_python(value)
        return type(self).rule(value) if isinstance(value, str) else value

    def get_db_prep_save(self, value, connection):
        """The same as Django's way through `to_python`, without its five calls, which the wire feels."""
        return type(self).rule(value) if type(value) is str else super().get_db_prep_save(value, connection)

    def pre_save(self, row, add):
        value = super().pre_save(row, add)
        if isinstance(value, str) and (ruled := self.to_python(value)) != value:
            setattr(row, self.attname, ruled)
            return ruled
        return value


class LineField(Ruled, models.CharField):
    """A text of one line: a headline, a name."""

    rule = letters.line


class ProseField(Ruled, models.TextField):
    """A plain text of any number of lines."""

    rule = letters.prose


class EmailField(Ruled, models.EmailField):
    rule = letters.line


class LinkField(Ruled, models.URLField):
    """An address elsewhere, to which readers or the desk may be led."""

    rule = letters.line


def secure(address):
    """The scheme in small letters, as a browser reads it."""
    found = letters.line(address)
    return f"https://{found[8:]}" if found[:8].lower() == "https://" else found


def is_secure(address):
    if address[:8] != "https://":
        raise ValidationError(_("The address begins with https://."), code="secure")


class SecureLinkField(LinkField):
    """An address to which readers are led by https only; see `secure_constraint`."""

    rule = secure
    default_validators = [*LinkField.default_validators, is_secure]

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})


def host(written):
    """A host as browsers ask for it: in small letters, and in ASCII by IDNA."""
    found = "".join(letter.lower() for letter in letters.line(written)).removesuffix(".")
    try:
        return found if found.isascii() else ".".join(map(_label, _DOTS.split(found)))
    except UnicodeError:
        return found


def _label(part):
    """ß and ς stay letters of their own, as in browsers (UTS 46); Python's IDNA of 2003 would write ss and σ."""
    if "ß" in part or "ς" in part:
        return f"xn--{unicodedata.normalize('NFKC', part).encode('punycode').decode()}"
    return part.encode("idna").decode()


def is_host(name):
    if not _A_HOST.match(name):
        told = _("Write the host alone, without https://, port and path: %(example)s")
        raise ValidationError(told, code="host", params={"example": "gorontalo.example.com"})


class HostField(Ruled, models.CharField):
    """The host of a web site, without scheme, port and path; see `host_constraint`."""

    rule = host
    default_validators = [is_host]


def address_part(written):
    return letters.slug(written) if written else written


class SlugFormField(forms.SlugField):
    """Takes what somebody types, and makes a slug of it."""

    def to_python(self, value):
        return address_part(super().to_python(value))


class SlugField(Ruled, models.SlugField):
    """The end of an address; see `slug_constraint`. `made_from`: the field whose text it is made of, if it is empty."""

    rule = address_part

    def __init__(self, *args, made_from=None, **kwargs):
        self.made_from = made_from
        super().__init__(*args, **kwargs)

    def made_for(self, text):
        return letters.slug(text, self.max_length)

    def pre_save(self, row, add):
        if not (value := super().pre_save(row, add)) and self.made_from:
            value = self.made_for(getattr(row, self.made_from))
            setattr(row, self.attname, value)
        return value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": SlugFormField, **kwargs})


def folded(name):
    """Of a long name the beginning, as an index can hold it."""
    return letters.folded(name)[:300].rstrip()


class FoldedField(Ruled, models.CharField):
    """What all spellings of a name have in common. It follows the field `of` on every way in, as `getattr` reads it."""

    rule = folded

    def __init__(self, *args, of=None, **kwargs):
        self.of = of
        super().__init__(*args, **{"editable": False, "serialize": False, **kwargs})

    def contribute_to_class(self, model, name, **kwargs):
        super().contribute_to_class(model, name, **kwargs)
        if self.of:  # not in migrations
            setattr(model, self.attname, _Following(self))


class _Following:
    """The value of a FoldedField is that of its source, whatever was read or set."""

    def __init__(self, field):
        self.field = field

    def __get__(self, row, model=None):
        return self if row is None else folded(getattr(row, self.field.of))

    def __set__(self, row, value):
        row.__dict__[self.field.attname] = value  # Django takes a field that is not there for one not read


class JsonField(PlainInMigrations, models.JSONField):
    """Values whose texts are sound, whatever they hold."""

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(letters.sound_within(value), connection)


class BodyFormField(forms.CharField):
    """A text is bounded and cleaned before anything is locked or asked of it."""

    def clean(self, value):
        try:
            return body.bounded(super().clean(value))
        except body.TooLong as error:
            raise ValidationError(str(error), code="too_long") from error


class BodyField(models.TextField):
    """The text of a story, a policy: HTML that has passed `body.bounded` on every way into the database.

    `get_db_prep_save` is the one hook that `save`, `loaddata`, `bulk_create`, `bulk_update` and
    `QuerySet.update` all pass. It raises TooLong. An instance keeps the text it was given until it is read again.
    """

    is_markup = True  # its words are searched without the tags

    def from_db_value(self, value, expression, connection):
        return value if value is None else body.Clean(value)

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str):
            value = body.bounded(value)
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": BodyFormField, **kwargs})


def public_id():
    """What a row is called by whatever must find it again: it never changes, where a slug may."""
    return models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)


class Rtrim(models.Func):
    """RTRIM(text, letters): nothing is left of a text without other letters. SQLite and PostgreSQL have it alike."""

    function = "RTRIM"
    output_field = models.CharField()


def _only(field, allowed):
    return Q(Exact(Rtrim(F(field), Value(allowed)), Value("")))


def slug_constraint(name, field="slug"):
    """The database refuses what is no slug. Not by a pattern: those of SQLite are Django's, and others write, too."""
    return models.CheckConstraint(
        condition=_only(field, letters.SLUG_LETTERS) & ~Q(**{field: ""}),
        name=name,
        violation_error_message=_("An address ends in small letters, digits, hyphens and underscores."),
    )


def host_constraint(name, field="host"):
    return models.CheckConstraint(
        condition=_only(field, HOST_LETTERS) & ~Q(**{field: ""}),
        name=name,
        violation_error_message=_("A host is written in small letters, without scheme, port and path."),
    )


def secure_constraint(name, field="url"):
    return models.CheckConstraint(
        condition=Q(Exact(Left(field, 8), Value("https://"))),
        name=name,
        violation_error_message=_("The address begins with https://."),
    )


def folded_constraint(name, field, of):
    """A name of plain letters and its folding change together, whoever writes: that much the database can tell."""
    plain = "".join(map(chr, range(0x20, 0x7F)))
    return models.CheckConstraint(
        condition=~_only(of, plain) | Q(**{field: Lower(of)}),
        name=name,
        violation_error_message=_("The name and what it is compared by do not belong together."),
    )


def choice_constraint(field, choices, name, message):
    """The database refuses any value of `field` outside `choices`, so fixtures and bulk writes do too."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": choices.values}), name=name, violation_error_message=message
    )


def natural_manager(*fields, queryset=models.QuerySet):
    """A manager class that finds a row by `fields`, which may follow a foreign key: "edition__slug"."""

    class NaturalManager(models.Manager.from_queryset(queryset)):
        natural_fields = fields

        def get_by_natural_key(self, *values):
            return self.get(**dict(zip(fields, values, strict=True)))

    return NaturalManager
