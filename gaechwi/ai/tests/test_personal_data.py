from __future__ import annotations

import time
from datetime import date
from unicodedata import normalize

import pytest

from gaechwi.ai.personal_data import Redaction


def redaction() -> Redaction:
    return Redaction(
        name="홍길동",
        email="gildong.hong@example.com",
        phone="010-1234-5678",
        address="서울특별시 마포구 월드컵로 12, 101동 202호 (상암동)",
        birth_date=date(1995, 3, 2),
    )


def test_it_works() -> None:
    text = (
        "홍길동입니다. 1995년 3월 2일에 태어나 서울시 마포구 월드컵로 12에 삽니다. "
        "010.1234.5678, gildong.hong@example.com으로 연락 주세요. "
        "전 직장 번호는 02-987-6543입니다."
    )
    one = redaction()
    assert one.redact(text) == (
        "[이름]입니다. [생년월일 1]에 태어나 [주소 1]에 삽니다. "
        "[전화번호 1], [이메일 1]으로 연락 주세요. "
        "전 직장 번호는 [전화번호 2]입니다."
    )
    assert one.restore(one.redact(text)) == text


@pytest.mark.parametrize(
    "words",
    [
        "010-1234-5678",
        "010.1234.5678",
        "010 1234 5678",
        "010 - 1234 - 5678",
        "01012345678",
        "(010) 1234-5678",
        "010)1234-5678",
        "010·1234·5678",
        "010–1234–5678",
        "０１０－１２３４－５６７８",
        "+82 10-1234-5678",
        "+82-10-1234-5678",
        "+82 (0)10-1234-5678",
        "+821012345678",
        "82-10-1234-5678",
        "010-9876-5432",
        "011-234-5678",
        "02-123-4567",
        "02)1234-5678",
        "(02) 1234-5678",
        "031-123-4567",
        "0311234567",
        "070-1234-5678",
        "0505-123-4567",
        "+82 2-123-4567",
    ],
)
def test_telephone_numbers_go(words: str) -> None:
    assert_gone(words, "[전화번호 1]")


@pytest.mark.parametrize(
    "words",
    ["gildong.hong@example.com", "Gildong.Hong@Example.com", "dev+job@mail.co.kr", "ａ@ｂ.ｋｒ"],
)
def test_emails_go(words: str) -> None:
    assert_gone(words, "[이메일 1]")


@pytest.mark.parametrize(
    "words", ["950302-1234567", "9503021234567", "950302 - 1234567", "950302-1******"]
)
def test_resident_registration_numbers_go(words: str) -> None:
    assert_gone(words, "[주민등록번호 1]")


@pytest.mark.parametrize(
    "words",
    [
        "1995-03-02",
        "1995.03.02",
        "1995. 3. 2",
        "1995/3/2",
        "1995년 3월 2일",
        "1995년3월2일",
        "95년 3월 2일",
        "95.03.02",
        "19950302",
        "950302",
        "950302-1",
        "March 2, 1995",
        "2 Mar 1995",
    ],
)
def test_the_known_birth_date_goes(words: str) -> None:
    assert_gone(words, "[생년월일 1]")


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("생년월일: 1996.07.11", "생년월일: [생년월일 1]"),
        ("생년월일(양력) 960711", "생년월일(양력) [생년월일 1]"),
        ("생년월일은 1996년 7월이다", "생년월일은 [생년월일 1]이다"),
        ("출생연도 1996", "출생연도 [생년월일 1]"),
        ("출생: 1996/07/11", "출생: [생년월일 1]"),
        ("1996년 7월 11일 출생", "[생년월일 1] 출생"),
        ("1996년생입니다", "[생년월일 1]생입니다"),
        ('"birth_date": "1996-07-11"', '"birth_date": "[생년월일 1]"'),
    ],
)
def test_dates_called_births_go(text: str, redacted: str) -> None:
    assert Redaction().redact(text) == redacted


@pytest.mark.parametrize(
    "words",
    [
        "서울특별시 마포구 월드컵로 12, 101동 202호 (상암동)",
        "서울특별시 마포구 월드컵로 12",
        "서울시 마포구 월드컵로 12",
        "서울 마포구 월드컵로12",
        "마포구 월드컵로 12, 101동 202호",
        "월드컵로 12",
    ],
)
def test_the_address_goes_from_its_street_and_number_on(words: str) -> None:
    assert_gone(words, "[주소 1]")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("(03900) 경기도 성남시 분당구 판교로12번길 34", "경기 성남시 분당구 판교로12번길 34"),
        ("충청북도 청주시 서원구 산남로 5-1", "충북 청주시 서원구 산남로5-1"),
        ("충남 천안시 불당동 1605번지", "충청남도 천안시 불당동 1605번지"),
        ("부산 해운대구 우동", "부산광역시 해운대구 우동"),
    ],
)
def test_addresses_of_other_forms_go(address: str, words: str) -> None:
    assert Redaction(address=address).redact(f"{words}에 산다") == "[주소 1]에 산다"


@pytest.mark.parametrize("words", ["홍길동", "홍 길동", "홍 길 동", normalize("NFD", "홍길동")])
def test_the_name_goes(words: str) -> None:
    assert_gone(words, "[이름]")


