"""Which of the names on a line is the company, which the position, and what words stand for."""

from __future__ import annotations

import re

GENDERS = {
    "남": "1",
    "남자": "1",
    "남성": "1",
    "male": "1",
    "여": "2",
    "여자": "2",
    "여성": "2",
    "female": "2",
}
_EMPLOYMENT = re.compile(
    r"(?P<regular>(?<!비)정규직|full[ -]?time|permanent)|"
    r"(?P<contract>(?<!무기)계약직|기간제|파견|\bcontract)"
    r"|(?P<intern>인턴|\bintern)|(?P<freelance>프리랜서|freelance)"
    r"|(?P<part>파트타임|아르바이트|알바|시간제|part[ -]?time)",
    re.IGNORECASE,
)
_EMPLOYMENT_TYPES = {"regular": "1", "contract": "2", "intern": "3", "freelance": "4", "part": "5"}
_ONLY_EMPLOYMENT = re.compile(
    r"(?:정규직|계약직|인턴직?|기간제|파견직|프리랜서|파트타임|아르바이트|"
    r"full[ -]?time|part[ -]?time|contract|intern|freelance)\Z",
    re.IGNORECASE,
)
_STATUSES = (
    ("5", re.compile(r"졸업\s?예정|expected", re.IGNORECASE)),
    ("6", re.compile(r"수료")),
    ("2", re.compile(r"재학")),
    ("3", re.compile(r"휴학")),
    ("4", re.compile(r"중퇴|자퇴")),
    ("1", re.compile(r"졸업|graduated", re.IGNORECASE)),
)
_LEVELS = (
    ("5", re.compile(r"박사|ph\.?d|doctor", re.IGNORECASE)),
    ("4", re.compile(r"석사|master|\bM\.?S\.?\b|\bMBA\b|대학원", re.IGNORECASE)),
    ("2", re.compile(r"전문대|전문학사|2년제|3년제|associate", re.IGNORECASE)),
    ("3", re.compile(r"대학교|학사|university|bachelor|\bB\.?[SA]\.?\b|4년제", re.IGNORECASE)),
    ("1", re.compile(r"고등학교|여고|마이스터고|특성화고|high school", re.IGNORECASE)),
)
_ACTIVITY_TYPES = (
    (
        "3",
        re.compile(
            r"수상|상\Z|대상|우승|입상|공모전|경진대회|[1-3]위|해커톤|award|prize|honor",
            re.IGNORECASE,
        ),
    ),
    ("2", re.compile(r"봉사|멘토링|volunteer", re.IGNORECASE)),
    ("5", re.compile(r"해외|연수|교환\s?학생|exchange|워킹홀리데이", re.IGNORECASE)),
    (
        "4",
        re.compile(
            r"교육|과정|부트캠프|수료|아카데미|캠프|강의|training|course|bootcamp", re.IGNORECASE
        ),
    ),
    ("1", re.compile(r"동아리|학회|소모임|club", re.IGNORECASE)),
)
# What the name of a part of a company ends in. The first ends no company's name; "센터" may.
_PARTS = """
    팀 사업부 본부 파트 셀 유닛 team division department
"""
_PLACES = """
    부 실 센터 그룹 랩 병동 국 과 반 지점 현장 (?<!백화)(?<!전문)(?<!편의)(?<!음식)점 공장 연구소
"""
# What the names of positions end in: "책임간호사", "백엔드 개발자".
_POSITIONS = """
    사원 대리 과장 차장 부장 팀장 실장 본부장 파트장 점장 부점장 이사 상무 전무 대표 대표이사
    연구원 매니저 리드 리더 개발자 엔지니어 디자이너 기획자 마케터 분석가 애널리스트 컨설턴트 설계사
    에디터 기자 간호사 조무사 교사 강사 조리사 셰프 쉐프 상담원 상담사 사회복지사 관리자 담당 담당자
    기사 스태프 크루 승무원 트레이너 인턴
    developer engineer designer manager lead analyst consultant marketer researcher intern
    assistant associate specialist director nurse officer
"""
# The same, as a word of its own: companies end in them, too, and so do sentences.
_WHOLE_POSITIONS = """
    주임 선임 책임 수석 전임 영업 회계 총무 인사 PM PO PL TL MD CTO CEO CFO
"""


def _one_of(words: str) -> str:
    return "|".join(words.split())


