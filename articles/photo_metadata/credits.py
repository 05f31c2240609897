"""Agency and photographer from the credit line and the by-line of a picture. Pure.

A credit is split at its signs: "Bay Ismoyo/AFP via Getty Images" has three parts. A part is a known agency, a role
("Pool", "Handout"), an editor's initials, or a name. The by-line names the photographer; without a by-line, the name
next to an agency is taken. The rest of the credit is the agency, each part once.
"""

import functools
import itertools
import re
from typing import NamedTuple

from articles.text import letters

from . import agencies, text

_AGENCY = re.compile(
    rf"(?:(?:the|foto|photo)[ ])?(?:{'|'.join(agencies.NAMES)})(?:[ .-]+(?:{agencies.ENDINGS}|handout|pool))*", re.I
)
_SITE = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|co|id|tv|news|info)", re.I)
_ENDING = re.compile(rf"(?:[ .-]+(?:{agencies.ENDINGS}))+$")
_SITES_OF_ACCOUNTS = "youtube|instagram|ig|facebook|fb|twitter|x|tiktok|threads|telegram|vimeo"
_BODY = re.compile(
    rf"\b(?:{'|'.join(agencies.BODIES)})\b|^[@#]|^the |^(?:{_SITES_OF_ACCOUNTS})/|(?:photos?|foto|video)$", re.I
)
# Roles in a credit that stand in place of a name; and those that readers need not see.
_CONTRIBUTOR = r"(?:[\w.]+ )?(?:kontributor|contributor|correspondent|koresponden)"
_PART = re.compile(
    r"(?:(?:file|pool|handout|hand[ -]?out|ho) ?(?:photo|foto|image|picture)?s?|str|stringer|staf[ef]?|stf|courtesy\b.*"
    rf"|{_CONTRIBUTOR}|istimewa|ist|dok|arsip|social media|media sosial|ilustrasi|foto|photo"
    r"|(?:screen ?shot|screen ?grab|(?:tangkapan|cuplikan|tangkap) layar|repro|rekaman|cctv)"
    r"(?: (?:video|film|cctv|amatir|layar))*)\.?",
    re.I,
)
_NOT_TOLD = re.compile(rf"(?:file(?: (?:photo|foto))?|arsip|staf[ef]?|stf|foto|photo|{_CONTRIBUTOR})\.?", re.I)
_HANDOUT = re.compile(r"(?:handout|hand[ -]out|ho)(?: ?- ?.+)?", re.I)  # what follows has given it away
_LEAD = re.compile(
    r"""(?:(?:(?:file|handout|pool|screenshot|official)[ ])?
    (?:video|photo(?:s|graph(?:s|er|y)?)?|fotografer|foto|pictures?|images?|gambar|credits?|kredit|sumber|source|by-?line
    |copyright|hak[ ]cipta|pemotret|pewarta|jurnalis|juru[ ]foto|kontributor|penulis|reporter|ilustrasi)
    (?:[ ](?:photo|foto|gambar|credits?|kredit|courtesy[ ]of|line))*[ ]*
    (?:(?:by|oleh|from|dari|should[ ]read)\b[ ]*:?|:|(?=courtesy\b))[ ]*)+
    |(?:by|oleh)[ ]*:?[ ]+|(?:(?:[©ⓒ]|\(c\)|copyright\b)[ ]*)+(?:\d{4}[ ,]+)?""",
    re.I | re.X,
)
_WITHIN = re.compile(r"(?<=\w)\s*[(\[](?=(?:photo|foto|credit|kredit)\b)", re.I)  # "X/dpa (Photo by X/dpa via Getty)"
_BY = re.compile(r"\b(?:by|oleh|fotografer|photographer|pemotret|pewarta|jurnalis|juru foto|kontributor)\b", re.I)
_OF_BODY = re.compile(r"(?<=\w) (photo|foto) (?:by|oleh) ", re.I)  # "Official White House Photo by Pete Souza"
_ACCOUNT = re.compile(_SITES_OF_ACCOUNTS, re.I)
_PHOTO = re.compile(r"photo|foto|video", re.I)
LED, BY = 1, 2  # how a credit begins: "Foto: Budi Santoso" names a person or an agency, "Foto oleh Budi" a person
_SIGNS = re.compile(
    r"\s*[/|·•\\]+\s*|\s+(?:via|lewat)\s+|\s+(?:for|untuk)\s+(?=[A-Z\d])"
    r"|\s+(?:on|from|di|dari)\s+(?=(?:unsplash|pexels|pixabay|freepik|wikimedia|flickr)\b)",
    re.I,
)
_WEAK_SIGNS = re.compile(r"\s*,\s+|\s+[-–—]+\s+|\s*[—;]\s*")
_INITIALS = re.compile(r"[a-z]{2,3}\.?|[A-Za-z]{2,5}\.|\d{1,4}\.?")  # with the year: "aww/17"
_BEFORE_A_NAME = re.compile(r"[a-z]{4,5}|[A-Za-z]{2,3}|[A-Z][a-z]{3}")  # initials, if a name remains before them
_IN_BRACKETS = re.compile(r"([^()\[\]]+?)\s*[(\[]([^()\[\]]+)[)\]]")
_RESERVED = re.compile(r"[\s.,;]*\b(?:all rights reserved|hak cipta dilindungi(?: undang-undang)?)\.?$", re.I)
_SHORT = re.compile(r"(?<=\w)\s+\(([A-Z]{2,4})\)(?:\s+\d[\d./-]*)?$")  # photographer's initials: "Arbain Rambey (ABR)"
_SHORT_NAME = re.compile("[A-Z]{2,4}")  # an unknown agency, if the credit also names a person
_PAIRS = {"(": ")", "[": "]", "<": ">", '"': '"', "“": "”", "'": "'"}
_BETWEEN_PEOPLE = re.compile(r"\s*(?:[,;&/]|\band\b|\bdan\b)\s*", re.I)