@pytest.mark.parametrize(
    ("name", "text", "redacted"),
    [
        ("홍길동", "이름홍길동 저는 홍길동님이라고", "이름[이름] 저는 [이름]님이라고"),
        ("정지원", "정지원은 정지원금과 재정지원 사업을", "[이름]은 정지원금과 재정지원 사업을"),
        ("이수", "이수를 이수했고 이 수치는", "[이름]를 이수했고 이 수치는"),
        ("남궁 민수", "남궁민수, 남궁 민수", "[이름], [이름 2]"),
        ("Gildong Hong", "I am GILDONG HONG.", "I am [이름]."),
        ("Will", "Will will build", "[이름] will build"),
    ],
)
def test_a_name_inside_another_word_stays(name: str, text: str, redacted: str) -> None:
    assert Redaction(name=name).redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "매출 1,200,000원",
        "2019.03 ~ 2021.02",
        "2019.03.01 - 2021.02.28",
        "02.2019 - 02.2021",
        "2021-02 1234 5678",
        "010개",
        "010-2020",
        "학점 4.02/4.5, TOEIC 950",
        "처리량 0.02-0.03ms",
        "2019년 생산 1,000건, 2020년 출생률",
        "생일 이벤트 2019.03 ~ 2019.04",
        "버전 1.0.10.1234, 192.168.0.10",
        "사업자등록번호 123-45-67890",
        "타임스탬프 1700000000000",
        "서울시 마포구, 마포구청, 월드컵로 123, 월드컵로 12-3",
        "홍길동전을 읽고",
        "react@18.2.0",
        "https://github.com/gildong",
        "https://velog.io/@gildong.hong",
        "https://www.notion.so/abc-01098765432123",
        "git@github.com:gildong/app.git",
        "www.gildong.dev",
    ],
)
def test_other_figures_and_links_stay(text: str) -> None:
    assert redaction().redact(text) == text


def test_the_users_own_data_go_from_links() -> None:
    text = "https://open.kakao.com/01012345678 https://a.kr/?mail=gildong.hong@example.com"
    redacted = redaction().redact(text)
    assert redacted == "https://open.kakao.com/[전화번호 1] https://a.kr/?mail=[이메일 1]"


def test_a_number_of_another_country_goes_when_it_is_known() -> None:
    one = Redaction(phone="+1 415 555 0100")
    assert one.redact("+1-415-555-0100, 14155550100") == "[전화번호 1], [전화번호 2]"


def test_the_same_words_get_the_same_placeholder_in_every_text() -> None:
    one = redaction()
    first, second = one.redact("010-1111-2222"), one.redact("010-3333-4444, 010-1111-2222")
    assert (first, second) == ("[전화번호 1]", "[전화번호 2], [전화번호 1]")


def test_placeholders_it_gave_stay() -> None:
    one = redaction()
    redacted = one.redact("홍길동, 010-1234-5678")
    assert one.redact(redacted) == redacted


def test_placeholders_that_the_text_came_with_come_back() -> None:
    one = redaction()
    text = "[전화번호 1] 자리에 010-1234-5678을, [이름] 자리에 홍길동을 씁니다."
    assert "010" not in one.redact(text)
    assert one.restore(one.redact(text)) == text


def test_all_texts_of_a_value_are_redacted_and_restored() -> None:
    one = redaction()
    value = {"홍길동": ["홍길동", {"phone": "010-1234-5678", "years": 3}], "end": None, "now": True}
    redacted = {
        "홍길동": ["[이름]", {"phone": "[전화번호 1]", "years": 3}],
        "end": None,
        "now": True,
    }
    assert one.redact_all(value) == redacted
    assert one.restore_all(redacted) == value


def test_restore_leaves_placeholders_it_did_not_give() -> None:
    assert redaction().restore("[전화번호 7] [이름]") == "[전화번호 7] [이름]"


def test_without_values_only_patterns_are_found() -> None:
    text = "홍길동 010-1234-5678 서울시 마포구 월드컵로 12"
    assert Redaction().redact(text) == "홍길동 [전화번호 1] 서울시 마포구 월드컵로 12"


@pytest.mark.parametrize("values", ["", " ", "(", "[a", "1", "-", ",", "\\"])
def test_strange_values_do_no_harm(values: str) -> None:
    one = Redaction(name=values, email=values, phone=values, address=values)
    assert one.restore(one.redact("이력서 (1) [a - ")) == "이력서 (1) [a - "


@pytest.mark.parametrize(
    "unit",
    ["0", "010-", "a", "a.", "a@a.", "생년월일:1995.", "홍 ", "서울 마포구 월드컵로 ", "+82 ", " "],
)
def test_the_time_it_takes_grows_with_the_text_and_no_faster(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    redaction().redact(text)
    # Some 0.1 s on a slow machine; a quadratic pattern would take minutes.
    assert time.process_time() - started < 3


def assert_gone(words: str, placeholder: str) -> None:
    one = redaction()
    text = f"앞: {words} 뒤"
    assert one.redact(text) == f"앞: {placeholder} 뒤"
    assert one.restore(one.redact(text)) == text
