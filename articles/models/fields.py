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
    """Migrations see the plain Django field, because the additions are Python code and do not change the database."""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        plain = next(base for base in type(self).__mro__ if base.__module__.startswith("django."))
        return name, f"django.db.models.{plain.__name__}", args, kwargs


class Ruled(PlainInMigrations):
    """A field whose text passes one rule of `letters` on every way into the database.

    A form, `loaddata`, `save`, `bulk_create`, `bulk_update` and `QuerySet.update` all call `to_python`, so the rule
    stands there. Lookups by equality call it, too, so a query finds a row by the name that somebody typed.
    After a save, the instance has the stored value.
    """

    rule = None

    def to_python(self, value):
        if type(value) is not str:
            value = super().to_python(value)
        return type(self).rule(value) if isinstance(value, str) else value

    def get_db_prep_save(self, value, connection):
        """The same result as Django's way through `to_python`, but without its five calls, which slow down ingest."""
        return type(self).rule(value) if type(value) is str else super().get_db_prep_save(value, connection)

    def pre_save(self, row, add):
        value = super().pre_save(row, add)
        if isinstance(value, str) and (ruled := self.to_python(value)) != value:
            setattr(row, self.attname, ruled)
            return ruled
        return value


class LineField(Ruled, models.CharField):
    """One line of text: a headline, a name."""

    rule = letters.line


class ProseField(Ruled, models.TextField):
    """Plain text of any number of lines."""

    rule = letters.prose


class EmailField(Ruled, models.EmailField):
    rule = letters.line


class LinkField(Ruled, models.URLField):
    """A link to another site, shown to readers or to the desk."""

    rule = letters.line


def secure(address):
    """The address with its scheme in lower case, as browsers normalise it."""
    line = letters.line(address)
    return f"https://{line[8:]}" if line[:8].lower() == "https://" else line


def is_secure(address):
    if address[:8] != "https://":
        raise ValidationError(_("The address begins with https://."), code="secure")


class SecureLinkField(LinkField):
    """A link for readers, which must be https; see `secure_constraint`."""

    rule = secure
    default_validators = [*LinkField.default_validators, is_secure]

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})


def host(written):
    """The host as browsers request it: in lower case, and in ASCII (IDNA)."""
    name = "".join(letter.lower() for letter in letters.line(written)).removesuffix(".")
    try:
        return name if name.isascii() else ".".join(map(_label, _DOTS.split(name)))
    except UnicodeError:
        return name


def _label(part):
    """Keep ß and ς, as browsers do (UTS 46). Python's IDNA follows the rules of 2003 and would write ss and σ."""
    if "ß" in part or "ς" in part:
        return f"xn--{unicodedata.normalize('NFKC', part).encode('punycode').decode()}"
    return part.encode("idna").decode()


def is_host(name):
    if not _A_HOST.match(name):
        message = _("Write the host alone, without https://, port and path: %(example)s")
        raise ValidationError(message, code="host", params={"example": "gorontalo.example.com"})


class HostField(Ruled, models.CharField):
    """The host of a web site, without scheme, port and path; see `host_constraint`."""

    rule = host
    default_validators = [is_host]


def address_part(written):
    return letters.slug(written) if written else written


class SlugFormField(forms.SlugField):
    """Makes a slug of the text that somebody typed."""

    def to_python(self, value):
        return address_part(super().to_python(value))


class SlugField(Ruled, models.SlugField):
    """The last part of an address; see `slug_constraint`. If it is empty, it is made from the field `made_from`."""

    rule = address_part

    def __init__(self, *args, made_from=None, **kwargs):
        self.made_from = made_from
        super().__init__(*args, **kwargs)

    def slug_from(self, text):
        return letters.slug(text, self.max_length)

    def pre_save(self, row, add):
        if not (value := super().pre_save(row, add)) and self.made_from:
            value = self.slug_from(getattr(row, self.made_from))
            setattr(row, self.attname, value)
        return value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": SlugFormField, **kwargs})


def folded(name):
    """The folded name, cut at 300 characters, because an index cannot hold more."""
    return letters.folded(name)[:300].rstrip()


class FoldedField(Ruled, models.CharField):
    """The common form of all spellings of a name. Its value follows the field `of`, on reading and on writing."""

    rule = folded

    def __init__(self, *args, of=None, **kwargs):
        self.of = of
        super().__init__(*args, **{"editable": False, "serialize": False, **kwargs})

    def contribute_to_class(self, model, name, **kwargs):
        super().contribute_to_class(model, name, **kwargs)
        if self.of:  # not in migrations
            setattr(model, self.attname, _Following(self))


class _Following:
    """Computes the value of a FoldedField from its source field, and ignores a value that was read or set."""

    def __init__(self, field):
        self.field = field

    def __get__(self, row, model=None):
        return self if row is None else folded(getattr(row, self.field.of))

    def __set__(self, row, value):
        row.__dict__[self.field.attname] = value  # without the key, Django takes the field for deferred


class JsonField(PlainInMigrations, models.JSONField):
    """JSON whose texts are sound at every depth."""

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(letters.sound_within(value), connection)


class BodyFormField(forms.CharField):
    """Bounds and cleans a text before anything is locked or queried."""

    def clean(self, value):
        try:
            return body.bounded(super().clean(value))
        except body.TooLong as error:
            raise ValidationError(str(error), code="too_long") from error


class BodyField(models.TextField):
    """The text of a story or a policy: HTML that has passed `body.bounded` on every way into the database.

    `get_db_prep_save` is the one hook that `save`, `loaddata`, `bulk_create`, `bulk_update` and
    `QuerySet.update` all pass. It raises TooLong. An instance keeps the text that was set until it is read again.
    """

    is_markup = True  # search indexes its words without the tags

    def from_db_value(self, value, expression, connection):
        return value if value is None else body.Clean(value)

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str):
            value = body.bounded(value)
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": BodyFormField, **kwargs})


def public_id():
    """A stable id for links from outside the database: it never changes, while a slug may."""
    return models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)


class Rtrim(models.Func):
    """RTRIM(text, letters). It is empty if the text has only these letters; SQLite and PostgreSQL agree on it."""

    function = "RTRIM"
    output_field = models.CharField()


def _only(field, allowed):
    return Q(Exact(Rtrim(F(field), Value(allowed)), Value("")))


def slug_constraint(name, field="slug"):
    """The database refuses a bad slug. It uses no regex, because on SQLite only Django's connections have one."""
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
    """The database checks that an ASCII name and its folding agree; it cannot fold other letters."""
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