class Part(NamedTuple):
    """A part of a credit, and the sign before it: "/", " via ", " for "."""

    sign: str
    name: str

    @property
    def is_agency(self):
        return bool(_AGENCY.fullmatch(self.name) or _SITE.fullmatch(self.name))

    @property
    def is_role(self):
        """Whether it is a role and not a name."""
        return bool(_PART.fullmatch(self.name))

    @property
    def is_body(self):
        is_sender = self.sign.strip() in ("via", "lewat")
        return self.is_agency or self.is_role or is_sender or bool(_BODY.search(self.name))

    @property
    def is_site_of_accounts(self):
        """Whether the next part is an account there: "YouTube/Kanal Humas" names no photographer."""
        return bool(_ACCOUNT.fullmatch(self.name))

    @property
    def key(self):
        """The common form of all spellings of an agency: AFP, AFP PHOTO and Agence France-Presse are one."""
        plain = letters.folded(self.name).replace("-", " ")
        plain = re.sub("^(?:the|foto|photo) ", "", plain)
        plain = agencies.SAME.get(plain, plain)
        short = _ENDING.sub("", plain) if self.is_agency else plain
        return agencies.SAME.get(short, short).replace(" ", "")  # Tribun Gorontalo, TribunGorontalo.com


def agency_and_photographer(metadata):
    """The agency and the photographer in credit line and by-line: "AFP/BAY ISMOYO" is AFP, BAY ISMOYO.

    House convention of the seed and of the agencies: agency, photographer, an editor's initials ("ANTARA FOTO/Nama
    Orang/foc."). Known agencies are recognised at any place; otherwise the first name is the agency.
    """
    credit, creator = metadata.credit_line, metadata.creator
    is_short = len(credit) + len(creator) < letters.LONG
    return (_taken_apart if is_short else _taken_apart.__wrapped__)(credit, creator)


