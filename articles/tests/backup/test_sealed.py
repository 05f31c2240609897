"""A file of a backup opens with its passphrase alone, and only as it was written."""

import io

import pytest

from articles.backup.sealed import MAGIC, PIECE, TAG, Plain, Sealed
from articles.wire.values.item import Refusal

KEY, SALT = "kata sandi yang panjang", b"0" * 16
HEAD = len(MAGIC) + 16 + 32


def sealed(content, key=KEY):
    file = io.BytesIO()
    with Sealed(key, SALT).written(file) as to:
        to.write(content)
    return file.getvalue()


def opened(stored, key=KEY):
    with Sealed(key, b"1" * 16).opened(io.BytesIO(stored)) as file:
        return file.read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 5])
def test_what_is_written_is_read(size):
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert opened(sealed(content)) == content


def test_nothing_of_the_content_can_be_seen_and_two_files_of_it_differ():
    one, other = sealed(b"Nama yang dilindungi"), sealed(b"Nama yang dilindungi")
    assert b"dilindungi" not in one
    assert one[HEAD:] != other[HEAD:]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda stored: stored[:-1],
        lambda stored: stored[: HEAD + PIECE + TAG],  # ends with a piece that is not the last
        lambda stored: stored[:HEAD],
        lambda stored: stored[: HEAD - 1],
        lambda stored: stored + b"x",
        lambda stored: stored[:-1] + bytes([stored[-1] ^ 1]),
        lambda stored: stored[: HEAD - 1] + bytes([stored[HEAD - 1] ^ 1]) + stored[HEAD:],
        lambda stored: stored[:HEAD] + stored[HEAD + PIECE + TAG :],  # without its first piece
        lambda stored: b"Rencana" + stored,
        lambda stored: b"",
    ],
)
def test_a_file_that_was_cut_lengthened_or_changed_does_not_open(spoil):
    with pytest.raises(Refusal):
        opened(spoil(sealed(b"x" * (PIECE + 9))))


def test_another_passphrase_opens_nothing():
    with pytest.raises(Refusal, match="BACKUP_KEY"):
        opened(sealed(b"isi"), "kata sandi lain yang panjang")


def test_a_short_passphrase_is_refused():
    with pytest.raises(Refusal, match="20"):
        Sealed("pendek", SALT)


def test_a_file_that_comes_in_small_pieces_is_read():
    class Slow(io.BytesIO):
        def read(self, size=-1):
            return super().read(min(size, 1000))

    content = b"x" * (PIECE + 9)
    with Sealed(KEY, SALT).opened(Slow(sealed(content))) as file:
        assert file.read() == content


def test_the_name_of_a_content_depends_on_the_key_and_a_plain_one_is_its_hash():
    assert Sealed(KEY, SALT).name_of("ab") == Sealed(KEY, SALT).name_of("ab")
    assert Sealed(KEY, SALT).name_of("ab") != Sealed(KEY + "!", SALT).name_of("ab")
    assert Plain().name_of("ab") == "ab"
