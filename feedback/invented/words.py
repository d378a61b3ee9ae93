"""Words that state a fact about the applicant: ranks, degrees, awards, certificates, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedback.checks.sentences import is_future
from feedback.invented.awards import awards, tells_of_an_award
from feedback.invented.invention import InventionKind
from feedback.invented.pending import BEFORE, BEHIND, is_pending
from feedback.invented.plain import Spelled, compact, company_key, sentences


@dataclass(frozen=True)
class FactWord:
    """One word that states a fact. `key` is what is compared; `pending` means "not yet".

    `start` and `end` are its place in the plain text.
    """

    kind: InventionKind
    key: str
    start: int
    end: int
    pending: bool


# Kind, key, and the place in the sentence.
_Found = tuple[InventionKind, str, int, int]

# The key of a prize that is not named.
ANY_AWARD = "수상"

# Josa and endings after a noun, and what is no letter.
_NOUN_END = (
    r"(?=으로|로(?![가-힣])|로서|[이가은는을를의과와에도님께직급]|까지|만(?![가-힣])|입|[^가-힣]|$)"
)
_LEADERS = (
    "팀장|파트장|그룹장|본부장|실장|부장|소장|센터장|점장|지점장|원장|리더|리드(?!\\s?타임)"
    "|책임자|조장|반장"
)
_RANKS = (
    f"{_LEADERS}|대표이사|공동대표|부사장|사장|전무|상무|이사|부본부장|차장|과장|대리|주임|부팀장|부반장|부점장"
    "|매니저|수석|선임|책임연구원|수석연구원|선임연구원|책임매니저|임원|부원장|교장|교감|담임|과대표|학생회장"
    "|부학생회장|회장|부회장|단장|총주방장|부주방장|주방장|헤드셰프|수셰프|수간호사|책임간호사|전문간호사"
    "|정규직|교수|심사위원|자문위원|정교사|창업자|공동창업자"
)
_RANK = re.compile(
    rf"(?P<rank>{_RANKS}){_NOUN_END}|(?<![A-Za-z])(?P<latin_rank>PM|PL|PO|CTO|CEO|CFO|COO|Lead|Leader)(?![A-Za-z])"
)
_LEADING = re.compile(
    r"(?P<lead>총괄|주도(?=[하했해함적로]|\s)|이끌(?=[었고며어])|이끈|이끎|진두지휘|지휘(?=[하했해함])|책임지고|주관(?=[하했해함]))"
    r"|(?P<sole>단독|혼자|홀로|독자적|전담)"
)
_LEAD_WORDS = re.compile(
    rf"총괄|주도|이끌|이끈|이끎|이끄|리드|지휘|책임지|책임자|주관|{_LEADERS}|PM|Lead", re.IGNORECASE
)
_SOLE_WORDS = re.compile(r"단독|혼자|홀로|독자적|전담|1인|주 개발자")

_DEGREE = re.compile(
    r"졸업\s?예정|조기\s?졸업|수석\s?졸업|졸업(?![가-힣]{0,2}\s?(?:작품|논문|전시|앨범))"
    r"|전문학사|학사|석사|박사|대졸|복수\s?전공|부전공|이중\s?전공|(?<![A-Za-z])MBA(?![A-Za-z])|교환\s?학생|수료"
)
_MAJOR = re.compile(
    r"(?P<major>[가-힣A-Za-z·]{2,15})(?:\s?전공(?![가-힣]*과목)|(?:학과|학부)(?![가-힣]{0,2}장))"
)

# One name for each test; longer spellings first.
_ALIASES = (
    (
        re.compile(
            r"토익\s?스피킹|toeic\s?speaking|토스(?=\s?(?:IH|AL|AM|IM|lv|레벨|\d))", re.IGNORECASE
        ),
        "toeicspeaking",
    ),
    (re.compile(r"토익(?!\s?스피킹)", re.IGNORECASE), "toeic"),
    (re.compile(r"토플", re.IGNORECASE), "toefl"),
    (re.compile(r"텝스", re.IGNORECASE), "teps"),
    (re.compile(r"오픽", re.IGNORECASE), "opic"),
    (re.compile(r"아이엘츠", re.IGNORECASE), "ielts"),
    (re.compile(r"컴활", re.IGNORECASE), "컴퓨터활용능력"),
    (re.compile(r"정처기", re.IGNORECASE), "정보처리기사"),
    (re.compile(r"식스\s?시그마|six\s?sigma", re.IGNORECASE), "6시그마"),
    (re.compile(r"sql\s?개발자", re.IGNORECASE), "sqld"),
)
_GRADE = r"(?:\s?(?:[1-3]급|[1-3]종(?:\s?(?:보통|대형))?|특급))?"
_CERTIFICATE = re.compile(
    rf"""
      (?:[가-힣]{{1,10}}(?:산업기사|기능사|기술사|기능장|지도사|상담사|관리사|분석사|심리사|복지사|보호사|조무사
        |중개사|회계사|세무사|노무사|변리사|관세사|평가사|활용능력|능력검정(?:시험)?|프로세서|마스터)
      |[가-힣]{{2,10}}(?<!택배)(?<!배송)(?<!운전)기사(?![가-힣]*[님])
      |(?:[가-힣]{{2,8}}\s?)(?:면허|자격증)
      |전산회계|전산세무|한국사(?:\s?능력)?|6시그마\s?(?:블랙|그린|마스터)\s?벨트|(?:블랙|그린)벨트
      |한식|중식|일식|제과|제빵|바리스타){_GRADE}
    | (?<![A-Za-z])(?:TOEIC(?:\s?Speaking)?|TOEFL|TEPS|OPIc|IELTS|JLPT|JPT|HSK|TSC|DELE|DELF|SQLD
      |SQLP|ADsP|ADP|CCNA|CCNP|CISSP|CISA|PMP|CKAD?|OCP|AWS\sCertified|MOS|GTQ|ITQ|CFA|FRM|AICPA|USCPA|CPA|AFPK|CFP|GAIQ|ACLS
      |BLS|KALS|NRP|toeicspeaking|toeic|opic|6시그마)(?![A-Za-z])
    | 유창(?=하|한|합)|능통(?=하|한|합)|원어민\s?수준|네이티브|비즈니스\s?(?:회화|레벨|수준)
    | (?:ISO|IATF|HACCP|ISMS|GMP)(?:\s?\d{{4,5}})?\s?인증|위생등급
    """,
    re.VERBOSE | re.IGNORECASE,
)

_COMPANY_MARK = re.compile(
    r"(?:\(주\)|주식회사)\s?(?P<behind>[가-힣A-Za-z0-9]{2,20})|(?P<before>[가-힣A-Za-z0-9]{2,20})\s?(?:\(주\)|주식회사)"
)
_KNOWN_COMPANIES = (
    "삼성전자|삼성SDS|삼성|현대자동차|현대|기아|LG전자|LG|SK하이닉스|SK|포스코|롯데|한화|CJ|신세계|네이버|카카오페이|카카오"
    "|쿠팡|배달의민족|우아한형제들|토스(?!터)|당근마켓|라인플러스|넥슨|엔씨소프트|크래프톤|구글|Google(?!\\s?(?:Ads|Analytics|Cloud|애널))"
    "|아마존|애플|메타(?=에서|코리아)|마이크로소프트|테슬라|엔비디아|NASA|딜로이트|삼일회계법인|삼정KPMG|EY한영|아모레퍼시픽"
    "|이마트|홈플러스|서울대병원|서울대학교병원|세브란스|삼성서울병원|서울아산병원|아산병원|신라호텔|롯데호텔|힐튼|메리어트|대한항공|아시아나"
)
_KNOWN_COMPANY = re.compile(rf"(?<![가-힣A-Za-z])(?:{_KNOWN_COMPANIES})")
_COMPANY_LIKE = re.compile(
    r"(?<![가-힣A-Za-z])[가-힣A-Za-z]{2,12}(?:전자|그룹|은행|증권|생명|화재|건설|중공업|제약|항공|텔레콤|호텔|리조트|백화점"
    r"|병원|의원|의료원|재단|물산|상사|시스템즈|소프트|컴퍼니|코리아|홀딩스|엔터테인먼트|로지스|푸드|법인|오토텍|정밀)"
    r"(?=[에의은는과와을를]|에서|으로|[^가-힣A-Za-z]|$)"
)
_WORKED = re.compile(
    r"(?<![가-힣A-Za-z])(?P<place>[가-힣A-Za-z0-9&]{2,15}?)(?:에서(?:는|도)?|에)\s(?:[가-힣0-9A-Za-z]{1,8}\s){0,2}"
    r"(?:근무|재직|인턴|입사|파견|이직|스카우트)"
)
_NO_NAMES = frozenset(
    [
        "회사",
        "직장",
        "병원",
        "현장",
        "매장",
        "부서",
        "병동",
        "주방",
        "학교",
        "학원",
        "공장",
        "사무실",
        "본사",
        "지점",
        "대기업",
        "중소기업",
        "스타트업",
        "이곳",
        "그곳",
        "여기",
        "동안",
        "팀",
        "센터",
        "연구소",
        "기관",
        "업계",
        "분야",
        "해외",
        "국내",
        "재학중",
        "이후",
        "대학병원",
        "종합병원",
        "중환자실",
        "호텔",
        "은행",
        "동물병원",
        "대형병원",
        "요양병원",
        "데이터베이스그룹",
        "사용자그룹",
        "타깃그룹",
        "실험그룹",
        "대조그룹",
        "포커스그룹",
        "오픈소프트",
        "마이크로소프트",
    ]
)
_SCHOOL = re.compile(
    r"(?<![가-힣A-Za-z])(?:[가-힣A-Za-z]{2,12}(?:여자대학교|대학교|대학원|대학(?!생|원|교|병원)|고등학교|중학교|초등학교"
    r"|과학고|외고|여고|부트캠프|아카데미|사관학교|전문학교|교육원)"
    r"|서울대(?!병원|학교병원)|연세대|고려대|성균관대|한양대|서강대|이화여대|중앙대|경희대|카이스트|KAIST|포스텍|POSTECH|포항공대"
    r"|MIT(?![A-Za-z])|스탠퍼드|하버드|스탠포드|SSAFY|싸피|우아한테크코스|부스트캠프)"
)
_NO_SCHOOLS = frozenset(
    {"전문대학", "일반대학원", "야간대학원", "지역대학", "인근대학", "특성화고등학교", "단과대학"}
)


def spelled_alike(text: Spelled) -> Spelled:
    """Return a plain text in which each test has one name: 토익 is toeic."""
    for spelling, name in _ALIASES:
        text = text.replaced(spelling, name)
    return text


# What parts the words of a list: of 정보처리기사, SQLD 준비 중 both are prepared for.
_LISTED = re.compile(
    r"(?:\s?(?:시험|자격증?|과정|학위))?\s?(?:[,·/]|와|과|및|하고|이랑|그리고)\s?(?:및\s)?"
)


def fact_words(text: str) -> Iterator[FactWord]:
    """Yield the words of a plain text, `spelled_alike`, that state a fact."""
    for start, sentence in sentences(text):
        promised = is_future(sentence)
        following: dict[InventionKind, FactWord] = {}
        found = []
        for kind, key, begin, end in sorted(_in_sentence(sentence), key=_begin, reverse=True):
            behind = following.get(kind)
            if behind and _LISTED.fullmatch(sentence, end, behind.start - start):
                pending = behind.pending
            else:
                # One certificate may be held while the next is prepared for; 석사 수료 is one word.
                is_apart = behind and kind == InventionKind.CERTIFICATE
                stop = behind.start - start if behind and is_apart else len(sentence)
                around = (
                    sentence[max(0, begin - BEFORE) : begin],
                    sentence[end : min(stop, end + BEHIND)],
                )
                pending = is_pending(*around, promised=promised)
            following[kind] = FactWord(kind, key, start + begin, start + end, pending)
            found.append(following[kind])
        yield from reversed(found)


def _begin(found: _Found) -> int:
    return found[2]


def _in_sentence(sentence: str) -> Iterator[_Found]:
    for match in _RANK.finditer(sentence):
        yield _found(InventionKind.ROLE, match)
    for match in _LEADING.finditer(sentence):
        yield _found(InventionKind.ROLE, match, match.lastgroup)
    for match in _DEGREE.finditer(sentence):
        yield _found(InventionKind.DEGREE, match)
    for match in _MAJOR.finditer(sentence):
        yield _found(InventionKind.DEGREE, match, f"major {compact(match['major'])}")
    for award, begin, end in awards(sentence):
        yield InventionKind.AWARD, compact(award) or ANY_AWARD, begin, end
    for match in _CERTIFICATE.finditer(sentence):
        yield _found(InventionKind.CERTIFICATE, match)
    yield from _named(sentence)


def _found(
    kind: InventionKind, match: re.Match[str], key: str | None = None, group: str | int = 0
) -> _Found:
    return kind, compact(match[group]) if key is None else key, *match.span(group)


def _named(sentence: str) -> Iterator[_Found]:
    names: dict[str, _Found] = {}
    for match in _COMPANY_MARK.finditer(sentence):
        key = company_key(match["behind"] or match["before"])
        names[key] = _found(InventionKind.COMPANY, match, key)
    for pattern in (_KNOWN_COMPANY, _COMPANY_LIKE):
        for match in pattern.finditer(sentence):
            key = company_key(match.group())
            names.setdefault(key, _found(InventionKind.COMPANY, match, key))
    for match in _WORKED.finditer(sentence):
        key = company_key(match["place"])
        names.setdefault(key, _found(InventionKind.COMPANY, match, key, "place"))
    for match in _SCHOOL.finditer(sentence):
        if match.group() not in _NO_SCHOOLS:
            names.pop(compact(match.group()), None)
            yield _found(InventionKind.SCHOOL, match)
    for key, found in names.items():
        if key and key not in _NO_NAMES:
            yield found


def implied_words(text: str) -> set[str]:
    """Return the keys that a source text supports in other words: who was 팀장 led."""
    keys = set()
    if _LEAD_WORDS.search(text):
        keys.add("lead")
    if _SOLE_WORDS.search(text):
        keys.add("sole")
    if tells_of_an_award(text):
        keys.add(ANY_AWARD)
    return keys
