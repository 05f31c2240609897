"""The paper: who publishes a page, and by which rules (rules.md A7)."""

from django.urls import reverse

from articles.cache.cached_rows import cached_render
from articles.models.edition import Covers

from . import pictures
from .text import told

PROPERTIES = {
    Covers.ETHICS: "ethicsPolicy",
    Covers.CORRECTIONS: "correctionsPolicy",
    Covers.VERIFICATION: "verificationFactCheckingPolicy",
    Covers.SOURCES: "unnamedSourcesPolicy",
    Covers.OWNERSHIP: "ownershipFundingInfo",
    Covers.FEEDBACK: "actionableFeedbackPolicy",
}


def organization(edition, at):
    """What the frame of every page tells of its paper: it is kept with the row of the edition."""
    logo = edition.logo if edition.logo and edition.logo.is_usable(at) else None
    return cached_render(edition, "organization", lambda: _organization(edition, logo), day=bool(logo))


def _organization(edition, logo):
    owner = told(type="Organization", name=edition.network.owner.name)
    return told(
        type="NewsMediaOrganization",
        id=edition.absolute("/#paper"),
        name=edition.name,
        url=edition.absolute("/"),
        legalName=edition.company,
        slogan=edition.tagline,
        address=edition.address,
        email=edition.email,
        telephone=edition.phone,
        logo=logo and pictures.image(logo, edition, "1x1", 160),
        parentOrganization=told(type="Organization", name=edition.network.name, parentOrganization=owner),
        sameAs=[link.url for link in edition.follow_links.all()],
        masthead=edition.absolute(reverse("masthead")),
        **_policies(edition),
    )


def _policies(edition):
    """{property: address}. Where no policy covers it, the page that every paper has: masthead and corrections."""
    addresses = {
        Covers.OWNERSHIP: reverse("masthead"),
        Covers.CORRECTIONS: reverse("corrections"),
        Covers.FEEDBACK: edition.email and reverse("corrections"),  # it asks to write there
    }
    for policy in reversed(edition.policies.all()):
        addresses |= dict.fromkeys(map(Covers, policy.covers.split()), policy.get_absolute_url())
    return {PROPERTIES[one]: edition.absolute(path) for one, path in sorted(addresses.items()) if path}


def the_paper(edition):
    """By name alone, where a story has no author, and on lists."""
    return told(
        type="NewsMediaOrganization", id=edition.absolute("/#paper"), name=edition.name, url=edition.absolute("/")
    )


def web_site(edition):
    return told(
        type="WebSite",
        name=edition.name,
        url=edition.absolute("/"),
        inLanguage=edition.language,
        publisher={"@id": edition.absolute("/#paper")},
    )
