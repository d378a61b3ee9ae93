"""What the headings and labels of job postings are called, and what belongs to the site instead.

The words are those of Korean job sites, of companies' own pages, and of English postings. No
pattern here repeats without a bound, so that the time they take grows with the text and no faster.
"""

from __future__ import annotations

import re
from functools import lru_cache

from postings.deadlines import MONTHS

# A heading says less than this; what is longer is a sentence.
HEADING_LENGTH = 40
MENU_LENGTH = 100

REGION = re.compile(
    r"(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|충청|전북|전남|전라|경북|경남|경상|제주)"
    r"(?:특별|광역|\s|시|도|\Z)"
    r"|(?:seoul|busan|daegu|incheon|gwangju|daejeon|ulsan|sejong|seongnam|suwon|jeju)\b",
    re.IGNORECASE,
)

SINGLE = (
    "title",
    "company",
    "position",
    "employment_type",
    "experience_level",
    "location",
    "salary",
    "deadline",
    "url",
)
LISTS = ("duties", "requirements", "preferred", "benefits", "memo")
TECHNOLOGIES = "technology_stacks"
# Its value is one of the requirements.
EDUCATION = "education"
# Ends what stands above it, and no field is for what stands below.
OTHER = "other"
# The same, and says nothing itself.
FURNITURE = "furniture"

_NAMES = {
    "title": """
        공고제목 공고명 채용공고 채용공고명 채용제목 제목 jobtitle
    """,
    "company": """
        회사명 회사이름 기업명 기관명 학교명 병원명 회사 기업 상호 업체명 사업장명 company
        companyname
    """,
    "position": """
        포지션 직무 직무명 모집부문 모집분야 모집직무 모집직종 모집포지션 채용분야 채용부문
        채용직무 직종 지원분야 position role
    """,
    "employment_type": """
        고용형태 고용유형 고용구분 근무형태 근로형태 채용형태 채용유형 계약형태 employmenttype
        jobtype
    """,
    "experience_level": """
        경력 경력여부 경력조건 경력사항 경력구분 요구경력 모집경력 채용구분 experience
        experiencelevel senioritylevel
    """,
    "location": """
        근무지 근무지역 근무장소 근무위치 근무처 근무예정지 근무지주소 지역 위치 회사위치 location
        worklocation
    """,
    "salary": """
        급여 급여조건 급여수준 급여사항 연봉 연봉정보 예상연봉 보수 임금 임금조건 월급 시급 처우
        salary compensation pay
    """,
    "deadline": """
        마감 마감일 마감일자 접수마감 접수마감일 지원마감 지원마감일 모집마감 모집마감일
        공고마감일 서류마감 접수기간 접수일정 모집기간 지원기간 공고기간 채용기간 응모기간
        서류접수기간 원서접수 원서접수기간 deadline closingdate applyby applicationdeadline
    """,
    "url": """
        공고주소 공고링크 공고url 채용공고주소 채용링크 지원링크 지원주소 접수링크 링크 url link
        joblink applylink
    """,
    "duties": """
        주요업무 주요업무내용 주요역할 주요직무 담당업무 담당업무내용 담당직무 업무내용 업무상세
        업무소개 상세업무 업무 역할 직무내용 직무소개 직무상세 수행업무 수행직무 하는일 하게될일
        함께할업무 responsibilities keyresponsibilities rolesandresponsibilities duties
        jobdescription whatyouwilldo whatyoulldo whatyoudo
    """,
    "requirements": """
        자격요건 자격조건 자격사항 자격 지원자격 지원요건 응시자격 응모자격 기본자격 필수요건
        필수자격 필수조건 필수사항 필수역량 필요역량 요구역량 요구사항 모집요건 requirements
        qualifications minimumqualifications basicqualifications 자격면허 musthave whoyouare
        whatwerelookingfor whatwearelookingfor
    """,
    "preferred": """
        우대사항 우대조건 우대요건 우대자격 우대역량 우대경험 우대 가점사항 가산점 preferred
        preferredqualifications nicetohave nicetohaves bonuspoints
    """,
    "benefits": """
        혜택 복지 복지혜택 복지제도 사내복지 회사복지 복리후생 후생복지 근무혜택 지원제도 베네핏
        기타복리후생 benefits perks perksandbenefits whatweoffer
    """,
    "memo": """
        전형절차 전형방법 전형과정 전형일정 전형단계 채용절차 채용전형 채용일정 채용과정
        채용프로세스 선발절차 진행절차 합류과정 합류여정 hiringprocess recruitmentprocess
        interviewprocess
    """,
    TECHNOLOGIES: """
        기술스택 기술 주요기술 사용기술 사용기술스택 사용하는기술 활용기술 개발환경 스킬 사용스킬
        툴 사용툴 사용도구 사용하는도구 사용프로그램 업무도구 협업툴 tools techstack stack skills
        technologies
    """,
    EDUCATION: """
        학력 학력정보 학력조건 최종학력 education
    """,
    FURNITURE: """
        핵심정보 상세요강 모집요강 채용요강 포지션상세 근무조건 근로조건 모집부문및상세내용
        남은기간
    """,
    OTHER: """
        기타 기타사항 유의사항 지원유의사항 기타지원유의사항 참고사항 공통사항 제출서류 접수방법
        지원방법 문의 문의처 문의사항 담당자 채용담당자 채용담당자연락처 근무시간 근무일시
        근무요일 근무환경 시간 직급 직책 모집인원 채용인원 인원 시작일 접수시작일 게시일 등록일
        등록일자 태그 사회보험 산업 업종 사원수 설립년도 설립일 기업형태 기업정보 기업문화
        조직문화 인재상 비전 홈페이지 대표자 계약기간 수습기간 성별 연령 나이 업무분야 이력서양식
        지원서양식 첨부파일 붙임 ncs분류 구인인증번호 aboutus aboutthecompany abouttheteam
        aboutthejob industries 외국어능력 howtoapply contact
    """,
}
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split()}
# "혜택 및 복지", "접수기간·방법": what stands beside a name in one heading.
_COMPANIONS = {"방법", "상세", "내용", "안내", "절차", "일정", "조건", "제도", "문화", "사항"}

