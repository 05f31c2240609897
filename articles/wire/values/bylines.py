"""The people whom a byline names. Pure.

"Oleh: Siti Aminah, S.H. dan Budi" names two people, the first with her degree. A label gives the role of the names
that follow it ("Penulis: A | Editor: B"), with or without a bar before it. An employer ("A | Tribun", "A/Antara",
"Laporan Wartawan Tribun, A") becomes a remark, as does a place ("A, Jakarta", "A (Jakarta)", "Kontributor Jakarta, A").
An e-mail address is no person, nor is "null".
"""

import re

from django.utils.translation import gettext as _

from articles.photo_metadata import agencies
from articles.photo_metadata.text import says_nothing
from articles.text import letters

from . import normalise, places

LONGEST = 1_000  # letters of a byline
MOST = 20  # people of one story

_ROLES = {
    "author": "oleh by penulis reporter pewarta wartawan jurnalis laporan teks naskah author writer words text",
    "editor": "editor penyunting redaktur penyelaras copyeditor",
    "photographer": "foto fotografer photo photos photographer pictures",
    "contributor": "kontributor contributor koresponden correspondent",
    "translator": "penerjemah alih-bahasa translator",
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()}
_TRADE = "kontributor|koresponden|wartawan|jurnalis|reporter|pewarta"  # may stand before a name without a colon
_RANK = "senior|muda|lepas|magang|khusus|daerah|lapangan"
_LABEL = re.compile(
    rf"(?i)(?P<role>{'|'.join(_ROLE_OF)})\s*[:：]\s*|(?P<trade>oleh|by|(?:{_TRADE})(?!\s+(?:{_RANK})\b))\s+(?=\S)"
)
_BEFORE_A_LABEL = re.compile(rf"(?i)[\s,;/–—-]+(?=(?:{'|'.join(_ROLE_OF)})\s*[:：])")
_REPORT_OF = re.compile(
    r"(?i)laporan\s+(?:wartawan|jurnalis|reporter|kontributor|koresponden)\s+(?:(?P<medium>[^,]+),)?"
)
_BARE_ROLE = re.compile(rf"(?i)(?P<role>{'|'.join(_ROLE_OF)})(?:\s+(?:{_RANK}))?(?:\s+(?P<of>\S.*))?")
_IN_BRACKETS = re.compile(r"\s*\(([^()]+)\)")
_MAIL_AND_NAME = re.compile(r"^\S+@\S+\s*\((.+)\)$|^(.+?)\s*<\S+@\S+>$")
_MAIL = re.compile(r"<?\S+@\S+>?")
_ADDRESS = re.compile(r"(?i)https?://\S+")
_BETWEEN = re.compile(r"\s*(?:;|/(?!/)|\s(?:dan|and|und|serta|&|\+)\s)\s*", re.I)
_COMMA = re.compile(r"\s*[,:]\s*(?:(?:dan|and|und|serta|&)\s+)?", re.I)
_DASH = re.compile(r"(.+?)\s+[-–—]\s+(.+)")
_JOINING = {"dan", "and", "und", "serta"}  # left over where a name next to them is empty
_DOTTED = re.compile(r"(?:[A-Za-z]{1,6}\.)+(?:[A-Za-z]{1,6}\.?)?")
_DEGREES = """
    SH MH SE MM ST MT SS SPd MPd SSi MSi SSos MSos SKom MKom SIKom MIKom SAg MAg SIP MIP SIK MIK SKep SKM MKM SPi SP STP
    MP SPt SFarm SPsi MPsi SHum MHum SPdI MPdI AMd Lc MA BA BSc MSc MBA PhD LLM Jr Sr II III IV CFA SpPD SpA SpB SpOG
"""
_BARE = set(_DEGREES.split())
_AGENCY = re.compile("|".join(agencies.NAMES), re.I)
_DOMAIN = re.compile(r"(?i)[\w.-]+\.(?:com|net|org|news|tv|id)")  # of a paper: Kompas.com
_LOGIN = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")


def people(written, remarks):
    """[(name, role)] of a byline in order, without duplicates."""
    names = {}
    line = _without_brackets(normalise.plain(letters.line(written[:LONGEST])))
    for part in _BEFORE_A_LABEL.sub("|", _without_medium(line, remarks)).split("|"):
        for name, role in _part(part.strip(), not names, remarks):
            names.setdefault(letters.folded(name), (name, role))
    return list(names.values())[:MOST]


def is_login(name):
    """Whether a name looks like a login: "admin", "siti.aminah". A login has one word and no capitals."""
    return bool(_LOGIN.fullmatch(name))