_BEHIND = r"(?:\s?\([^()]{1,20}\))?\Z"
_PART = re.compile(rf"(?:{_one_of(_PARTS)}){_BEHIND}", re.IGNORECASE)
_DEPARTMENT = re.compile(rf"(?:{_one_of(_PARTS + _PLACES)}){_BEHIND}", re.IGNORECASE)
_POSITION = re.compile(
    rf"(?:{_one_of(_POSITIONS)}|(?<![^\W_])(?:{_one_of(_WHOLE_POSITIONS)})){_BEHIND}", re.IGNORECASE
)
_COMPANY = re.compile(
    r"㈜|\(주\)|주식회사|유한회사|재단|법인|병원|은행|학교|호텔|협동조합|\b(?:Inc|Corp|Ltd|LLC|Co)\b",
    re.IGNORECASE,
)
_SCHOOL = re.compile(
    r"대학교|대학원|고등학교|전문학교|대학(?:\s|\Z|\()|여고|[가-힣]{2}고(?:\s|\Z)|중학교"
    r"|university|college|institute|high school|검정고시",
    re.IGNORECASE,
)
_OUT_OF = r"\s?/\s?\d(?:\.\d{1,2})?"
_GRADE = re.compile(
    rf"(?:학점|평점|GPA)\s?:?\s?(\d\.\d{{1,3}}(?:{_OUT_OF})?)|(\d\.\d{{1,3}}{_OUT_OF})",
    re.IGNORECASE,
)
_SCORE = re.compile(
    r"\d{2,3}\s?점?\Z|\d{3}\s?/\s?\d{3}\Z|(?:A[LM]?|I[LMH][123]?|N[LMH]|IM[123]|AL|Lv\.?\s?\d|Level\s?\d|[1-9]급|N[1-5]|[A-D][+-]?[12]?)\Z"
    r"|(?:최우수|우수|합격|상급|중급|초급|비즈니스|원어민|일상\s?회화|native|fluent|business|conversational).{0,12}\Z",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"(?:공단|협회|위원회|진흥원|개발원|부|청|처|재단|상공회의소|연합회|학회|센터|기관|시험원|평가원|교육원|연수원|진흥회|은행|원|사|"
    r"Services|Google|Microsoft|Oracle|ACTFL|ETS|Foundation|Institute|Association|Amazon|AWS)\Z",
    re.IGNORECASE,
)
# Those of them that name nothing else: no certificate is called so.
_ISSUER = re.compile(
    r"(?:공단|협회|위원회|진흥원|진흥회|상공회의소|연합회|평가원|시험원|개발원|[무계]사회|경찰청)\Z"
)
_LINK = re.compile(
    r"https?://[!#-&(-;=?-~]{1,490}|(?:www\.|github\.com/)[!#-&(-;=?-~]{3,490}", re.IGNORECASE
)


def is_department(words: str) -> bool:
    """Return whether some words name a part of a company."""
    return bool(_DEPARTMENT.search(words)) and not _POSITION.search(words)


def is_part(words: str) -> bool:
    """Return whether a word names a part of a company, and cannot name a company."""
    return " " not in words and bool(_PART.search(words))


def is_position(words: str) -> bool:
    """Return whether some words name what somebody is in a company."""
    return bool(_POSITION.search(words))


def is_school(words: str) -> bool:
    """Return whether some words name a school."""
    return bool(_SCHOOL.search(words))


def ends_in_school(words: str) -> bool:
    """Return whether some words name a school and nothing that one earns there."""
    return bool(re.search(r"(?:대학교|대학원|고등학교|중학교|전문학교)\Z", words))


def is_agency(words: str) -> bool:
    """Return whether some words name who gives certificates."""
    return bool(_AGENCY.search(words))


def goes_with_certificate(words: str) -> bool:
    """Return whether some words are of a certificate and not its name: who gave it, a score."""
    return bool(_ISSUER.search(words) or score_in(words))


def gender_of(words: str) -> str:
    """Return the code of the gender that some words are, "" for none."""
    return GENDERS.get(words.strip().lower(), "")


def employment_type_of(words: str) -> str:
    """Return the code of the employment type that some words name, "" for none."""
    match = _EMPLOYMENT.search(words)
    return _EMPLOYMENT_TYPES[match.lastgroup or ""] if match else ""


def graduation_status_of(words: str) -> str:
    """Return the code of how studies ended as some words tell, "" where they do not."""
    return next((code for code, pattern in _STATUSES if pattern.search(words)), "")