# The colloquial headings of companies' own pages, by how they begin.
_SENTENCES = [
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "preferred",
            r"이런분이?(?:면|라면|은)더|이런(?:경험|역량)이있(?:으면|다면|으시면)|있으면더?좋",
        ),
        ("requirements", r"(?:이런|어떤)(?:분|사람|동료)(?:을|를|과|이)|(?:꼭|반드시)?필요한것"),
        (
            "duties",
            r"(?:이런|어떤|무슨)(?:일|업무)(?:을|를)|(?:이자리|우리팀)에서하는일|함께할일|(?:합류|입사)하(?:면|시면)",
        ),
        (
            "benefits",
            r"이런(?:혜택|복지|것들?을|걸)|(?:우리가|저희가|회사가)?(?:제공하는|드리는)것",
        ),
        ("memo", r"이렇게진행|(?:합류|채용)(?:은|는|과정은)이렇게"),
        (TECHNOLOGIES, r"(?:이런)?(?:기술|도구|툴)을사용"),
    )
]

_BUTTONS = """
    이벤트 콘텐츠 통합검색 추천공고
    본문바로가기 로그인 로그아웃 회원가입 개인회원 기업회원 기업서비스 마이페이지 알림 검색
    메뉴 전체메뉴 홈 채용
    채용정보 이력서 커뮤니티 관심기업 관심기업등록 관심등록 홈페이지지원 즉시지원 입사지원
    지원하기 스크랩 스크랩하기 공유 공유하기 북마크 팔로우 팔로우하기 좋아요 신고 신고하기 인쇄
    인쇄하기 글자크기 목록 목록보기 top 맨위로 더보기 접기 상세보기 지도보기 주소복사
    지도보기주소복사 링크복사 url복사 다운로드 첨부파일다운로드 지원자통계 개인정보처리방침
    이용약관 최저임금위반신고 허위구인광고신고 skiptomaincontent sharethisjob share save apply
    applynow reportthisjob
"""
_BUTTON_KEYS = frozenset(_BUTTONS.split())
# Words of menus. One of them alone may be a heading of the posting, a line of them is none.
_MENU_WORDS = """
    헤드헌팅 연봉정보 연봉 기업연봉 기업정보 인재검색 인재정보 인재풀 공채정보 공채 신입공채
    합격자소서 면접후기 지역별 업종별 직업별 직무별 home jobs my network messaging notifications
"""
_MENU_KEYS = _BUTTON_KEYS | frozenset(_MENU_WORDS.split())
_SITES = (
    "사람인|saramin|잡코리아|jobkorea|원티드|wanted|점핏|jumpit|로켓펀치|rocketpunch|고용24|워크넷|work24|"
    "알바몬|알바천국|알리오|잡알리오|인크루트|incruit|캐치|잡플래닛|리멤버|linkedin|링크드인|indeed"
)
_SITE = re.compile(_SITES, re.IGNORECASE)
_CHROME = re.compile(
    rf"(?:{_SITES})(?:\s?채용(?:공고|정보)[^\n]{{0,10}})?\Z"
    r"|(?:조회|조회수|스크랩|좋아요|댓글|지원자|지원자수)\s?:?\s?[\d,]{1,12}\s?[가-힣]?\Z"
    r"|\d{1,3}일 \d{1,2}:\d{2}:\d{2}\Z"
    r"|(?:홈|home)\s{1,4}[>›/]"
    r"|-\s?\d{1,3}\s?-\Z|(?:page|페이지)\s?\d{1,3}\Z"
    r"|[ⓒ©]|본 (?:채용)?정보는 |마감일은 기업의 사정"
    r"|이 (?:공고|포지션|기업)[^\n]{0,30}(?:함께 본|비슷한|다른 채용)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s\(?(?:지도 ?보기(?:·주소복사)?|주소복사|상세보기)\)?\Z")

