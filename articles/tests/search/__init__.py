"""Tables of what a good search finds, written before the search was tuned; lines that begin with # are no rows.

stem_pairs.tsv    two words, and whether a question for one asks for the other
stories.json      short stories of Gorontalo, which stand beside those of the fixture
questions.tsv     a question as readers type it; the stories that must be within its first three results, all of them,
                  `a/b` for one of them; those that must not. A story is told by its slug, or by how its slug begins
misspellings.tsv  a word as somebody types it, the word that stories have
"""
