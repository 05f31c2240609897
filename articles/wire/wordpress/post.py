"""A post of WordPress becomes an Item. Pure.

A post that is not public (a draft, a private post, a post with a password) becomes a draft. A post without an excerpt
has no standfirst. A post without a title gets its first words as headline.
"""

import datetime
import re
import urllib.parse

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.text import letters

from ..html import convert
from ..streams import xml_stream
from ..values import normalise
from ..values.addresses import address
from ..values.item import Item, Party, Refusal, Term
from ..values.times import parse_datetime
from . import photos, texts, wxr_known
from .texts import plain

RELEASED, DRAFTS = {"publish", "future"}, {"draft", "pending", "auto-draft"}
MOST_TAGS, MOST_AUTHORS = 100, 20
AWAITED = ("attached ", "file ", "pattern ", "term ")
SOURCE = [
    "title", "content:encoded", "excerpt:encoded", "dc:creator", "pubDate", "wp:post_date", "wp:post_date_gmt",
    "wp:post_modified", "wp:post_modified_gmt", "wp:post_name", "wp:post_password", "wp:status",
]  # fmt: skip

_ADDRESS = re.compile(r"https?://[^\s/]+", re.I)
_NUMBER = re.compile(r"\d{1,18}", re.A)
_LAST_NUMBER = re.compile(r"(\d{1,18})\D*\Z", re.A)
_SHORT = re.compile(r"[?&]p=\d{1,18}\Z", re.A)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.A)


