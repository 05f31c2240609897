from articles.text import body

UID = "6f1c1d1e-0000-4000-8000-000000000001"
RELATED = f'<aside data-story="{UID}"></aside>'
PHOTO = f'<figure data-photo="{UID}"><figcaption>Tepi danau</figcaption></figure>'


def test_the_editors_breaks_win():
    assert [len(page) for page in body.pages("<p>a</p><p>b</p><hr><p>c</p>")] == [2, 1]


def test_a_long_text_breaks_by_itself():
    long = "<p>" + "kata " * 150 + "</p>"
    assert [len(page) for page in body.pages(long * 6)] == [3, 3]
    assert len(body.pages(long * 3)) == 1


def words_of_pages(html):
    return [sum(body.word_count(block.html) for block in page) for page in body.pages(body.clean(html))]


def test_what_follows_a_long_list_comes_in_pages_of_the_usual_length():
    listed = f"<ul>{'<li>satu dua tiga empat lima</li>' * 800}</ul>"
    short = f"<p>{'kata ' * 40}</p>"
    assert words_of_pages(listed + short * 30) == [4000, 400, 400, 400]
    assert words_of_pages(short * 30 + listed + short) == [440, 440, 4360]
    assert words_of_pages(listed + listed + short) == [4000, 4040]


def test_words_are_kept_when_their_markup_is_not():
    assert (
        body.clean("<div>satu</div><aside>dua</aside><table><tr><td>tiga</table>") == "<p>satu</p><p>dua</p><p>tiga</p>"
    )


def test_references_come_once_and_in_order():
    assert body.references(f"<p>a</p>{RELATED}{RELATED}{PHOTO}") == ([UID], [UID])


def test_words_are_counted_without_markup():
    assert body.word_count("<p>satu <strong>dua</strong></p><p>tiga</p>") == 3