def level_of(words: str) -> str:
    """Return the code of the kind of school that some words name, "" for none."""
    return next((code for code, pattern in _LEVELS if pattern.search(words)), "")


def activity_type_of(*texts: str) -> str:
    """Return the code of the kind of activity that the first telling text names, "" for none."""
    for words in texts:
        for code, pattern in _ACTIVITY_TYPES:
            if pattern.search(words):
                return code
    return ""


def grade_in(words: str, *, labelled: bool) -> str:
    """Return the grade that some words state; what is labelled as one is one."""
    if match := _GRADE.search(words):
        return match[1] or match[2]
    return words if labelled and len(words) <= 30 else ""


def score_in(words: str) -> str:
    """Return some words if they are a score or a level, else ""."""
    return words if _SCORE.match(words.strip()) else ""


def link_in(words: str) -> str:
    """Return the first address of a web page in some words."""
    match = _LINK.search(words)
    return match[0].rstrip(".,)") if match and match[0].lower().startswith("http") else ""


def sorted_names(names: list[str], lines: list[str]) -> dict[str, str]:
    """Return which of the names beside a period are company, department, position and the like.

    Where no company is named there is none: a team is never one.
    """
    every = _unfolded(names)
    said, loose = _told_by_words(every, alone=len(every) == 1)
    if "company" not in said and loose:
        said["company"] = loose.pop(0)
    if loose and "position" not in said:
        said["position"] = loose.pop(0)
    _split_company(said)
    # An intern has no other position.
    if said.get("employment_type", "").startswith("인턴"):
        said.setdefault("position", said["employment_type"])
    said.setdefault("employment_type", " ".join(lines))
    return said


def _told_by_words(names: list[str], *, alone: bool) -> tuple[dict[str, str], list[str]]:
    """Return the names whose own words tell what they are, and the others."""
    said: dict[str, str] = {}
    loose: list[str] = []
    for name in names:
        if _ONLY_EMPLOYMENT.match(name):
            said.setdefault("employment_type", name)
        elif _COMPANY.search(name) and "company" not in said and not is_position(name):
            said["company"] = name
        elif is_position(name) and "position" not in said and (not alone or " " not in name):
            said["position"] = name
        elif "department" not in said and (
            is_part(name) or (is_department(name) and (said.get("company") or loose))
        ):
            said["department"] = name
        else:
            loose.append(name)
    return said, loose


def _unfolded(names: list[str]) -> list[str]:
    """Return the names, those apart that stand in brackets behind one, and a team before a rank."""
    every: list[str] = []
    for name in names:
        team, _space, rank = name.partition(" ")
        if is_part(team) and is_position(rank):
            every += [team, rank]
            continue
        match = re.match(r"(.{2,60}?)\s?\(([^()]{2,30})\)?\Z", name)
        if match and (
            _ONLY_EMPLOYMENT.match(match[2]) or is_position(match[2]) or is_department(match[2])
        ):
            every += [match[1], *re.split(r"\s?[/,·]\s?", match[2])]
        else:
            every.append(name)
    return every


def _split_company(said: dict[str, str]) -> None:
    """Take "나루로지텍 배차플랫폼팀 백엔드 개발 리드" apart, where nothing else did."""
    words = said.get("company", "").split()
    # "주식회사 나루", "Naru Inc." are one name.
    start = 2 if words and re.match(r"(?:주식회사|㈜|\(주\)|재단법인|사단법인)\Z", words[0]) else 1
    if len(words) <= start:
        return
    for place in reversed(range(start, len(words))):
        if is_department(words[place]) and "department" not in said:
            said["company"] = " ".join(words[:start])
            said["department"] = " ".join(words[start : place + 1])
            if rest := " ".join(words[place + 1 :]):
                said.setdefault("position", rest)
            return
    if is_position(words[-1]) and "position" not in said:
        said["company"] = " ".join(words[:start])
        said["position"] = " ".join(words[start:])


def opened(words: str) -> list[str]:
    """Return a name and what stands in brackets behind it, unless that is a part of the name.

    "TOEIC (한국TOEIC위원회)" are two, "SQL 개발자(SQLD)" is one.
    """
    match = re.match(r"(.{2,60}?)\s?\(([^()]{1,40})\)?\Z", words)
    if match and (is_agency(match[2]) or score_in(match[2]) or "," in match[2]):
        return [match[1], *re.split(r"\s?,\s?", match[2])]
    return [words]