class Post:
    """`asked`: {key: value or None} for all that the post refers to; `remarks`: sentences about repairs and guesses."""

    def __init__(self, element, known, zone):
        self.element, self.known, self.zone = element, known, zone
        self.site = known.site or wxr_known.site_of(element)
        self.number = element.field("wp:post_id") if _NUMBER.fullmatch(element.field("wp:post_id")) else ""
        self.guid, self.link = element.field("guid"), self.absolute(element.field("link"))
        self.address = self.link or self.site
        self.asked, self.missing, self.remarks = {}, 0, []
        if element.is_mended:
            self.remark(xml_stream.mended())

    def remark(self, sentence):
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    def ask(self, key):
        """The file's note on something that the post refers to, or None."""
        if key not in self.asked:
            self.asked[key] = self.known.get(key)
            self.missing += self.asked[key] is None
        return self.asked[key]

    def attached(self, number):
        self.asked[f"attached {number}"] = self.known.attached(number)
        return self.asked[f"attached {number}"]

    def absolute(self, written):
        """The absolute form of an address, which may be relative to the site; "" if it is invalid."""
        try:
            joined = urllib.parse.urljoin(f"{self.site}/", written) if self.site and written else written
        except ValueError:
            return ""
        return joined if _ADDRESS.match(joined) and address(joined) else ""

    def item(self):
        text = texts.whole(self, self.element.fields.get("content:encoded", ""))
        converted = self.converted(text)
        uri, other_uris = self.uris()
        state, publish_at = self.state()
        section, tags = self.terms()
        self.remark_left_out()
        return Item(
            uri=uri,
            other_uris=other_uris,
            headline=self.headline(converted.body),
            body=converted.body,
            state=state,
            standfirst=plain(self.element.fields.get("excerpt:encoded", "")),
            slug=slug(self.element.field("wp:post_name")),
            section=section,
            tags=tags,
            people=self.authors(),
            lead=photos.lead(self),
            gallery=photos.gallery(self, text),
            pictures=converted.pictures,
            version_at=self.modified_at(),
            publish_at=publish_at,
            first_published_at=publish_at if self.element.field("wp:status") == "publish" else None,
            old_addresses=self.old_addresses(),
            remarks=self.remarks,
            source={name: self.element.fields[name] for name in SOURCE if name in self.element.fields},
            beside=self.beside(),
            missing=self.missing,
            unfinished=self.unfinished(),
        )

    def converted(self, text):
        result = convert.convert(
            text,
            base=self.address,
            picture=lambda *shown: photos.of_text(self, *shown),
            headline=plain(self.element.fields.get("title", "")),
            lines=texts.BLOCKS not in text,
        )
        for remark in result.remarks:
            self.remark(remark)
        return result

    def beside(self):
        """The data that may change without an edit of the post: names, its address, the things it refers to."""
        return {
            "site": self.site,
            "guid": self.guid,
            "link": self.element.field("link"),
            "categories": [list(category) for category in self.element.categories],
            "meta": self.element.meta,
            "told": self.asked,
        }

    def unfinished(self):
        """The post as plain data if another part of its export may have more of what it refers to; else None.

        Missing photos (awaited.py) and names of logins (authors.py) do not count, because they are completed without
        a second reading. A gallery of all photos always counts, because another part may have more of them.
        """
        asked = ((key, value) for key, value in self.asked.items() if key.startswith(AWAITED))
        if self.known.site and any(value is None or key.startswith("attached ") for key, value in asked):
            data = {name: getattr(self.element, name) for name in ("fields", "categories", "meta", "comments")}
            return {"site": self.known.site, "post": data}
        return None

    # Identity

    def uris(self):
        """(uri, other uris): the guid if it belongs to this post, else the site and number, or the address.

        A guid with another number belongs to another site, from which the post was moved, or to another post of this
        site. So another post may have the same guid.
        """
        last = _LAST_NUMBER.search(self.guid)
        is_own = not self.number or not self.site or bool(last and last[1] == self.number)
        is_shared = bool(self.guid) and not (is_own and self.number) and bool(self.known.get(f"shared {self.guid}"))
        if self.guid and is_own and not (is_shared and self.link):
            return self.guid, []
        if is_shared:
            self.remark(_("Another post has the same guid: this one is known by its site and number."))
        if self.site and self.number:
            is_of_site = wxr_known.host_of(self.guid) == wxr_known.host_of(self.site)
            other = "" if is_of_site and _SHORT.search(self.guid) else self.guid or self.element.field("link")
            return f"{self.site}/?p={self.number}", list(filter(None, [other]))
        if self.link:
            return self.link, []
        raise Refusal(_("It has no id: neither a guid nor an address, nor a number on a site."))

    def headline(self, html):
        return normalise.headline(plain(self.element.fields.get("title", "")), html, self.remarks)

    # State and times

    def state(self):
        """(state, time of publication). A post that is not public, or has no valid date, is a draft."""
        status = self.element.field("wp:status")
        if self.element.field("wp:post_password"):
            self.remark(_("It lies behind a password: taken as a draft."))
        elif status == "private":
            self.remark(_("It is private: taken as a draft."))
        elif status in RELEASED:
            if at := self.published_at():
                return "released", at
            self.remark(_("It has no date that can be read: taken as a draft."))
        elif status not in DRAFTS:
            self.remark(_("Its status “%(status)s” is unknown: taken as a draft.") % {"status": status[:40]})
        return "draft", None

    def published_at(self):
        """A time with a zone is preferred, because the zone of any other is guessed."""
        if at := self.time("wp:post_date_gmt", datetime.UTC) or self.time("pubDate", None):
            return at
        return self.local("wp:post_date")

    def modified_at(self):
        """The time of the last change. A local time gets the offset that the site had when the post was published."""
        if at := self.time("wp:post_modified_gmt", datetime.UTC):
            return at
        clock, at = self.time("wp:post_date", datetime.UTC), self.time("pubDate", None)
        if clock and at and abs(clock - at) <= datetime.timedelta(hours=14):
            return self.time("wp:post_modified", datetime.timezone(clock - at))
        return self.local("wp:post_modified")

    def local(self, name):
        if at := self.time(name, self.zone):
            self.remark(_("Its date has no time zone: taken to be in %(zone)s.") % {"zone": self.zone})
        return at

    def time(self, name, zone):
        """A time; None if it is missing: WordPress writes the year 0 then, which is -0001 in RFC 822.

        Without `zone`, the text must name its zone.
        """
        written = self.element.field(name)
        try:
            at, has_zone = (None, True) if "-0001" in written else parse_datetime(written, zone or datetime.UTC)
        except (ValueError, OverflowError):
            return None
        return at if zone or has_zone else None

    # People and terms

    def authors(self):
        """The authors of Co-Authors Plus, which writes them as categories, or else the creator of the post."""
        parties = {}
        for domain, nicename, written in self.element.categories:
            if domain == "author" and (name := plain(written)):
                key = nicename.removeprefix("cap-").lower()
                parties.setdefault(name, Party(name, "author", slug(key), uri=self.named("author", key)))
        if not parties and (login := self.element.field("dc:creator")):
            name = plain(self.ask(f"author {login}") or "")
            party = Party(name or letters.line(login), "author", uri=self.named("author", login), is_login=not name)
            parties[name] = party
        return [party for party in parties.values() if party.name][:MOST_AUTHORS]

    def named(self, kind, key):
        """The id of a person or term. It holds the site, because two sites may use the same login or nicename."""
        return f"{self.site}/#{kind}:{key.lower()}" if self.site and key else ""

    def terms(self):
        """(section, tags). The section is the category marked as primary, or the first; all others are tags."""
        every = self.element.categories
        categories = [one for one in every if one[0] == "category"] or [one for one in every if not one[0]]
        sections = [term for term in self.terms_of("category", categories) if not normalise.is_no_section(term.name)]
        meta = self.element.value("_yoast_wpseo_primary_category") or self.element.value("rank_math_primary_category")
        if meta and (primary := slug(self.ask(f"term {meta}") or "")):
            sections.sort(key=lambda term: term.slug != primary)
        tags = self.terms_of("post_tag", (category for category in every if category[0] in ("post_tag", "tag")))
        names = {letters.folded(term.name) for term in sections[1:]}
        tags = sections[1:] + [term for term in tags if letters.folded(term.name) not in names]
        if len(tags) > MOST_TAGS:
            params = {"count": len(tags), "most": MOST_TAGS}
            self.remark(_("Of its %(count)s tags, the first %(most)s were taken.") % params)
        return (sections[0] if sections else None), tags[:MOST_TAGS]

    def terms_of(self, kind, categories):
        """The terms in order, without duplicates."""
        terms = {}
        for _domain, nicename, written in categories:
            if name := plain(written):
                term = terms.setdefault(letters.folded(name), Term(name))
                term.slug, term.uri = term.slug or slug(nicename), term.uri or self.named(kind, nicename)
        return list(terms.values())

    def remark_left_out(self):
        if count := self.element.comments:
            sentence = ngettext("Its %(count)s comment did not come.", "Its %(count)s comments did not come.", count)
            self.remark(sentence % {"count": count})
        if names := self.element.own_terms():
            self.remark(_("Terms of its site's own taxonomies did not come: %(names)s.") % {"names": names})

    # Addresses

    def old_addresses(self):
        """The address, the short address, and the addresses before the slug or the day was changed."""
        short = f"{self.site}/?p={self.number}" if self.site and self.number else ""
        guid = self.guid if _ADDRESS.match(self.guid) and address(self.guid) and not self.uris()[1] else ""
        addresses = [written for written in (self.link, guid) if written]
        if short and wxr_known.site_key(guid) != self.site:
            addresses.append(short)
        addresses += [*self.former_slugs(), *self.former_days()]
        return list(dict.fromkeys(addresses))

    def former_slugs(self):
        name = self.element.field("wp:post_name")
        start, slash, last = self.link.rstrip("/").rpartition("/")
        for old in self.element.meta.get("_wp_old_slug", []):
            if slash and name and old and name in last and "?" not in last:
                yield f"{start}/{last.replace(name, old, 1)}{'/' if self.link.endswith('/') else ''}"

    def former_days(self):
        now = _DAY.match(self.element.field("wp:post_date") or self.element.field("wp:post_date_gmt"))
        for written in self.element.meta.get("_wp_old_date", []):
            if now and (old := _DAY.match(written)):
                for count in (3, 2):
                    here, there = (f"/{'/'.join(day.groups()[:count])}/" for day in (now, old))
                    if here in self.link:
                        yield self.link.replace(here, there, 1)
                        break


def slug(written):
    return letters.spelt(urllib.parse.unquote(written))