_PARENTHESES = re.compile(r"\(([^()]{0,40})\)")
_AND = re.compile(r"\s및\s|\sand\s|[·•∙&/,]")
_SEPARATORS = ("\t", ":", "：", "|", "  ", " - ")
LABEL_LENGTH = 30
# A label of several words ("Apply by") has at most so many.
_LABEL_WORDS = 2
# What a value must begin with to prove that the word before it is a label, and not a sentence's
# first: "마감일 2026.12.08", "근무지 강원 강릉시", but "지역 사회와 함께하는 행사".
_PROOFS = {
    "deadline": re.compile(rf"[~〜∼]?\s?'?\d|상시|채용\s?시|(?:{'|'.join(MONTHS)})", re.IGNORECASE),
    "location": REGION,
    "salary": re.compile(r"(?:월|연|시급|월급|연봉)?\s?[\d,]{1,12}\s?(?:천|백|만|원|~)"),
    "url": re.compile(r"https?://", re.IGNORECASE),
    OTHER: re.compile(r"\d|https?://", re.IGNORECASE),
}
# These begin no sentence, whatever follows.
_SURE_LABELS = frozenset(
    {"구인인증번호", "지원방법", "접수방법", "모집인원", "채용인원", "제출서류", "근무시간"}
)


def key_of(words: str) -> str:
    """Return words as names are compared: letters and figures alone, in lower case."""
    return "".join(character for character in words.casefold() if character.isalnum())


@lru_cache(maxsize=4096)
def kind_of(words: str) -> str | None:
    """Return what a heading opens: the name of a field, EDUCATION, OTHER or FURNITURE.

    None where the words are no heading.
    """
    if len(words) > HEADING_LENGTH:
        return None
    key = key_of(words)
    if kind := _KINDS.get(key):
        return kind
    if key.endswith("소개"):
        return OTHER
    for kind, pattern in _SENTENCES:
        if pattern.match(key):
            return kind
    if bilingual := _PARENTHESES.search(words):
        outside = words[: bilingual.start()] + words[bilingual.end() :]
        return _KINDS.get(key_of(outside)) or _KINDS.get(key_of(bilingual[1]))
    parts = [key_of(part) for part in _AND.split(words)]
    if len(parts) > 1 and all(part in _KINDS or part in _COMPANIONS for part in parts):
        return _KINDS.get(parts[0])
    return None


def split_label(words: str) -> tuple[str, str] | None:
    """Return the kind and the value of a line such as "경력: 3년 이상", None where it is none."""
    for separator in _SEPARATORS:
        label, _separator, value = words.partition(separator)
        if value.strip() and len(label) <= LABEL_LENGTH and (kind := kind_of(label.strip())):
            return kind, value.strip()
    return None


def split_words(words: str) -> tuple[str, str] | None:
    """Return the same for a label that one space parts from its value ("마감일 2026.12.08")."""
    rest = words
    for _count in range(1, _LABEL_WORDS + 1):
        _word, _space, rest = rest.partition(" ")
        label, rest = words[: len(words) - len(rest)].strip(), rest.strip()
        if not rest or len(label) > LABEL_LENGTH:
            return None
        kind = kind_of(label)
        proof = _PROOFS.get(kind or "")
        if kind and ((proof and proof.match(rest)) or key_of(label) in _SURE_LABELS):
            return kind, rest
    return None


def is_chrome(words: str) -> bool:
    """Return whether a line belongs to the site: a button, a counter, its name, a menu."""
    if len(words) <= HEADING_LENGTH and key_of(words) in _BUTTON_KEYS:
        return True
    return bool(_CHROME.match(words)) or _is_menu(words)


def _is_menu(words: str) -> bool:
    parts = words[:MENU_LENGTH].split()
    keys = [key_of(part) for part in parts]
    named = [part for part, key in zip(parts, keys, strict=True) if key]
    return (
        len(words) < MENU_LENGTH
        and len(named) > 1
        and all(key_of(part) in _MENU_KEYS or _SITE.fullmatch(part) for part in named)
    )


def without_tail(words: str) -> str:
    """Return a line without the button that was copied along at its end."""
    return _TAIL.sub("", words)