@functools.lru_cache(10_000)
def _taken_apart(credit_line, creator):
    """The cached work of `agency_and_photographer`, because the same photographers appear every day."""
    credit, said_by = _parts(credit_line)
    byline, _ = _parts(creator)
    people, others = _byline(byline, credit)
    if not credit:
        credit, others = others, []
    if people:
        names = _people_in(people) | {letters.folded(people)}
        spelt = [part for part in credit if not part.is_agency and _people_in(part.name) <= names]
        credit = [part for part in credit if part not in spelt]
        if len(spelt) == 1 and letters.folded(spelt[0].name) == letters.folded(people):
            people = spelt[0].name
    else:
        if any(part.is_agency for part in others):  # then the by-line has the agency, and the credit the name
            said_by = max(said_by, LED)
        people, credit = _named_in(credit, said_by)
    keys = {part.key for part in credit}
    agency = _joined([*(part for part in others if part.key not in keys), *credit])
    people = re.sub(r"\s*;\s*", ", ", people)
    return agency, "" if letters.folded(people) == letters.folded(agency) else people


def _people_in(names):
    return {letters.folded(name) for name in _BETWEEN_PEOPLE.split(names)}


def _byline(parts, credit):
    """The people of a by-line, and its other parts: "Xinhua/Ju Peng" is Ju Peng, and Xinhua."""
    keys = {part.key for part in credit}
    others = [part for part in parts if part.is_agency or part.is_role]
    if len(parts) > 1 and not any(part.is_agency for part in others):
        others += [part for part in parts if part not in others and part.key in keys][: len(parts) - len(others) - 1]
    rest = [part for part in parts if part not in others]
    if len(rest) > 1 and not any(part.is_agency for part in others):
        bodies = [part for part in rest if part.is_body] or rest[:1]
        others, rest = others + bodies, [part for part in rest if part not in bodies]
    return ", ".join(part.name for part in rest), [part for part in others if not _NOT_TOLD.fullmatch(part.name)]


def _named_in(parts, said_by):
    """(people, remaining parts) of a credit without a by-line."""
    names = [part for part in parts if not part.is_agency and not part.is_role]
    has_agency = any(part.is_agency for part in parts)
    if len(parts) == 1 and (not names or names[0].is_body or said_by < (LED if " " in names[0].name else BY)):
        return "", parts
    is_sent = has_agency or any(part.sign.strip() for part in parts if part.sign != "/")
    senders = [part for at, part in enumerate(parts[:-1]) if at and parts[at + 1].sign.strip() in ("via", "lewat")]
    given_by = {part for before, part in itertools.pairwise(parts) if _HANDOUT.fullmatch(before.name)}
    people = [part for part in names if not (part.is_body or part in given_by or _HANDOUT.fullmatch(part.name))]
    if len(people) > 1 or not any(part.is_agency for part in parts[:1]):  # else: "Antara Foto/Nama Orang via REUTERS"
        people = [part for part in people if part not in senders]
    if not has_agency and said_by < BY and not is_sent and 1 < len(people) == len(parts):
        people = people[1:]
    elif not people and names and not is_sent:
        people = names[1:]
    if len(people) > 1:  # "XYZ/AFP/Nama Orang"
        people = [part for part in people if not _SHORT_NAME.fullmatch(part.name)] or people
    return ", ".join({part.key: part.name for part in people}.values()), [part for part in parts if part not in people]


def _joined(parts):
    """The remaining parts of a credit with their own signs, each agency once."""
    named = {}
    for part in parts:
        if not _NOT_TOLD.fullmatch(part.name) or len(parts) == 1:
            named.setdefault(part.key, part)
    whole = "".join((part.sign or "/") + part.name for part in named.values())
    first = next(iter(named.values()), Part("", ""))
    return whole.removeprefix(first.sign or "/")


