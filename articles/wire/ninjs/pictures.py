"""Pictures of ninjs, in a story or alone. Pure."""

import dataclasses

from django.utils.translation import gettext as _

from articles import photo_metadata
from articles.text import letters

from ..html import convert
from ..values.item import Picture, Refusal
from .parts import lenient_datetime, named, rows, whole, word
from .texts import CAPTIONS, Texts

LEADS = {"lead", "mainimage", "mainpic", "main", "featuremedia", "feature", "featured", "hero"}  # rel or name
_ALTS = ["alt", "alttext", "alt-text", "alt_text", "alternative"]
_CREDITS = ["creditline", "credit", "credit-line", "credit_line"]


def to_picture(row, zone, *, is_ours=False):
    """The Picture of an object; None without a uri."""
    renditions = _renditions(row)
    best = renditions[0] if renditions else {}
    uri = word(row, "uri") or word(best, "href")
    if not uri:
        return None
    texts, remarks = Texts(row, is_ours=is_ours), []
    own, (caption, alt) = texts.description("own-caption"), _caption_and_alt(row, texts, is_ours)
    photographer, agency = _credit(row, texts, is_ours)
    (width, height), poi = _size(best), best.get("poi")
    return Picture(
        uri=uri,
        file=word(best, "href"),
        other_files=_other_files(row, renditions),
        title="" if is_ours else texts.headline(),
        caption=own or caption,
        use_caption=caption if own else "",
        alt=alt,
        long_description=texts.description("extended"),
        photographer=photographer,
        agency=agency,
        copyright=word(row, "copyrightnotice", "copyrightholder"),
        usage_terms="\n".join(dict.fromkeys(filter(None, (word(row, "usageterms"), word(row, "ednote"))))),
        web_statement=word(_object(row, "rightsinfo"), "linkedrights"),
        digital_source_type=source_type(row),
        place=word(row, "located") or ", ".join(named(row, "places", "place")[:1]),
        people=", ".join(named(row, "people", "person")),
        keywords=", ".join(named(row, "subjects", "subject") + named(row, "keywords")),
        is_decorative=word(row, "profile") == "decorative",
        taken_at=lenient_datetime(row, "contentcreated", zone, remarks),
        rights_end_at=lenient_datetime(row, "expires", zone, remarks),
        width=width,
        height=height,
        focus=_focus(poi, width, height) if isinstance(poi, dict) else (0.5, 0.5),
        remarks=remarks,
    )


def _caption_and_alt(row, texts, is_ours):
    caption, alt = texts.description(*CAPTIONS), texts.description(*_ALTS) or word(row, "alttext", "alt")
    written = "" if is_ours else texts.plain_body()  # Superdesk writes the alternative text there
    if not written or written == caption or (caption and alt):
        return caption, alt
    return (caption, alt or written) if caption else (written, alt)


def by_itself(row, zone):
    """A picture that comes alone. Raises Refusal if it has neither uri nor file."""
    picture = to_picture(row, zone)
    if picture is None:
        raise Refusal(_("It has no uri."))
    picture.version = whole(row.get("version"), 1)
    if word(_object(row, "rightsinfo"), "encodedrights"):
        picture.remarks.append(_("rights that only a program can read"))
    picture.remarks += [
        _("“%(field)s” has no place here") % {"field": name}
        for name, key in (("organisations", "organisation"), ("objects", "object"))
        if row.get(name) or row.get(key)
    ]
    return picture


def source_type(row):
    """The short name of the Digital Source Type: "trainedAlgorithmicMedia"."""
    value = row.get("digitalsourcetype")
    if isinstance(value, dict):
        value = word(value, "literal", "code") or word(value, "uri", "name")
    return value.strip().rstrip("/").rpartition("/")[2].rpartition(":")[2] if isinstance(value, str) else ""


