"""The paper's own face: the one style in which headlines stand, on pages and on the cards that are drawn for links.

Readers get a part of Source Serif Pro Bold: Latin letters with their accents, and the signs of running text, some
19 kB. The SIL Open Font License keeps the name “Source” for the whole, so the part has a name of its own, and the text
of the licence lies beside it.
"""

import hashlib
import io
import pathlib
from importlib.metadata import version as version_of

import font_source_serif_pro

NAME = "Newsroom Serif"  # static/site/site.css asks for it
FILE = pathlib.Path(font_source_serif_pro.SourceSerifProBold).with_suffix(
    ".ttf"
)  # a fifth smaller than as OTF, when packed
LICENCE = FILE.with_name("LICENSE.txt")
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C)]  # ASCII, Latin-1, Extended-A, Ș and Ț
SIGNS = [ord(sign) for sign in "–—‘’‚“”„…•‹›€−\u2009\u202f"]
FEATURES = ["kern", "liga", "mark", "ccmp"]
KEPT_NAMES = {0, 13, 14}  # copyright, licence and its address, by their numbers in the table of names
OWN_NAMES = {1: NAME, 2: "Bold", 3: f"{NAME} Bold", 4: f"{NAME} Bold", 6: f"{NAME.replace(' ', '')}-Bold"}


def packed():
    """The face for readers as WOFF2; the same bytes on every machine. Takes half a second."""
    from fontTools import subset  # no worker needs it, and it would cost each of them memory and time

    options = subset.Options(
        flavor="woff2", hinting=False, layout_features=FEATURES, notdef_outline=True, name_IDs=sorted(KEPT_NAMES)
    )
    out = io.BytesIO()
    with subset.load_font(FILE, options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[*LATIN, *SIGNS])
        subsetter.subset(font)
        for number, words in OWN_NAMES.items():
            font["name"].setName(words, number, 3, 1, 0x409)  # Windows, Unicode, English: what browsers read
        subset.save_font(font, out, options)
    return out.getvalue()


def version():
    """A short name for what `packed` makes: another one if the face, the tool or a setting of this module changes."""
    made_of = [FILE.read_bytes(), version_of("fonttools").encode(), pathlib.Path(__file__).read_bytes()]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in made_of)).hexdigest()[:16]
