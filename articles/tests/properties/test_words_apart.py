"""Words are apart if something was between them, and only then."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.text import body
from articles.wire.html import convert

from ..markup_samples import without_signs, words

pytestmark = pytest.mark.wide

UID = "6f1c1d1e-0000-4000-8000-000000000001"
BLOCKS, INLINE, ALONE = (
    names.split()
    for names in (
        """address article aside blockquote body br caption center col colgroup dd details dialog dir div dl dt fieldset
        figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol
        optgroup option p pre search section summary table tbody td tfoot th thead tr ul xmp""",
        """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark o:p q s samp small span
        st1:city strike strong sub sup time tt u var wbr""",
        "audio button canvas embed img input meter my-card progress select textarea video",
    )
)


NO_STORY = {f"<{mark}{name}>" for name in ("button", "head", "select") for mark in ("", "/")}  # left out with its words
tags = st.sampled_from([f"<{'/' * closing}{name}>" for name in BLOCKS + INLINE + ALONE for closing in (0, 1)])
between = st.lists(st.one_of(tags, st.sampled_from([" ", "\n", "&nbsp;", "<!-- a -->"])), max_size=6)


def spread(gaps):
    """(source, its words): a word before each gap, apart from the next where a block or a space is in the gap."""
    source, expected = "", [""]
    for number, gap in enumerate(gaps):
        source += f"kata{number}" + "".join(gap)
        expected[-1] += f"kata{number}"
        names = {re.sub(r"[</>]", "", tag) for tag in gap if tag[0] == "<"}
        if names & {*BLOCKS, *ALONE} or {" ", "\n", "&nbsp;"} & set(gap):
            expected.append("")
    return source, list(filter(None, expected))


@settings(max_examples=600, deadline=None)
@given(st.lists(between, max_size=10))
@example([["<ul>", "<li>"], ["</li>"], ["<ol>"], ["</ul>", "</p>"]])
def test_words_are_apart_if_a_block_or_a_space_was_between_them_and_joined_only_if_not(gaps):
    source, expected = spread(gaps)
    assert words(source) == expected


@settings(max_examples=600, deadline=None)
@given(st.lists(between, max_size=10))
def test_so_they_are_in_what_comes_by_wire(gaps):
    source, expected = spread([[tag for tag in gap if tag not in NO_STORY] for gap in gaps])
    found = without_signs(body.text(convert.convert(source, media_type="text/html").body))
    assert sorted(found) == sorted(expected)  # the caption of a figure that never ends comes last


nested = st.sampled_from(
    [
        *(
            "<ul>",
            "</ul>",
            "<ol>",
            "</ol>",
            "<li>",
            "</li>",
            "<blockquote>",
            "</blockquote>",
            "<table>",
            "<tr>",
            "<td>",
        ),
        *("</table>", "<figure>", "</figure>", "<figcaption>", "</figcaption>", "<aside>", "</aside>", "<p>"),
        *(
            "</p>",
            f'<figure data-photo="{UID}">',
            f'<aside data-story="{UID}">',
            "<img src=x>",
            '<a href="/x">',
            "</a>",
        ),
    ]
)


@settings(max_examples=600, deadline=None)
@given(st.lists(st.lists(nested, max_size=5), min_size=1, max_size=8))
@example([["<ul>", "<li>"], ["<ol>", "</ol>"], ["</ul>"]])
def test_no_word_is_lost_or_joined_where_lists_quotations_tables_and_figures_are_in_each_other(gaps):
    expected = sorted(f"kata{number}" for number in range(len(gaps)))
    source = "".join(f" kata{number} {''.join(gap)}" for number, gap in enumerate(gaps))
    clean = body.clean(source)
    assert sorted(words(clean)) == expected
    shown = "".join(block.html for page in body.pages(clean) for block in page)
    assert sorted(without_signs(body.text(shown))) == expected
    assert sorted(without_signs(body.text(convert.convert(source).body))) == expected
