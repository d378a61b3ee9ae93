from __future__ import annotations

import time

import pytest

from feedback.comparing import PAGE_WORK, Budget, Comparison, compare

SIDES = ("old", "new")


def words(comparison: Comparison, side: str) -> str:
    return "".join(piece.text for piece in getattr(comparison, side))


def changed(comparison: Comparison, side: str) -> list[str]:
    return [piece.text for piece in getattr(comparison, side) if piece.changed]


def test_it_works() -> None:
    comparison = compare("민원을 월 37건에서 줄였습니다.", "민원을 매월 37건에서 줄임.")

    assert changed(comparison, "old") == ["월", "줄였습니다"]
    assert changed(comparison, "new") == ["매월", "줄임"]


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("Redis를 씀", "Redis로 씀", ["를"], ["로"]),
        ("37건을 줄임", "12건을 줄임", ["37"], ["12"]),
        ("1,200만 원", "1,300만 원", ["1,200"], ["1,300"]),
        ("같은 글", "같은 글", [], []),
        ("", "새 글", [], ["새 글"]),
        ("옛글", "", ["옛글"], []),
        ("가 나", "다 라", ["가 나"], ["다 라"]),
        ("첫 줄\n둘째 줄", "첫 줄\n셋째 줄", ["둘째"], ["셋째"]),
    ],
)
def test_what_changed(old: str, new: str, gone: list[str], come: list[str]) -> None:
    comparison = compare(old, new)

    assert (changed(comparison, "old"), changed(comparison, "new")) == (gone, come)
    assert (words(comparison, "old"), words(comparison, "new")) == (old, new)


def test_marked_words_are_pieces_of_their_own() -> None:
    comparison = compare("비용을 줄임", "비용을 30% 줄이고 30% 아낌", ["30%", "없는 말", ""])

    assert [piece.text for piece in comparison.new if piece.marked] == ["30%", "30%"]
    assert words(comparison, "new") == "비용을 30% 줄이고 30% 아낌"


@pytest.mark.parametrize(
    ("old", "new", "words", "marked"),
    [
        ("2023년 33건", "2023년 33건, 3라인 운영", "3", ["3"]),
        ("1,500원", "1,500원, 500원", "500", ["500"]),
        ("3.5배", "3.5배, 5배", "5", ["5"]),
        ("JavaScript", "JavaScript와 Java로", "Java", ["Java"]),
        ("37건에서 12건", "37건에서 12건, 37건", "37건", ["37건"]),
        ("월 37건", "연 37건", "37건", ["37건"]),
        ("부팀장", "개발팀장", "팀장", ["팀장"]),
        ("서버", "Java17", "Java", ["Java"]),
        ("서버", "33건", "3", ["33"]),
    ],
)
def test_only_what_was_added_is_marked(old: str, new: str, words: str, marked: list[str]) -> None:
    cut = compare(old, new, [words]).new

    assert [piece.text for piece in cut if piece.marked] == marked
    assert "".join(piece.text for piece in cut) == new


def test_it_is_the_last_that_is_marked_where_the_first_stood_before() -> None:
    cut = compare("37건에서 12건", "37건에서 12건, 37건", ["37건"]).new

    assert cut[-1].marked
    assert not cut[0].marked


def test_a_long_stretch_that_did_not_change_is_folded() -> None:
    same = "같은 글이 이어집니다. " * 40

    first, last = compare(same + "옛글", same + "새 글").new

    assert first.fold is not None
    assert "".join(first.fold) == first.text
    assert len(first.fold[0]) < 80 > len(first.fold[2])
    assert not first.fold[2].startswith(" ")
    assert last.fold is None
    with_words_gone = compare(f"{same}저는 {same}", same + same)
    assert [p.fold for p in with_words_gone.old if p.fold] == [
        p.fold for p in with_words_gone.new if p.fold
    ]
    assert compare("", "새" * 999).new[0].fold is None


@pytest.mark.parametrize("piece", ["가 ", "a\n", "가나 ", "1", "\n", "ab,"])
def test_a_long_text_takes_bounded_time(piece: str) -> None:
    old = (piece * 10_000)[:10_000]
    new = f"앞{old[:5_000]}가운데{old[5_000:]}뒤"
    began = time.process_time()

    comparison = compare(old, new)

    assert time.process_time() - began < 2
    assert (words(comparison, "old"), words(comparison, "new")) == (old, new)


def alternating(word: str, *others: str, length: int = 5_000) -> str:
    """Return lines of which every second one is `word`, the others all different or the same."""
    lines = [others[i // 2 % len(others)] if i % 2 else word for i in range(length)]
    return "\n".join(lines)[:length]


def test_a_field_in_which_each_word_is_found_everywhere_takes_bounded_time() -> None:
    old = alternating("가", "나")
    new = alternating("가", *(f"다{number}" for number in range(2_500)))
    began = time.process_time()

    comparison = compare(old, new)

    assert time.process_time() - began < 2
    assert (words(comparison, "old"), words(comparison, "new")) == (old, new)


def test_a_spent_budget_leaves_the_texts_as_they_are() -> None:
    budget = Budget(1)

    first = compare("월 37건", "월 12건", ["12건"], budget)
    second = compare("월 37건" * 99, "월 12건" * 99, ["12건"], budget)

    assert first.compared
    assert changed(first, "new") == ["12"]
    assert budget.is_spent
    assert not second.compared
    assert [(p.text, p.changed, p.marked, p.fold) for p in second.new] == [
        ("월 12건" * 99, False, False, None)
    ]
    assert compare("", "새 글", (), budget).old == ()


def test_an_ordinary_resume_is_far_from_the_budget() -> None:
    budget = Budget()
    text = "민원을 월 37건에서 줄였습니다. 정산 배치를 나누어 끝나는 시각을 앞당겼습니다.\n" * 4

    for number in range(20):
        compare(
            text,
            text.replace("줄였습니다", f"{number}건 줄임").replace("나누어", "쪼개"),
            (),
            budget,
        )

    assert budget.left > PAGE_WORK / 2
