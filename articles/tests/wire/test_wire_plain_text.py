"""Plain text becomes the same paragraphs, whichever format brings it."""

import html

import pytest

from ..feeds import atom_item, json_item
from ..ghost_exports import one as ghost_post
from ..ninjs_items import read as ninjs_item

WRAPPED = f"{'kata ' * 14}\n{'kata ' * 13}\nakhir.\n\nDua."


@pytest.mark.parametrize("plain", ["Satu.\nDua.", "Satu.\r\n\r\nDua <b>.", "Alamat:\n\nJalan 1\nKota", WRAPPED])
def test_plain_text_is_the_same_in_every_format(tmp_path, plain):
    expected = ninjs_item(bodies=[{"contentType": "text/plain", "value": plain}]).body
    assert json_item(id="tag:a.example,1", title="Hujan", content_text=plain).body == expected
    atom = f'<id>tag:a.example,1</id><title>Hujan</title><content type="text">{html.escape(plain)}</content>'
    assert atom_item(atom).body == expected
    assert ghost_post(tmp_path, plaintext=plain).body == expected


def test_lines_of_code_keep_their_ends(tmp_path):
    card = '{"root": {"children": [{"type": "codeblock", "code": "if a:\\n    b()\\n\\nc()"}]}}'
    assert ghost_post(tmp_path, lexical=card).body == "<p>if a:<br>b()</p><p>c()</p>"
