"""What an improved résumé is called."""

from __future__ import annotations

import pytest

from feedback.titles import improved_title


@pytest.mark.parametrize(
    ("company", "called"),
    [
        ("구름배달", "구름배달"),
        ("(주)모두의택배", "모두의택배"),
        ("㈜도담식품", "도담식품"),
        ("주식회사 물결페이", "물결페이"),
        ("오름해호텔(주) 제주점", "오름해호텔 제주점"),
        ("Norr Mobility Korea (노르모빌리티코리아 유한회사)", "Norr Mobility Korea"),
        ("Paperkite Co., Ltd.", "Paperkite"),
        ("학교법인 새담학원 새담고등학교", "학교법인 새담학원 새담고등학교"),
        ("(주)", "(주)"),
    ],
)
def test_a_company_is_called_without_its_legal_form(company: str, called: str) -> None:
    assert improved_title("개발자", company, "ko") == f"개발자 ({called}에 맞춰 고쳐 씀)"


@pytest.mark.parametrize(
    "before",
    [
        "개발자 (9년 차) (고쳐 씀)",
        "개발자 (9년 차) (구름배달에 맞춰 고쳐 씀)",
        "개발자 (9년 차) ((주)모두의택배에 맞춰 고쳐 씀)",
        "개발자 (9년 차) (구름배달에 맞춰 고쳐 씀) (고쳐 씀)",
        "개발자 (9년 차) (rewritten for Acme)",
    ],
)
def test_an_earlier_rewriting_makes_room(before: str) -> None:
    assert improved_title(before, "", "ko") == "개발자 (9년 차) (고쳐 씀)"
    assert improved_title(before, "Acme", "en") == "개발자 (9년 차) (rewritten for Acme)"


def test_what_is_no_mark_of_a_rewriting_stays() -> None:
    for title in ("이력서를 고쳐 씀", "고쳐 씀 (기획)", "(고쳐 씀) 개발자"):
        assert improved_title(title, "", "ko") == f"{title} (고쳐 씀)"


def test_a_long_title_keeps_the_mark() -> None:
    title = improved_title("가" * 100, "나" * 100, "ko")

    assert len(title) == 100
    assert title.endswith(f"{'나' * 30}에 맞춰 고쳐 씀)")
