from __future__ import annotations

import time
from unicodedata import normalize

import pytest

from gaechwi.forms import plain


def test_what_can_be_seen_is_kept_wherever_it_stands() -> None:
    """Texts that can be printed as a whole take a shorter way, beside a line's end they do not."""
    for character in filter(str.isprintable, map(chr, range(0x110000))):
        assert plain(f"\r\n{character}") == "\n" + plain(character)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (normalize("NFD", "홍길동"), "홍길동"),
        ("한 줄\r\n두 줄", "한 줄\n두 줄"),
        ("회\u200b사\ufeff", "회사"),
        # What stood between two letters is gone before they are composed.
        ("\u1112\u200b\u1161\u11ab글", "한글"),
        ("a\u202e\u0301", "á"),
        ("─" * 40, "─" * 40),
        # They join something, or nothing.
        ("👩\u200d💻", "👩\u200d💻"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200b\u200d", ""),
        ("회사 \u200d\u200c 이름\u200d", "회사  이름"),
    ],
)
def test_it_works(sent: str, kept: str) -> None:
    assert plain(sent) == kept


@pytest.mark.parametrize("marks", ["\u0301", "\u0301\u0327", "\u0301\u200b\u0327", "─\u0301"])
def test_letters_keep_as_many_marks_as_any_script_needs(marks: str) -> None:
    assert plain("a" + marks * 5) == normalize("NFC", "a" + marks.replace("\u200b", "") * 5)


def test_of_more_marks_the_first_thirty_stay() -> None:
    assert plain("x" + "\u0327" * 31) == "x" + "\u0327" * 30
    assert plain("x" + "\u0327" * 30) == "x" + "\u0327" * 30


@pytest.mark.parametrize(
    "marks",
    ["\u0301\u0327", "\u0301\u200b\u0327", "\u0344", "\u0f73", "─\u0301\u0327" + "\u0301" * 90],
)
def test_time_grows_with_the_text_and_no_faster(marks: str) -> None:
    """Marks are sorted, and Python's `normalize` takes the square of their number for it."""

    def seconds(size: int) -> float:
        started = time.process_time()
        plain("a" + marks * (size // len(marks)))
        return time.process_time() - started

    assert seconds(80_000) < 10 * seconds(20_000) + 1


def test_marks_in_two_heaps_take_no_longer() -> None:
    started = time.process_time()

    plain("a" + "\u0301" * 40_000 + "\u0327" * 40_000)

    assert time.process_time() - started < 1
