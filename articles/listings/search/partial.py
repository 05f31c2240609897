"""The live stories that have most words of a question, where none has all of them: "tiket kereta api natal" is answered
by those of kereta api and natal.

Of the words that any of these has, a story has at least half. Words in quotation marks, words with a minus and filters
hold. Of each word the newest stories are read in one query, and in a second one is asked which of them have the
frequent words.
"""

from articles.database.union import together

from . import engines, links
from .candidates import MOST

NEWEST = 200  # stories of each word: those that were stored last


def of(asked, found, scope):
    """The Candidates that have most of the terms. `found`: those of the whole question, of which there are none."""
    content = {number for number, term in enumerate(found.terms) if not term.says_little}
    if not content or len(found.terms) < 2:
        return found
    quoted = [term for term in found.terms if term.is_quoted]
    beside = links.stories(found.groups, found.newest, asked._replace(terms=()))
    newest = _newest(found.terms, content, quoted, asked.without)
    if quoted:
        beside = {pk: has for pk, has in beside.items() if any(pk in ids for ids in newest.values())}
    numbers = _numbers(newest, beside, content, found.terms)
    live = scope.among(list(numbers))
    there = set().union(*(numbers[pk] for pk, _at in live))
    stories = [(pk, at) for pk, at in live if 2 * len(numbers[pk]) >= len(there)][:MOST]
    has = {pk: frozenset(numbers[pk]) for pk, _at in stories}
    linked = {pk: beside[pk] for pk in has if pk in beside}
    nowhere = frozenset(found.terms[number] for number, ids in newest.items() if not ids and not quoted)
    return found._replace(stories=stories, linked=linked, has=has, nowhere=nowhere)


def left_out(found):
    """The words that none of these stories has, as they were typed, but for those that say little and are not asked."""
    there = frozenset().union(*found.has.values())
    missing = [term for number, term in enumerate(found.terms) if found.has and number not in there]
    return [" ".join(term.exact) for term in missing if not term.says_little]


def _newest(terms, content, quoted, without):
    """{number of a term: the newest stories that hold it and what is quoted}."""
    asked = {number: tuple(dict.fromkeys((terms[number], *quoted))) for number in content}
    return together({number: engines.Holding(asked[number], without).newest(NEWEST) for number in content})


def _numbers(newest, beside, content, terms):
    """{id: numbers of the terms that a story has in its text, or beside it}."""
    numbers = {pk: content.intersection(has) for pk, has in beside.items()}
    frequent = {number for number, ids in newest.items() if len(ids) >= NEWEST}
    every = {pk for ids in newest.values() for pk in ids} | numbers.keys()
    asked = {number: engines.among(engines.stories([terms[number]]), every) for number in frequent}
    for held in (newest, together(asked)):
        for number, ids in held.items():
            for pk in ids:
                numbers.setdefault(pk, set()).add(number)
    return numbers
