"""What may have been meant by words that find little: "Maksud Anda …?"

The words of live stories are the dictionary. For a word that no live story has, every spelling is tried that is one
letter away: wrong, missing, too much, or two that changed places. The one that most live stories have is offered. If
they have none as it stands, another form of it will do: pencemaran for pencemarran, where a river is tercemar.
Nothing is stored, neither of the words nor of the question.
"""

import json

from django.db import connection

from articles.database.union import together
from articles.text import stems, words

from . import engines
from .question import Term

LITTLE = 3  # stories; of more, nobody is asked whether they meant something else
SHORTEST, LONGEST = 4, 20  # letters of a word that is mended
MOST_COUNTED = 50  # stories of each spelling
MOST_TRIED = 12  # spellings of a word that some story has, live or not
MOST_MENDED = 3  # words of a question
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# The spellings that stories have, live or not.
_THERE = {
    "sqlite": """SELECT value FROM json_each(%s)
                 WHERE EXISTS (SELECT 1 FROM temp.known_words WHERE known_words.term = json_each.value)""",
    "postgresql": """SELECT word FROM json_array_elements_text(%s) AS word
                     WHERE EXISTS (SELECT FROM articles_story WHERE search @@ word::tsquery OFFSET 0)""",
}


def meant(typed, terms, live):
    """The question with words of these terms mended that are near others of `live`, a Scope; "" if none is.

    `terms`: as engines.known gives them.
    """
    mended = typed
    for word, right in _nearest(_unknown(terms, live), live):
        mended = _put(mended, word, right)
    return mended if mended != typed else ""


def _unknown(terms, live):
    """The first words of which no live story has any form."""
    plain = [term for term in terms if len(term.exact) == 1 and _is_mendable(term.exact[0])]
    whole = [term._replace(is_begun=False) for term in plain]
    there = together({number: live.some(term, 1) for number, term in enumerate(whole)})
    return [term.exact[0] for number, term in enumerate(plain) if not there[number]][:MOST_MENDED]


def _is_mendable(word):
    return SHORTEST <= len(word) <= LONGEST and word.isascii() and word.isalpha()


def _nearest(unknown, live):
    """(Word, the spelling that most live stories have) of those that have one."""
    spellings = {word: near(word) for word in unknown}
    there = _there(set().union(*spellings.values()))
    tried = [(word, one) for word in unknown for one in [one for one in there if one in spellings[word]][:MOST_TRIED]]
    found = together({pair: live.some(Term(pair[1:], (pair[1:],)), MOST_COUNTED) for pair in tried})
    for word in unknown:
        counts = {one: len(found[of, one]) for of, one in tried if of == word and found[of, one]}
        if counts or (counts := _by_form(spellings[word], live)):
            yield word, max(counts, key=lambda one: (counts[one], one[0] == word[0]))


def _by_form(spellings, live):
    """{spelling: live stories that have another form of its root}, of roots that we know."""
    derived = [(one, root) for one in sorted(spellings) if (root := stems.root(one)) and root != one][:MOST_TRIED]
    terms = {one: Term((one,), tuple((form,) for form in stems.forms(root))) for one, root in derived}
    known = zip(terms, engines.known(tuple(terms.values())), strict=True)
    found = together({one: live.some(term, MOST_COUNTED) for one, term in known})
    return {one: len(rows) for one, rows in found.items() if rows}


def _there(spellings):
    """Those that some story has, live or not."""
    if not spellings:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_THERE[connection.vendor], [json.dumps(sorted(spellings))])
        return [spelling for (spelling,) in cursor.fetchall()]


def near(word):
    """All spellings that are one letter away."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    changed = {before + after[1:] for before, after in cuts if after}
    changed |= {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
    for letter in _LETTERS:
        changed |= {before + letter + after for before, after in cuts}
        changed |= {before + letter + after[1:] for before, after in cuts if after}
    return changed - {word}


def _put(typed, word, right):
    """The question with another word in its place."""
    return " ".join(right if words.split(part) == [word] else part for part in typed.split(" "))