def _without_brackets(line):
    """The line within brackets that stand around all of it: "(ani/bud)"."""
    within = line[1:-1]
    return within if line[:1] + line[-1:] in ("()", "[]") and not set("()[]") & set(within) else line


def _without_medium(line, remarks):
    """The line without the words before its names in "Laporan Wartawan Tribun, Siti Aminah"."""
    report = _REPORT_OF.match(line)
    if report and report["medium"]:
        remarks.append(_no_person(report["medium"]))
    return line[report.end() :] if report else line


def _no_person(name):
    return _("“%(name)s” in the byline was taken for no person.") % {"name": name[:80]}


def _part(part, is_first, remarks):
    """[(name, role)] of the part between two bars."""
    label = _LABEL.match(part)
    role = _ROLE_OF[(label["role"] or label["trade"]).lower()] if label else "author"
    part = part[label.end() :] if label else part
    if part and not label and not is_first:
        remarks.append(_no_person(part))
        return []
    pairs = _with_roles(_split(_without_addresses(part, remarks)), role)
    pairs = [pair for pair in pairs if any(map(str.isalpha, pair[0])) and not _is_nobody(pair[0])]
    return _without_places_and_agencies(pairs, remarks)


def _without_places_and_agencies(pairs, remarks):
    """An agency beside initials only ("ANI/BUD") may be initials, too, and one that stands alone is the author."""
    named = [pair for pair in pairs if _AGENCY.fullmatch(pair[0]) or not places.is_place(pair[0])]
    people = [pair for pair in named if not _is_no_name(pair[0])]
    if any(" " in name or not (name.isupper() or is_login(name)) for name, _role in people):
        named = people
    remarks += [_no_person(pair[0]) for pair in pairs if pair not in named]
    return named


def _is_nobody(name):
    return name.lower() in _JOINING or says_nothing(name)


def _without_addresses(part, remarks):
    """The part without addresses: "redaksi@contoh.example (Siti Aminah)" is Siti Aminah."""
    if match := _MAIL_AND_NAME.match(part):
        return match[1] or match[2]
    if "@" not in part and "://" not in part:
        return part
    rest = letters.line(_ADDRESS.sub("", _MAIL.sub("", part))).strip(" ,-()")
    if not rest:
        remarks.append(_("“%(name)s” in its byline is an address and no name.") % {"name": part[:80]})
    return rest


def _split(part):
    """The names in a part. A degree stays with the name before it."""
    part = _IN_BRACKETS.sub(_out_of_brackets, part)
    names, before_place = [], _DASH.match(part)
    part = ", ".join(before_place.groups()) if before_place and places.is_place(before_place[2]) else part
    for piece in _BETWEEN.split(part):
        alone = _COMMA.split(piece)
        together = alone[:1]
        for word in alone[1:]:
            if _is_degree(word):
                together[-1] += f", {word}"
            else:
                together.append(word)
        names += together
    return [name for name in names if name]


def _is_degree(words):
    """Whether all words are titles: "S.H.", "M.Si", "SE MM". A single letter is an initial, not a title."""
    return (
        bool(words)
        and not _DOMAIN.fullmatch(words)
        and all(word.rstrip(".") in _BARE or (_DOTTED.fullmatch(word) and len(word) > 2) for word in words.split())
    )


def _with_roles(names, role):
    """[(name, role)]: "A, kontributor Jakarta" is A, a contributor, and the place."""
    pairs = []
    for name in names:
        bare = _role_alone(name)
        if bare and pairs:
            pairs[-1] = pairs[-1][0], _ROLE_OF[bare["role"].lower()]
        pairs.append((((bare["of"] or "") if bare else name).strip(" ,-*"), role))
    return pairs


def _role_alone(name):
    """The match of a role without a name: "kontributor", "Kontributor Jakarta", "Wartawan Senior"."""
    bare = _BARE_ROLE.fullmatch(name)
    return bare if bare and (not bare["of"] or _is_no_name(bare["of"])) else None


def _is_no_name(name):
    return places.is_place(name) or bool(_AGENCY.fullmatch(name) or _DOMAIN.fullmatch(name))


def _out_of_brackets(match):
    """The words after a comma if all are places, agencies or roles: "(Jakarta/Antara)". Others stay in brackets."""
    pieces = re.split(r"\s*[,/]\s*", match[1].strip())
    return f", {match[1]}" if all(_is_no_name(piece) or _role_alone(piece) for piece in pieces) else match[0]
