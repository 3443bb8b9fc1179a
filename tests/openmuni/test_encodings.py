"""Text of unknown encoding is read right or refused; never garbled."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from openmuni.encodings import decode, was_garbled

ARABIC = "الفكرة;الحي\nإنارة الأزقة، وغرس 500 م² من الأشجار؟;«السوق»\nBibliothèque;رقم 12\n"
FRENCH = "Idée;Quartier\nÉclairage de l’école;Été\n"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp1256", b""),
    ],
)
def test_arabic_is_read_right_in(encoding, mark):
    assert decode(mark + ARABIC.encode(encoding)) == ARABIC


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_french_is_read_right_in(encoding):
    assert decode(FRENCH.encode(encoding)) == FRENCH


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman", "cp850"])
def test_french_in_an_old_encoding_is_refused(encoding):
    text = FRENCH.replace("’", "'")
    with pytest.raises(ValidationError):
        decode(text.encode(encoding))


@pytest.mark.parametrize("encoding", ["iso8859-6", "cp720", "mac_arabic"])
def test_arabic_in_an_old_encoding_is_refused(encoding):
    content = "الفكرة\nإنارة الأزقة وغرس الأشجار قرب السوق".encode(encoding)
    with pytest.raises(ValidationError):
        decode(content)


def test_french_and_arabic_of_two_encodings_in_one_file_are_refused():
    with pytest.raises(ValidationError):
        decode("إنارة الأزقة\n".encode("cp1256") + "École\n".encode("cp1252"))


@given(st.integers(min_value=1, max_value=len(ARABIC.encode()) - 1))
def test_utf_8_with_a_byte_lost_is_refused_or_whole(at):
    content = ARABIC.encode()
    damaged = content[:at] + content[at + 1 :]
    try:
        read = decode(damaged)
    except ValidationError:
        return
    assert read.encode() == damaged


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02\x03", b"a\x00b", b"\x7fELF\x02\x01", b"abc\x1b[0m"]
)
def test_what_is_no_text_is_refused(content):
    with pytest.raises(ValidationError):
        decode(content)


@pytest.mark.parametrize("encoding", ["cp1256", "latin-1"])
def test_a_cell_spoilt_by_another_program_is_seen(encoding):
    spoilt = "إنارة الأزقة".encode().decode(encoding, errors="ignore")
    assert was_garbled(spoilt)


@pytest.mark.parametrize("text", ["Ã©clairage", "????? ???", "إنارة \ufffd الحي"])
def test_a_cell_with_lost_letters_is_seen(text):
    assert was_garbled(text)


@pytest.mark.parametrize(
    "text", ["إنارة الأزقة، 500 م²؟", "Éclairage ?", "Pourquoi ???", "ك،", "2030", "🌳 شجرة", "ATM"]
)
def test_a_cell_in_order_is_left_alone(text):
    assert not was_garbled(text)


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي ةىءأإؤئ،؛؟ 0123456789.()-\n", min_size=3))
def test_no_arabic_text_is_taken_for_a_spoilt_one(text):
    assert not was_garbled(text)
