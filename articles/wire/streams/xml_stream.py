"""XML of any size as a stream: text/xml_text.py repairs it, text/xml_parser.py parses it. For feeds and WXR. Pure."""

from django.utils.translation import gettext as _

from articles.text import xml_parser
from articles.text.xml_text import UnknownEncoding, texts

from ..values.item import Refusal
from . import limits

CHUNK = 1 << 16
SPACES = {  # for prefixes that some files use without declaring them
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "wp": "http://wordpress.org/export/1.2/",
}


def parse(file, target, doctypes=()):
    """Feed `target` (see xml_parser.Parser), and yield after every chunk.

    Raises Refusal where the XML breaks, after a last yield for the complete elements before the break.
    """
    parser, refusal = xml_parser.Parser(target, limits.ABYSS, doctypes, SPACES), None
    try:
        for text in texts(iter(lambda: file.read(CHUNK), b"")):
            parser.feed(text)
            yield
        parser.close()
    except (xml_parser.XMLError, UnknownEncoding) as error:
        refusal = _refusal(error)
    except Refusal as error:
        refusal = error
    yield
    if refusal:
        raise refusal


def _refusal(error):
    """A sentence for the person who sent the file."""
    match error:
        case xml_parser.BrokenXML(line=line, column=column):
            sentence = _(
                "The file is no sound XML from line %(line)s, column %(column)s on; what follows was not read."
            )
            if error.is_cut:
                sentence = _("The file is not whole: its XML breaks off in line %(line)s, column %(column)s.")
            return Refusal(sentence % {"line": line, "column": column})
        case xml_parser.DoctypeRefused():
            return Refusal(_("The file declares a document type or entities, which may do harm: it was not read."))
        case xml_parser.TagTooLarge():
            return Refusal(_("The file has a tag or comment that is larger than any export's."))
        case xml_parser.TooManyNames():
            return Refusal(_("The file has more names of elements than any export: it was not read on."))
        case xml_parser.TooDeep():
            return limits.abyss()
    return Refusal(_("The encoding that the file declares is not known."))


def mended():
    """The remark for an item with bytes that are not UTF-8."""
    return _("Some letters were no UTF-8; they were read as Windows-1252.")
