import datetime
import zoneinfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.field_uses import Use, Uses
from articles.text import embeds
from articles.tracking import TracksDependencies

from ..fields import (
    EmailField,
    HostField,
    LineField,
    ProseField,
    Ruled,
    SecureLinkField,
    SlugField,
    choice_constraint,
    host_constraint,
    natural_manager,
    secure_constraint,
    slug_constraint,
)

hex_colour = RegexValidator(r"^#[0-9a-f]{6}\Z", _("A colour is written like #a3161a."))


OF_PAGES = (Use.CARDS, Use.DESK_LISTS, Use.PAGES, Use.LISTS, Use.WIRE)
FOR_CRAWLERS = ("ai_use", "tdm_policy")  # fields of an edition


class ProvidersField(Ruled, models.CharField):
    """Slugs of providers with spaces between them; others than those of text/embeds.py cannot be stored."""

    rule = embeds.named


class Owner(models.Model):
    name = LineField(_("name"), max_length=120)
    slug = SlugField(_("slug"), unique=True, made_from="name")

    objects = natural_manager("slug")()

    class Meta:
        verbose_name = _("owner")
        verbose_name_plural = _("owners")
        ordering = ["name"]
        constraints = [slug_constraint("owner_slug_ascii")]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)


class Network(models.Model):
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="networks", verbose_name=_("owner"))
    name = LineField(_("name"), max_length=120)
    slug = SlugField(_("slug"), unique=True, made_from="name")

    objects = natural_manager("slug")()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["name"]
        constraints = [slug_constraint("network_slug_ascii")]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)


class Zone(models.TextChoices):
    WIB = "Asia/Jakarta", "WIB (UTC+7)"
    WITA = "Asia/Makassar", "WITA (UTC+8)"
    WIT = "Asia/Jayapura", "WIT (UTC+9)"

    @property
    def info(self):
        return zoneinfo.ZoneInfo(self.value)


# The languages of the settings, each by its own name. Django reads them before any model is loaded.
Language = models.TextChoices("Language", {code.upper(): (code, name) for code, name in settings.LANGUAGES})


class AIUse(models.TextChoices):
    """What an owner lets programs of AI do with texts and pictures; whatever it is, search engines find the paper."""

    OPEN = "open", _("nothing is said about it")
    ANSWERS = "answers", _("they may answer questions with our stories and name us, and not learn from them")
    NONE = "none", _("they may not use them at all")


class EditionQuerySet(models.QuerySet):
    def for_page(self):
        """With all rows that the frame of a page shows, in four queries."""
        sections = self.model.sections.rel.related_model.objects.shown(timezone.now())
        return self.select_related("network__owner", "responsible", "logo").prefetch_related(
            Prefetch("sections", sections, to_attr="shown_sections"),
            "follow_links",
            Prefetch("policies", self.model.policies.rel.related_model.objects.defer("text")),
        )