def _parts(credit):
    """The parts of a credit, and how it begins: with "by", with "Foto:", or with neither.

    Initials at its end and empty parts are left out.
    """
    plain, said_by = _bare(_WITHIN.sub("/", credit) if _WITHIN.search(credit) else credit)
    if not said_by and _OF_BODY.search(plain):
        plain, said_by = _OF_BODY.sub(r" \1/", plain, count=1), BY
    if "://" in plain:
        return [Part("", plain)], said_by
    parts, sign, at = [], "", 0
    for match in [*_SIGNS.finditer(plain), None]:
        words = plain[at : match.start() if match else None]
        parts += _weak_parts(sign, words)
        if match:
            sign, at = "/" if match[0].strip() in ("/", "|", "·", "•", "\\") else f" {match[0].strip()} ", match.end()
    parts = [part for part in parts if part.name and not text.says_nothing(part.name)]
    return _without_initials(_with_accounts(parts)), said_by


def _with_accounts(parts):
    """The parts, with each account joined to its site as one part."""
    joined = []
    for part in parts:
        if joined and joined[-1].is_site_of_accounts and part.sign == "/" and not part.is_agency:
            site = joined.pop()
            part = Part(site.sign, f"{site.name}/{part.name}")
        joined.append(part)
    return joined


def _bare(credit):
    """A credit without "Photo by", copyright sign and outer brackets; and how it began."""
    plain, said_by = " ".join(credit.split()), 0
    for _ in range(6):
        before = plain
        if plain[:1] in _PAIRS and (plain[-1:] == _PAIRS[plain[0]] or _PAIRS[plain[0]] not in plain):
            plain = plain[1:].removesuffix(_PAIRS[plain[0]]).strip()
        if match := _LEAD.match(plain):
            said_by = max(said_by, BY if _BY.search(match[0]) else LED if _PHOTO.match(match[0]) else 0)
            plain = plain[match.end() :].strip()
        plain = f"C{plain[1:]}" if plain.startswith("courtesy") else plain
        if plain[-1:] in (")", "]") and plain.count("(") + plain.count("[") < plain.count(")") + plain.count("]"):
            plain = plain[:-1].strip()
        if plain == before:
            break
    return plain, said_by


def _weak_parts(sign, words):
    """A part, split at commas, dashes and brackets if one of the pieces is an agency or a role."""
    words = _bare(re.sub(r"#\w+$", "", _RESERVED.sub("", words)).strip(" ,;"))[0]
    if (short := _SHORT.search(words)) and not Part("", short[1]).is_body:
        words = words[: short.start()]
    if match := _IN_BRACKETS.fullmatch(words):
        split = [Part(sign, match[1].strip()), Part("/", match[2].strip())]
    else:
        names = [name for name in map(str.strip, _WEAK_SIGNS.split(words)) if name]
        split = [Part("/" if at else sign, name) for at, name in enumerate(names)]
    split = [Part(part.sign, _without_dot(part.name)) for part in split]
    if len(split) > 1 and any(part.is_agency or part.is_role for part in split):
        return split
    if len(split) == 2 and split[1].is_body and not split[0].is_body:
        return split
    return [Part(sign, _without_dot(words))]


def _without_dot(name):
    return name[:-1] if name.endswith(".") and _AGENCY.fullmatch(name[:-1]) else name


def _without_initials(parts):
    """The parts without initials of editors at the end. A short name stays if nothing else would remain."""
    parts, has_initials = list(parts), False
    while len(parts) > 1 and not parts[-1].is_agency and not parts[-1].is_role:
        name = parts[-1].name
        is_one = _INITIALS.fullmatch(name) and parts[-1].sign == "/"
        is_capital = len(parts) > 2 and re.fullmatch("[A-Z]{2,3}", name) and not parts[-1].is_body
        is_likely = len(parts) > 2 and (has_initials or name.islower()) and _BEFORE_A_NAME.fullmatch(name)
        if not (is_one or is_capital or is_likely):
            break
        has_initials = True
        parts.pop()
    return parts