class Pictures:
    """The pictures associated with a story, sorted into lead, text and gallery."""

    def __init__(self, associated, zone, *, is_ours):
        self.each, self.by_name, self.remarks = [], {}, []
        self.in_text = set()
        for row in associated:
            picture = to_picture(row, zone, is_ours=is_ours)
            if picture is None:
                self.remarks.append(_("a picture without uri"))
                continue
            self.remarks += picture.remarks
            self.each.append((picture, word(row, "rel"), word(row, "name")))
            names = [picture.uri, word(row, "name"), *(word(one, "href") for one in rows(row, "renditions"))]
            self.by_name |= {name: picture for name in names if name}

    def of_image(self, attrs, caption):
        """The picture of an <img> in the text: an associated one with its address or name, or else a new one."""
        names = (attrs.get("data-uri"), attrs.get("data-assoc-ref"), *(attrs.get(name) for name in convert.SOURCES))
        known = next((self.by_name[name] for name in names if name in self.by_name), None)
        if known is None:
            return convert.picture_of(attrs, caption)
        self.in_text.add(known.uri)
        alt = known.alt or attrs.get("alt", "").strip()
        return dataclasses.replace(known, alt=alt, use_caption=caption or known.use_caption)

    def place(self, item):
        """Give an item its lead and its gallery. The gallery omits pictures that the text shows."""
        for picture, rel, _name in self.each:
            if rel == "inline":
                item.pictures.append(picture)
        others = [one for one in self.each if one[1] != "inline"]
        lead = next((one for one in others if {one[1].lower(), one[2].lower()} & LEADS), None)
        others = [one for one in others if one is lead or one[0].uri not in self.in_text]
        lead = lead or next((one for one in others if one[1] != "gallery"), None)
        item.lead = lead[0] if lead else None
        item.gallery += [one[0] for one in others if one is not lead]


def _renditions(row):
    """The renditions that are pictures, the widest first."""
    renditions = [one for one in rows(row, "renditions") if word(one, "href")]
    kinds = [(word(one, "contenttype", "mimetype").lower(), one) for one in renditions]
    pictures = [one for kind, one in kinds if not kind or kind.startswith("image/")]
    return sorted(pictures, key=lambda one: -whole(one.get("width"), 0))


def _other_files(row, renditions):
    """Other possible names of the file: those of smaller renditions, and the supplied name."""
    supplied = [word(one, "name") for one in rows(row, "objects", "object") if word(one, "rel").lower() == "suppliedas"]
    return tuple(dict.fromkeys([*(word(one, "href") for one in renditions[1:]), *filter(None, supplied)]))


def _credit(row, texts, is_ours):
    """(photographer, agency) from the byline, and from the credit line or the provider."""
    by = word(row, "by", "byline")
    sources = rows(row, "infosources", "infosource")
    provider = word(sources[0], "name") if sources else ""
    credit = texts.description(*_CREDITS) or word(row, "creditline", "credit")
    if is_ours:
        return by, provider
    credit = credit or provider or word(row, "provider", "source")
    name, _slash, behind = by.rpartition("/")  # "Karl Melander/TT"
    if name and (letters.folded(behind) == letters.folded(credit) or (behind.isupper() and not name.isupper())):
        by, credit = name.strip(), credit or behind.strip()
    agency, photographer = photo_metadata.agency_and_photographer(
        photo_metadata.Metadata(creator=by, credit_line=credit)
    )
    return photographer, agency or ("" if photographer else word(row, "copyrightholder"))


def _object(row, name):
    value = row.get(name)
    return value if isinstance(value, dict) else {}


def _size(rendition):
    return whole(rendition.get("width"), 0), whole(rendition.get("height"), 0)


def _focus(poi, width, height):
    if not (width and height):
        return 0.5, 0.5
    x, y = whole(poi.get("x"), 0) / width, whole(poi.get("y"), 0) / height
    return min(1.0, round(x, 2)), min(1.0, round(y, 2))
