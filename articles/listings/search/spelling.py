"""What may have been meant by words that find little: "Maksud Anda …?"

The words of live stories are the dictionary. For a word that no live story has, every spelling is tried that is one
letter away: wrong, missing, too much, or two that changed places. The one that most live stories have is offered.
Nothing is stored, neither of the words nor of the question.
"""

import json

from django.db import connection

from articles.text import stems, words

from . import engines
from .question import Term

LITTLE = 3  # stories; of more, nobody is asked whether they meant something else
SHORTEST = 4  # letters of a word that is mended
MOST_COUNTED = 50  # stories of each spelling
MOST_TRIED = 12  # spellings that some story has, live or not
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_THERE = {  # the spellings that stories have, live or not
    "sqlite": """SELECT value FROM json_each(%s)
                 WHERE EXISTS (SELECT 1 FROM temp.known_words WHERE known_words.term = json_each.value)""",
    "postgresql": """SELECT value FROM json_array_elements_text(%s::json) AS value
                     WHERE EXISTS (SELECT 1 FROM articles_story WHERE search @@ quote_literal(value)::tsquery)""",
}


def meant(typed, asked, live):
    """The question with words mended that are near others of `live` stories; "" if there is nothing to mend."""
    mended = typed
    for term in asked.terms:
        word = term.exact[0]
        is_word = len(term.exact) == 1 and len(word) >= SHORTEST and word.isascii() and word.isalpha()
        if is_word and not _count(stems.forms(stems.stem(word)), live) and (right := _nearest(word, live)):
            mended = _put(mended, word, right)
    return mended if mended != typed else ""


def _nearest(word, live):
    with connection.cursor() as cursor:
        cursor.execute(_THERE[connection.vendor], [json.dumps(sorted(near(word)))])
        there = [spelling for (spelling,) in cursor.fetchall()][:MOST_TRIED]
    counted = {spelling: _count([spelling], live) for spelling in there}
    return max((one for one in there if counted[one]), key=lambda one: (counted[one], one[0] == word[0]), default="")


def near(word):
    """All spellings that are one letter away."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    changed = {before + after[1:] for before, after in cuts if after}
    changed |= {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
    for letter in _LETTERS:
        changed |= {before + letter + after for before, after in cuts}
        changed |= {before + letter + after[1:] for before, after in cuts if after}
    return changed - {word}


def _count(spellings, live):
    """How many live stories have one of the spellings, at most MOST_COUNTED."""
    phrases = tuple((spelling,) for spelling in spellings)
    ids = engines.first(*engines.stories(engines.known((Term(phrases[0], phrases),))), MOST_COUNTED * 4)
    return live.filter(pk__in=ids).order_by()[:MOST_COUNTED].count()


def _put(typed, word, right):
    """The question with another word in its place."""
    return " ".join(right if words.split(part) == [word] else part for part in typed.split(" "))
