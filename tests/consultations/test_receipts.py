"""Keys, codes and digests."""

from collections import Counter

import pytest

from consultations.receipts import Receipt, code_digest, code_groups, is_key, new_key, parse_codes

CONTENT = {"title": "إنارة الحي", "body": "نقترح إنارة الحي ليلا"}


def test_the_same_key_and_text_give_the_same_code():
    key = new_key()
    assert Receipt.of(key, CONTENT) == Receipt.of(key, dict(reversed(CONTENT.items())))


def test_the_same_key_with_another_text_gives_another_code():
    key = new_key()
    assert Receipt.of(key, CONTENT).code != Receipt.of(key, CONTENT | {"title": "x"}).code


def test_a_code_is_sixteen_digits_in_four_groups():
    groups = code_groups(Receipt.of(new_key(), CONTENT).code)
    assert [len(group) for group in groups] == [4, 4, 4, 4]


def test_a_code_is_read_back_however_it_was_typed():
    code = Receipt.of(new_key(), CONTENT).code
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    typed = [
        code,
        " ".join(code_groups(code)),
        "-".join(code_groups(code)),
        arabic,
        "/".join(code_groups(code)),
        " | ".join(code_groups(arabic)),
        f"\u200f {arabic}\n",
    ]
    assert all(code in parse_codes(text) for text in typed)


def test_a_code_is_read_whose_boxes_were_copied_from_the_right():
    code = Receipt.of(new_key(), CONTENT).code
    from_the_right = code_groups(code)[::-1]
    typed = [" ".join(from_the_right), "".join(from_the_right)]
    assert all(code in parse_codes(text) for text in typed)


@pytest.mark.parametrize(
    "typed", ["", "abc", "1" * 15, "1" * 17, "²" * 16, "1234 5678 9012 345x", "\0" * 16]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert parse_codes(typed) == []


def test_one_wrong_digit_or_two_swapped_ones_are_caught():
    code = Receipt.of(new_key(), CONTENT).code
    wrong = code[:3] + str((int(code[3]) + 1) % 10) + code[4:]
    swaps = [
        code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        for at in range(15)
        if code[at] != code[at + 1]
    ]
    assert not [text for text in [wrong, *swaps] if text in parse_codes(text)]


def test_the_digests_give_no_code_away():
    receipt = Receipt.of(new_key(), CONTENT)
    assert receipt.code not in receipt.key_digest + receipt.content_digest + code_digest(
        receipt.code
    )


def test_another_pepper_gives_other_codes(settings):
    key = new_key()
    first = Receipt.of(key, CONTENT)
    settings.TRACKING_PEPPER = "another pepper"
    assert Receipt.of(key, CONTENT).code != first.code


def test_codes_do_not_repeat_and_their_digits_are_even():
    codes = [Receipt.of(new_key(), CONTENT).code for _ in range(5000)]
    assert len(set(codes)) == 5000
    for position in range(16):
        counts = Counter(code[position] for code in codes)
        # Nine degrees of freedom: beyond 40 the chance is below one in a hundred thousand.
        assert sum((counts[str(digit)] - 500) ** 2 / 500 for digit in range(10)) < 40


@pytest.mark.parametrize(
    "text", ["", "x" * 21, "x" * 23, "é" * 22, "<script>alert(1)</scri", " " * 22]
)
def test_a_key_of_another_shape_is_refused(text):
    assert is_key(new_key())
    assert not is_key(text)
