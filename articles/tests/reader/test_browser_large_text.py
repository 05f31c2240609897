"""A phone at 200 % text: whole words, and nothing over the name of the paper."""

import pytest

from articles.models import Edition

from ..newsroom import make_photo

pytestmark = pytest.mark.browser

# Words of at most twelve letters that stand on two lines: [the word, the class of what holds it].
BROKEN = """() => {
  const found = [], range = document.createRange()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node; (node = walker.nextNode());) {
    if (!node.parentElement.checkVisibility() || node.parentElement.closest(".unseen, .skip, script, style")) continue
    for (const word of node.data.matchAll(/\\p{L}{2,12}/gu)) {
      range.setStart(node, word.index)
      range.setEnd(node, word.index + word[0].length)
      const tops = new Set([...range.getClientRects()].filter(line => line.width > 0).map(line => Math.round(line.top)))
      if (tops.size > 1) found.push([word[0], node.parentElement.className])
    }
  }
  return found
}"""
LOGO_AND_NAME = """() => {
  const [logo, name] = [".wordmark img", ".wordmark span"].map(part => document.querySelector(part))
  return [logo, name].map(part => part.getBoundingClientRect())
}"""


@pytest.fixture
def newsroom(cast):
    """The cast, whose edition has a logo and a name of one word, and stories with photos in a series."""
    Edition.objects.update(logo=make_photo(title="Lambang", colour="#990000"))
    cast.perang.kicker = "Revitalisasi Danau Limboto"
    cast.perang.save()
    photo = make_photo()
    for number in range(8):
        cast.story(f"Petugas menata pelabuhan {number}", lead_photo=photo, series=cast.perang)


@pytest.mark.wide
def test_the_name_of_a_series_is_not_broken_beside_its_day(visit):
    page = visit("/latest/", 360)
    page.locator(".card-headline a").first.click()
    page.locator(".series-box").wait_for()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert "Revitalisasi" not in [word for word, _holder in page.evaluate(BROKEN)]
    assert page.locator(".series-box .day").count() == 1


@pytest.mark.parametrize("address", ["/", "/latest/", "/search/?q=pelabuhan"])
@pytest.mark.wide
def test_no_word_is_broken_and_the_name_stands_on_one_line_beside_its_logo(visit, address):
    page = visit(address, 360)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(BROKEN) == []
    logo, name = page.evaluate(LOGO_AND_NAME)
    letters = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.wordmark span')).fontSize)")
    assert (logo["height"] > 0) == (address == "/")  # below the front the name stands alone
    assert logo["right"] <= name["left"] or not logo["height"]
    assert name["height"] < 2 * letters  # on one line
