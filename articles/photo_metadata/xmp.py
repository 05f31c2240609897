"""XMP (ISO 16684-1): reads packets in every form that RDF allows, and writes the rights of a rendition. Pure."""

from xml.etree.ElementTree import Element, SubElement, TreeBuilder, register_namespace, tostring

from articles.text import xml_parser, xml_text

from . import text

MOST_BYTES, MOST_PACKETS = 4_000_000, 3
MOST_ELEMENTS, MOST_DESCRIPTIONS, DEEPEST = 200_000, 1_000, 100
RIGHTS_LENGTH = 1_000  # eight escaped fields of this length still fit the 64 kB of a JPEG's segment

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "x": "adobe:ns:meta/",
}
for _prefix, _uri in NAMESPACES.items():
    register_namespace(_prefix, _uri)  # the standard prefixes, because some readers look only at the prefix


def _name(prefixed):
    prefix, name = prefixed.split(":")
    return f"{{{NAMESPACES[prefix]}}}{name}"


# The paths of each field in the IPTC Photo Metadata Standard 2021.1; the first path that has a text wins. Fields that
# older cameras write under the names of EXIF come last.
PATHS = {
    field: [tuple(map(_name, path.split("/"))) for path in paths.split()]
    for field, paths in {
        "creator": "dc:creator plus:ImageCreator/plus:ImageCreatorName tiff:Artist",
        "credit_line": "photoshop:Credit",
        "copyright": "dc:rights tiff:Copyright",
        "caption": "dc:description tiff:ImageDescription exif:UserComment",
        "headline": "photoshop:Headline",
        "title": "dc:title",
        "keywords": "dc:subject",
        "people": "Iptc4xmpExt:PersonInImage Iptc4xmpExt:PersonInImageWDetails/Iptc4xmpExt:PersonName",
        "created_at": "photoshop:DateCreated exif:DateTimeOriginal",
        "source": "photoshop:Source",
        "usage_terms": "xmpRights:UsageTerms",
        "alt_text": "Iptc4xmpCore:AltTextAccessibility",
        "extended_description": "Iptc4xmpCore:ExtDescrAccessibility",
        "web_statement": "xmpRights:WebStatement",
        "licensor_url": "plus:Licensor/plus:LicensorURL",
        "digital_source_type": "Iptc4xmpExt:DigitalSourceType",
        "instructions": "photoshop:Instructions",
        "camera": "tiff:Make",
        "model": "tiff:Model",
        "program": "xmp:CreatorTool",
    }.items()
}
# The parts of a place. The first paths are "legacy" and mean the place shown; each structure may name several places.
PLACES = [
    dict(zip(("sublocation", "city", "province", "country"), map(_name, names.split()), strict=True))
    for names in (
        "Iptc4xmpCore:Location photoshop:City photoshop:State photoshop:Country",
        "Iptc4xmpExt:Sublocation Iptc4xmpExt:City Iptc4xmpExt:ProvinceState Iptc4xmpExt:CountryName",
    )
]
SHOWN, CREATED = _name("Iptc4xmpExt:LocationShown"), _name("Iptc4xmpExt:LocationCreated")
EXTENDED = [(_name("xmpNote:HasExtendedXMP"),)]
RDF, DESCRIPTION, RDF_LI = _name("rdf:RDF"), _name("rdf:Description"), _name("rdf:li")
VALUE, RESOURCE = _name("rdf:value"), _name("rdf:resource")
COLLECTIONS = BAG, SEQ, ALT = _name("rdf:Bag"), _name("rdf:Seq"), _name("rdf:Alt")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class TooMuch(Exception):
    """The packet has more elements than any camera or desk writes."""


class _Tree(TreeBuilder):
    """A tree of bounded size. Its root stays available if the parser stumbles over data behind it."""

    def __init__(self):
        super().__init__()
        self.root, self.depth, self.left = None, 0, MOST_ELEMENTS

    def start(self, tag, attributes):
        self.depth, self.left = self.depth + 1, self.left - 1
        if not self.left:
            raise TooMuch
        element = super().start(tag, attributes)
        self.root = element if self.root is None else self.root
        return element

    def end(self, tag):
        self.depth -= 1
        return super().end(tag)

    def mended(self):
        """Bytes in another encoding than the packet's are ignored."""


def read(packets, extended, languages=("id",)):
    """Texts by field of the `packets` of a file. `extended` has the extended packets by their GUID.

    Of a text in several languages, the first of `languages` is taken, then the one marked as default.
    """
    described = [node for packet in packets[:MOST_PACKETS] for node in _described(packet)]
    for guid in _texts(described, EXTENDED, languages)[:1]:
        described += _described(extended.get(guid.strip().upper(), b""))
    texts = {field: _texts(described, paths, languages) for field, paths in PATHS.items()}
    texts["created_at"] = [each for path in PATHS["created_at"] for each in _texts(described, [path], languages)]
    texts["camera"] = texts["camera"] + texts.pop("model") + texts.pop("program")
    return texts | {part: [value] for part, value in _place(described, languages).items()}


