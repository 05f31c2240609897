import pytest

from articles.wire.html import markdown


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("# A #\n## B\n####### c", "<h1>A</h1><h2>B</h2><p>####### c</p>"),
        ("A\n===\nB\n---", "<h1>A</h1><h2>B</h2>"),
        ("**a** *b* ~~c~~", "<p><strong>a</strong> <em>b</em> <s>c</s></p>"),
        ("***a*** __b__ _c_", "<p><strong><em>a</em></strong> <strong>b</strong> <em>c</em></p>"),
        ("2 * 3 * 4, nama_file_satu, **, \\*a\\*", "<p>2 * 3 * 4, nama_file_satu, **, *a*</p>"),
        ("`a *b* <c>`", "<p>a *b* &lt;c&gt;</p>"),
        ("[a](https://b.example/c_(d) 't')", '<p><a href="https://b.example/c_(d)">a</a></p>'),
        ("[*a*][x] [b](/c)\n\n[x]: /d", '<p><a href="/d"><em>a</em></a> <a href="/c">b</a></p>'),
        ("![a](/b.jpg)", '<p><img src="/b.jpg" alt="a"></p>'),
        ("[![a](/b.jpg)](/c)", '<p><a href="/c"><img src="/b.jpg" alt="a"></a></p>'),
        ("<https://a.example>", '<p><a href="https://a.example">https://a.example</a></p>'),
        ("di https://b.example/x_y.", '<p>di <a href="https://b.example/x_y">https://b.example/x_y</a>.</p>'),
        ("- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ("- a\n\n1. d\n2. e", "<ul><li>a</li></ul><ol><li>d</li><li>e</li></ol>"),
        ("3) a\n4) b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("> a\n> > b", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>"),
        ("a\n\n***\n\n- - -\nb", "<p>a</p><hr><hr><p>b</p>"),
        ("```js\na < b\n```", "<pre>a &lt; b</pre>"),
        (
            "| a | b |\n|---|:-:|\n| 1 | *2* |",
            "<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td><em>2</em></td></tr></table>",
        ),
        ("<b>a</b> *b*", "<p><b>a</b> <em>b</em></p>"),
        ("a[^1] b[^2]\n\n[^1]: *c*", "<p>a<sup>1</sup> b[^2]</p><ol><li><em>c</em></li></ol>"),
        ("<div>*a*</div>\n\n*b*", "<div>*a*</div><p><em>b</em></p>"),
        ("a < b & c", "<p>a &lt; b & c</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_markdown_becomes_html(written, expected):
    assert markdown.to_html(written) == expected