class Edition(TracksDependencies, models.Model):
    """One outlet of the network: it has a name, a host, a time zone and a responsible editor."""

    key_parts = ("e", "id")
    field_uses = Uses(
        Use.CARDS.without(
            "a card shows name, host and clock, and the frame of the page the rest",
            "network", "slug", "is_default", "language", "tagline", "accent", "accent_dark", "logo", "company",
            "registration", "address", "email", "phone", "responsible", "embed_providers", *FOR_CRAWLERS,
        ),
        Use.DESK_LISTS.without("a row shows name and clock", "tagline", "accent", "accent_dark", "logo", "company",
            "registration", "address", "email", "phone", "responsible", "embed_providers", *FOR_CRAWLERS,
        ),
        Use.WIRE.without("ninjs names the outlet, its language and its company alone", "network", "is_default",
            "tagline", "accent", "accent_dark", "logo", "registration", "address", "email", "phone", "responsible",
            "embed_providers", *FOR_CRAWLERS,
        ),
        *(use.without("the desk alone keeps it", "idle_minutes") for use in OF_PAGES),
        Use.WIRE.without("all times leave with their zone, and all addresses with their host", "host", "time_zone"),
    )  # fmt: skip

    network = models.ForeignKey(Network, models.PROTECT, related_name="editions", verbose_name=_("network"))
    name = LineField(_("name"), max_length=120, help_text=_("As readers know it: TribunGorontalo.com"))
    slug = SlugField(_("slug"), unique=True, made_from="name")
    host = HostField(_("host"), max_length=253, unique=True, help_text=_("Without scheme and port."))
    is_default = models.BooleanField(_("answers at the plain address"), default=False)
    language = LineField(_("language"), max_length=5, choices=Language, default=settings.LANGUAGE_CODE)
    time_zone = LineField(_("time zone"), max_length=40, choices=Zone, default=Zone.WITA)
    tagline = LineField(_("tagline"), max_length=160, blank=True)
    accent = LineField(_("accent colour"), max_length=7, default="#a3161a", validators=[hex_colour])
    accent_dark = LineField(
        _("accent colour in the dark scheme"), max_length=7, default="#ff8a80", validators=[hex_colour]
    )
    logo = models.ForeignKey(
        "Photo",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="logo_of",
        verbose_name=_("logo"),
        help_text=_("A square picture that still reads when it is as small as a letter."),
    )
    company = LineField(_("legal name"), max_length=160, blank=True)
    registration = LineField(
        _("registration"),
        max_length=160,
        blank=True,
        help_text=_("Where and under which number the company is registered as a press company."),
    )
    address = ProseField(_("address"), blank=True)
    email = EmailField(_("e-mail"), blank=True)
    phone = LineField(_("telephone"), max_length=40, blank=True)
    responsible = models.ForeignKey(
        "Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answers_for",
        verbose_name=_("person responsible"),
        help_text=_("Penanggung jawab, as the press law asks."),
    )

    embed_providers = ProvidersField(
        _("players on pages of ours"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("A card of theirs leads to a page of ours with the player. Others lead to the provider itself."),
    )

    ai_use = LineField(
        _("AI and our stories"),
        max_length=10,
        choices=AIUse,
        default=AIUse.OPEN,
        help_text=_("Told to every program in robots.txt and beside each page and photo. It asks; it cannot force."),
    )
    tdm_policy = SecureLinkField(
        _("terms for text and data mining"),
        blank=True,
        default="",
        help_text=_("The address of a page that says how a licence can be had, for programs that ask (TDM-Policy)."),
    )

    idle_minutes = models.PositiveSmallIntegerField(
        _("minutes until a sign-in ends by itself"),
        default=480,
        validators=[MinValueValidator(5), MaxValueValidator(1440)],
        help_text=_("Without any use of the desk. Texts that are being written are kept. Five minutes to a day."),
    )

    objects = natural_manager("slug", queryset=EditionQuerySet)()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="one_default_edition",
                violation_error_message=_("Another edition answers at the plain address already."),
            ),
            choice_constraint("time_zone", Zone, "edition_zone_known", _("This time zone is not one of ours.")),
            choice_constraint("language", Language, "edition_language_known", _("This language is not one of ours.")),
            choice_constraint("ai_use", AIUse, "edition_ai_use_known", _("This choice is not one of ours.")),
            models.CheckConstraint(
                condition=Q(tdm_policy="") | secure_constraint("", "tdm_policy").condition,
                name="edition_tdm_policy_secure",
                violation_error_message=_("The address begins with https://."),
            ),
            models.CheckConstraint(
                condition=Q(idle_minutes__gte=5, idle_minutes__lte=1440),
                name="edition_idle_in_bounds",
                violation_error_message=_("From five minutes to a day (1440)."),
            ),
            slug_constraint("edition_slug_ascii"),
            host_constraint("edition_host_plain"),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    @cached_property
    def shown_sections(self):
        """The sections that readers can open, as of the time when the edition was read from the database."""
        return list(self.sections.shown(timezone.now()))

    @cached_property
    def zone(self):
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def zone_label(self):
        """WIB, WITA or WIT: always shown next to a time (rules.md C3)."""
        return Zone(self.time_zone).name

    @property
    def colours(self):
        """The edition's accents, as a stylesheet."""
        own = f"--own:{self.accent};--accent-night:{self.accent_dark}"
        light = f":root{{--accent:{self.accent};{own}}}"
        dark = f"@media(prefers-color-scheme:dark){{:root{{--accent:{self.accent_dark}}}}}"
        return light + dark

    def day(self, at):
        """The date in the edition's time zone at the time `at`."""
        return timezone.localdate(at, self.zone)

    def next_midnight(self):
        """The time of the next midnight in the edition's time zone."""
        today = timezone.localtime(timezone=self.zone)
        return (today + datetime.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)

    def absolute(self, path):
        """The public address of `path` under this edition's host."""
        usual = {"http": 80, "https": 443}[settings.PUBLIC_SCHEME] == settings.PUBLIC_PORT
        port = "" if usual else f":{settings.PUBLIC_PORT}"
        return f"{settings.PUBLIC_SCHEME}://{self.host}{port}{path}"