def _place(described, languages):
    """The parts of one place: of the place shown, else of the place of the camera; never a mixture."""
    legacy, parts = PLACES
    shown, made = (
        [_parts_of_place(_holders(item), parts, languages) for item in _items(described, name)]
        for name in (SHOWN, CREATED)
    )
    place = _parts_of_place(described, legacy, languages)
    others = filter(None, shown if place or any(shown) else made)
    return next((other | place for other in others if fits(place, other)), place)


def _parts_of_place(holders, names, languages):
    first = {part: _texts(holders, [(name,)], languages)[:1] for part, name in names.items()}
    return {part: texts[0] for part, texts in first.items() if texts}


def fits(place, other):
    """Whether two places may be the same, because all parts that both name agree."""
    return all(place[part].strip().casefold() == other[part].strip().casefold() for part in place.keys() & other)


def _described(packet):
    """The rdf:Description elements of a packet, under any prefix. Empty if the packet is not well-formed XML."""
    if len(packet) > MOST_BYTES or not packet:
        return []
    tree = _Tree()
    parser = xml_parser.Parser(tree, DEEPEST)
    try:
        for piece in xml_text.texts([packet.rstrip(b"\0 \r\n\t")]):
            parser.feed(piece)
        parser.close()
    except xml_parser.BrokenXML:
        if tree.depth or tree.root is None:
            return []
    except (TooMuch, xml_parser.XMLError, xml_text.UnknownEncoding):
        return []
    return [node for rdf in tree.root.iter(RDF) for node in rdf][:MOST_DESCRIPTIONS]


def _texts(described, paths, languages):
    """The texts at the first of `paths` that has any, sorted by `languages`."""
    for *outer, last in paths:
        holders = described
        for name in outer:
            holders = [holder for item in _items(holders, name) for holder in _holders(item)]
        items = sorted(_items(holders, last), key=lambda item: _rank(item, languages))
        if texts := [content for item in items if (content := _text(item)).strip()]:
            return texts
    return []


def _items(holders, name):
    """The values of a property in each of `holders`: an attribute, an element, or members of its Bag, Seq or Alt."""
    for holder in holders:
        if name in holder.attrib:
            item = Element(name)
            item.text = holder.attrib[name]
            yield item
        for element in holder.iterfind(name):
            collections = [child for child in element if child.tag in COLLECTIONS]
            yield from (item for collection in collections for item in collection) if collections else [element]


def _holders(item):
    """The holders of a structure's fields: the element itself, or the rdf:Description within."""
    return [item, *item.iterfind(DESCRIPTION)]


def _text(item):
    """An item's text. It may also be an rdf:resource, or the rdf:value of an item with qualifiers."""
    values = [holder.get(VALUE) or holder.findtext(VALUE) for holder in _holders(item)]
    return next(filter(None, values), None) or item.get(RESOURCE) or item.text or ""


def _rank(item, languages):
    """The rank of an item's language: "id-ID" and the former "in" count as "id"."""
    language = item.get(LANGUAGE, "").lower().split("-")[0].split("_")[0]
    ranks = {name: place for place, name in enumerate([*languages, "x"])}  # x-default
    return ranks.get("id" if language == "in" else language, len(ranks))


def rights_xmp(rights):
    """The packet in every rendition (rules.md I3): the photographer, the owner of the rights, and how to license it.

    Of `rights`, a Metadata, it writes creator, credit line, copyright, usage terms, web statement, licensor URL,
    digital source type and alt text, each cut at `RIGHTS_LENGTH`; b"" if it has none. It is as short as XMP allows:
    no padding, no packet wrapper, only the namespaces in use. For Pillow's `save(xmp=…)` of JPEG, WebP and AVIF.
    """
    root = Element(_name("x:xmpmeta"))
    description = SubElement(SubElement(root, RDF), DESCRIPTION, {_name("rdf:about"): ""})
    for name, value in _rights_attributes(rights):
        if value:
            description.set(_name(name), value)
    for name, collection, attributes, value in _rights_elements(rights):
        if value or (value is None and all(attributes.values())):
            SubElement(SubElement(SubElement(description, _name(name)), collection), RDF_LI, attributes).text = value
    if not len(description) and len(description.attrib) == 1:
        return b""
    return tostring(root, encoding="unicode").encode()


def _rights_attributes(rights):
    yield "photoshop:Credit", text.line(rights.credit_line, RIGHTS_LENGTH)
    yield "xmpRights:WebStatement", text.address(rights.web_statement)
    yield "Iptc4xmpExt:DigitalSourceType", text.source_type(rights.digital_source_type)


def _rights_elements(rights):
    default = {LANGUAGE: "x-default"}
    yield "dc:creator", SEQ, {}, text.line(rights.creator, RIGHTS_LENGTH)
    yield "dc:rights", ALT, default, text.line(rights.copyright, RIGHTS_LENGTH)
    yield "xmpRights:UsageTerms", ALT, default, text.lines(rights.usage_terms, RIGHTS_LENGTH)
    yield "Iptc4xmpCore:AltTextAccessibility", ALT, default, text.line(rights.alt_text, RIGHTS_LENGTH)
    yield "plus:Licensor", SEQ, {_name("plus:LicensorURL"): text.address(rights.licensor_url)}, None
