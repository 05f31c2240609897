"""Lists of stories, people, and the way from the front page to a page."""

from articles.models.section import way_to

from . import pictures
from .organization import the_paper
from .text import told


def collection(edition, canonical, title, stories, section=None, introduction=""):
    """[a list of stories, its breadcrumbs]. `section`: the one around it."""
    page = told(
        type="CollectionPage",
        url=canonical,
        name=title,
        description=introduction,
        inLanguage=edition.language,
        publisher=the_paper(edition),
        mainEntity=stories and _items(stories),
    )
    return [page, breadcrumbs(edition, section, (title, canonical))]


def profile(edition, canonical, row, at):
    """[the page of a person, its breadcrumbs]."""
    page = told(
        type="ProfilePage",
        url=canonical,
        inLanguage=edition.language,
        publisher=the_paper(edition),
        mainEntity=person(row, edition)
        | told(jobTitle=row.title, description=row.bio, image=_portrait(row.portrait, edition, at)),
    )
    return [page, breadcrumbs(edition, None, (row.name, canonical))]


def person(row, edition):
    """Name alone, and the page that lists their stories (rules.md A5)."""
    return told(type="Person", name=row.name, url=edition.absolute(row.get_absolute_url()))


def breadcrumbs(edition, section, here):
    """`here`: (name, address) of the page; `section`: the one that it lies in."""
    above = way_to(section, edition.shown_sections)
    sections = [(one.name, edition.absolute(one.get_absolute_url())) for one in above]
    steps = [(edition.name, edition.absolute("/")), *sections, here]
    return told(type="BreadcrumbList", itemListElement=[_step(*step) for step in enumerate(steps, 1)])


def _step(position, step):
    name, address = step
    return told(type="ListItem", position=position, name=name, item=address)


def _items(stories):
    items = [
        told(type="ListItem", position=at, url=story.edition.absolute(story.get_absolute_url()))
        for at, story in enumerate(stories, 1)
    ]
    return told(type="ItemList", itemListElement=items)


def _portrait(portrait, edition, at):
    return (portrait and portrait.is_usable(at) and pictures.image(portrait, edition, "1x1", 320)) or None
