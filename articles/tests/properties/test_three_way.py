"""Whatever three people do to a text, nothing is lost in silence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text import body, three_way
from articles.text.three_way import Collision

pytestmark = pytest.mark.wide

words = st.lists(st.sampled_from(["satu", "dua", "tiga", "empat", "lima"]), max_size=12)
paragraphs = st.lists(st.sampled_from(["<p>Satu dua.</p>", "<h2>Tiga</h2>", "<p>Empat <em>lima</em></p>"]))
values = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["x", "y", "z"]))
shuffled = values.flatmap(lambda made: st.permutations(list(made.items())).map(dict))
BASE = "<p>Wali kota datang pagi tadi.</p><p>Ia membuka pasar.</p><p>Warga senang.</p>"


def side(runs, name):
    return [part for run in runs for part in (getattr(run, name) if isinstance(run, Collision) else run)]


def turned(runs):
    return [Collision(run.base, run.theirs, run.mine) if isinstance(run, Collision) else run for run in runs]


def flat(runs):
    """One run a line, so that only what stands in them counts."""
    return [part for run in runs for part in ([run] if isinstance(run, Collision) else run)]


@settings(deadline=None)
@given(words, words)
def test_who_changed_nothing_takes_over_what_the_other_made(base, changed):
    assert side(three_way.sequence(base, changed, base), "mine") == changed
    assert flat(three_way.sequence(base, changed, base)) == changed
    assert flat(three_way.sequence(base, base, changed)) == changed
    assert flat(three_way.sequence(base, changed, changed)) == changed


@settings(deadline=None)
@given(words, words, words)
def test_it_is_the_same_from_either_side(base, mine, theirs):
    assert flat(turned(three_way.sequence(base, mine, theirs))) == flat(three_way.sequence(base, theirs, mine))


@settings(deadline=None)
@given(words, words, words)
def test_what_somebody_added_stands_in_the_result_or_in_a_collision(base, mine, theirs):
    runs = three_way.sequence(base, mine, theirs)
    for name, made in (("mine", mine), ("theirs", theirs)):
        assert set(made) - set(base) <= set(side(runs, name))


@settings(deadline=None)
@given(paragraphs, paragraphs, paragraphs)
def test_a_text_stays_clean(base, mine, theirs):
    runs = three_way.text(*("".join(one) for one in (base, mine, theirs)))
    for name in ("mine", "theirs"):
        made = "".join(side(runs, name))
        assert body.clean(made) == made


@settings(deadline=None)
@given(words, words)
def test_without_a_base_every_difference_collides(mine, theirs):
    runs = three_way.sequence(None, mine, theirs)
    assert (side(runs, "mine"), side(runs, "theirs")) == (mine, theirs)


@settings(deadline=None)
@given(shuffled, shuffled, shuffled)
def test_items_are_the_same_from_either_side_and_none_is_lost(base, mine, theirs):
    found, _order = three_way.items(base, mine, theirs)
    other, _order = three_way.items(base, theirs, mine)
    assert found.keys() == other.keys()
    assert {key for key in (*mine, *theirs) if key not in base} <= found.keys()
    assert three_way.items(base, mine, base) == (mine, None)
    assert list(three_way.items(base, mine, base)[0]) == list(mine)
    assert list(three_way.items(base, base, mine)[0]) == list(mine)


class People:
    """Three people write one text: each opens it, changes paragraphs with words that nobody else has, and saves."""

    def __init__(self, choices):
        self.story, self.revisions, self.choices = BASE, [BASE], choices
        self.opened, self.typed, self.words = {}, {}, []

    def act(self, who, act, place):
        if act == "open" or who not in self.opened:
            self.opened[who] = self.typed[who] = self.story
        elif act == "save":
            self.save(who)
        else:
            self.write(who, act, place)

    def write(self, who, act, place):
        blocks = [block.html for block in body.blocks(self.typed[who])]
        at, word = place % (len(blocks) + 1), f"{who}{len(self.words)}"
        if act == "add" or at == len(blocks):
            blocks.insert(at, f"<p>{word}</p>")
        elif act == "remove":
            del blocks[at]
            word = None
        else:
            blocks[at] = blocks[at].replace("</p>", f" {word}</p>")
        self.words += [(who, word)] if word else []
        self.typed[who] = "".join(blocks)

    def save(self, who):
        runs, story, is_lost = three_way.text(self.opened[who], self.typed[who], self.story), [], False
        for run in runs:
            if isinstance(run, Collision):
                choice = self.choices()
                is_lost = is_lost or (choice == "theirs" and bool(run.mine))
                run = run.theirs + run.mine if choice == "both" else getattr(run, choice)
            story += run
        self.revisions += [self.typed[who]] if is_lost else []
        self.story = self.opened[who] = self.typed[who] = "".join(story)
        self.revisions.append(self.story)


acts = st.tuples(
    st.sampled_from("xyz"), st.sampled_from(["open", "add", "change", "remove", "save"]), st.integers(0, 9)
)


@settings(deadline=None)
@given(st.lists(acts, max_size=25), st.data())
def test_three_people_lose_no_paragraph(done, data):
    """Each word stands in the story, in a revision, or in the form of who typed it last: that one removed it or not."""
    people = People(lambda: data.draw(st.sampled_from(["mine", "theirs", "both"])))
    kept_back = set()
    for who, act, place in done:
        before = people.typed.get(who, "")
        people.act(who, act, place)
        if act in ("open", "remove", "change"):  # who types also takes words of their own away, unsaved
            now = people.typed[who]
            kept_back |= {word for by, word in people.words if by == who and word in before and word not in now}
    for who in people.opened:
        people.save(who)
    everything = " ".join(people.revisions)
    assert not [word for _who, word in people.words if word not in everything and word not in kept_back]
