"""What the sections, labels and columns of résumés are called. Nothing here knows Django.

No pattern here repeats without a bound, so that the time they take grows with the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

HEADING_LENGTH = 40
BASICS, OTHER = "basics", "other"

_SECTIONS = {
    BASICS: """
        인적사항 기본정보 기본사항 개인정보 신상정보 연락처 contact contactinfo personalinformation
        personaldetails personalinfo basics 지원자정보
    """,
    "introduction": """
        자기소개 자기소개서 소개 소개글 간단소개 간단소개글 한줄소개 자기pr aboutme about summary
        professionalsummary profile introduction objective 요약 핵심요약 경력요약 커리어요약
        핵심역량 강점 소개말 coverletter 자기소개및포부
    """,
    "experiences": """
        경력 경력사항 주요경력 경력기술 경력기술서 업무경험 업무경력 근무경력 근무경험 직장경력
        직무경험 직무경력 회사경력 경력및경험 인턴경험 인턴십 인턴 experience experiences
        workexperience workexperiences professionalexperience employment employmenthistory
        workhistory career careerhistory internship
    """,
    "educations": """
        학력 학력사항 최종학력 학업 학력및전공 education educations academicbackground
        educationalbackground academics
    """,
    "projects": """
        프로젝트 주요프로젝트 프로젝트경험 프로젝트이력 개인프로젝트 팀프로젝트 사이드프로젝트
        수행프로젝트 주요수행과제 작품 project projects sideprojects personalprojects keyprojects
    """,
    "activities": """
        활동 대외활동 주요활동 교내활동 교외활동 활동사항 기타활동 사회활동 사회경험 경험
        동아리활동 동아리 봉사 봉사활동 교육 교육이수 교육사항 교육이력 교육수료 직무교육 교육훈련
        수상 수상내역 수상경력 수상이력 상훈 포상 해외연수 해외경험 어학연수 연수 활동수상
        activities activity extracurricular extracurricularactivities awards award honors
        honorsandawards volunteer volunteering volunteerexperience training trainings courses
    """,
    "qualifications": """
        자격 자격증 자격사항 자격증어학 자격어학 자격면허 면허 면허증 면허자격 어학 어학성적
        어학능력
        어학사항 어학시험 외국어 외국어능력 외국어성적 공인어학성적 공인외국어시험 자격증면허증
        certificates certificate certifications certification licenses license
        licensesandcertifications languages language qualifications
    """,
    "technology_stacks": """
        기술 기술스택 보유기술 사용기술 핵심기술 기술역량 보유역량 스킬 보유스킬 툴 사용툴 사용도구
        도구 컴퓨터활용 컴퓨터활용능력 컴퓨터능력 oa능력 oa활용능력 프로그램활용 활용프로그램
        skill skills techstack techstacks technicalskills technologies tools coreskills
        skillsandtools
    """,
    OTHER: """
        희망연봉 희망근무조건 근무조건 희망조건 가족사항 가족관계 취미 특기 취미특기 취미및특기 종교
        추천인 references reference interests interest hobbies publications 논문 특허 논문특허 저서
        포트폴리오 portfolio 보훈 보훈사항 장애 장애사항 보훈병역 기타 기타사항 참고사항 서약
    """,
}
# What a document calls itself: no section of it, and the head of no column.
_TITLES = frozenset(
    "이력서 국문이력서 영문이력서 입사지원서 지원서 resume curriculumvitae cv".split()  # noqa: SIM905
)
# Chapters of a 자기소개서: each begins a part of the introduction and belongs to it.
_CHAPTERS = frozenset(
    """
    성장과정 성장배경 지원동기 지원동기및포부 지원동기및입사후포부 입사후포부 입사포부 포부
    성격의장단점
    성격 성격장단점 장단점 학창시절 생활신조 직무역량 직무경험및역량 문제해결경험 협업경험 도전경험
    """.split()  # noqa: SIM905 as the words of the other kinds are written
)
_BASIC_LABELS = {
    "name": "이름 성명 성함 한글이름 한글 국문 name fullname",
    "email": "이메일 메일 전자우편 email mail emailaddress e메일",
    "phone": """
        연락처 전화 전화번호 휴대폰 휴대전화 핸드폰 휴대폰번호 휴대전화번호 phone mobile tel
        contact telephone cell phonenumber hp
    """,
    "address": "주소 거주지 현주소 거주지역 주소지 address location",
    "birth_date": "생년월일 생일 출생 birth birthdate dateofbirth dob birthday",
    "gender": "성별 gender sex",
    "military_service": "병역 병역사항 병역구분 군필 군필여부 병역필 military militaryservice",
    "title": """
        지원분야 지원직무 지원부문 희망직무 희망직종 지원포지션 직무 제목 이력서제목 이력서타이틀
        position title headline
    """,
    "other": """
        영문 영문이름 영문성명 한자 한자이름 나이 국적 github 깃허브 blog 블로그 linkedin
        홈페이지 website url 링크 포트폴리오 희망연봉 보훈 장애 취미 특기 우편번호 결혼여부
        nationality
    """,
}
_COLUMNS = {
    "period": """
        기간 근무기간 재직기간 재학기간 활동기간 교육기간 수행기간 진행기간 기간일자 period date
        dates
    """,
    "start": "입사일 입학일 시작일 입학 입사 시작 입학년월 입사년월",
    "end": "퇴사일 졸업일 종료일 퇴사 종료 졸업년월 퇴사년월",
    "date": """
        취득일 취득일자 취득년월 취득년월일 일자 날짜 응시일 수상일 수상일자 발급일 합격일 연월
        취득시기
    """,
    "company": "회사 회사명 근무처 직장명 기업명 직장 근무회사 소속 company",
    "position": "직위 직급 직책 직위직책 직급직책 직무 담당직무 직위직급 position",
    "department": "부서 부서명 소속부서 근무부서 department",
    "employment_type": "고용형태 근무형태 구분고용형태",
    "description": """
        담당업무 업무 업무내용 내용 주요업무 직무내용 비고내용 상세내용 활동내용 주요내용
        description
    """,
    "school": "학교 학교명 출신학교 대학명 school",
    "major": "전공 전공학과 학과 학과전공 전공명 전공계열 major",
    "grade": "학점 성적 평점 평균학점 학점평점 gpa",
    "graduation_status": "졸업구분 졸업여부 졸업상태 졸업 상태 학적",
    "education_level": "학위 학력 학교구분 degree",
    "title": """
        자격증명 자격증 자격명 자격 자격면허 자격면허명 자격증면허증 시험명 어학시험 외국어
        외국어명 언어
        시험 프로젝트명 프로젝트 활동명 활동 수상명 상명 교육명 과정명 교육과정 명칭 종류 대회명
        봉사명
    """,
    "agency": "발급기관 발행처 발행기관 시행기관 주관기관 발급처 시행처 취득기관 인증기관",
    "organization": "기관 기관명 단체 단체명 수여기관 교육기관 활동기관 주최 주최기관 장소",
    "score": "점수 등급 급수 점수등급 성적점수 취득점수 수준 능력 회화능력",
    "role": "역할 담당역할 담당 기여도",
    "technology_stacks": """
        사용기술 기술 기술스택 개발환경 사용도구 사용언어 techstack tech skills stack 기술환경
    """,
    "link": "링크 url link 주소 github 깃허브 배포주소 저장소",
    "other": "비고 소재지 지역 번호 no 구분 연봉 퇴사사유 이직사유 자격번호 재직상태",
}

_NOT_LETTERS = re.compile(r"[^0-9a-z가-힣]")
# "경력 (총 5년 2개월)", "경력 총 3년".
_LENGTH = re.compile(r"[(\[]?\s?총?\s?\d{1,2}\s?년(?:\s?\d{1,2}\s?개월)?\s?(?:차)?[)\]]?\Z")
_JOINTS = re.compile(r"\s?(?:[/,&·ㆍ・+]|\s및\s|\sand\s)\s?", re.IGNORECASE)
# "학교명(소재지)"
_BESIDE = re.compile(r"\s?\([^()]{1,20}\)\Z")
_NUMBER = re.compile(r"(?:\d{1,2}|[IVX]{1,4}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨ])[.)]?\s", re.IGNORECASE)


def _named(names: dict[str, str]) -> dict[str, str]:
    return {word: kind for kind, words in names.items() for word in words.split()}


_SECTION_OF = _named(_SECTIONS)
_LABEL_OF = _named(_BASIC_LABELS)


def key_of(words: str) -> str:
    """Return some words as they are compared: letters and figures alone, in lower case."""
    return _NOT_LETTERS.sub("", words.lower())


@lru_cache(maxsize=4096)
def section_of(words: str) -> str | None:
    """Return the section that a line is the heading of, None for other lines."""
    line = words.strip()
    if len(line) > HEADING_LENGTH or "\t" in line:
        return None
    line = _NUMBER.sub("", _LENGTH.sub("", line.rstrip(":： ")).strip(), count=1)
    key = key_of(line)
    # What stands below the title is what a basics section holds.
    return BASICS if key in _TITLES else _SECTION_OF.get(key) or _joint_section_of(line)


def is_title(words: str) -> bool:
    """Return whether a line is what a document calls itself: "이 력 서", "Resume"."""
    return key_of(words) in _TITLES


def _joint_section_of(line: str) -> str | None:
    """Return the section of "자격증 및 어학": that of its first word, if it knows all."""
    parts = [_SECTION_OF.get(key_of(part)) for part in _JOINTS.split(line)]
    return parts[0] if len(parts) > 1 and None not in parts else None


def is_chapter(words: str) -> bool:
    """Return whether a line is the heading of a chapter of a 자기소개서."""
    return len(words) <= HEADING_LENGTH and key_of(_NUMBER.sub("", words, count=1)) in _CHAPTERS


def basic_label_of(words: str) -> str | None:
    """Return which of the basics some words are the label of."""
    return _LABEL_OF.get(key_of(words)) if len(words) <= HEADING_LENGTH else None


_COLUMN_KINDS: dict[str, list[str]] = {}
for _kind, _words in _COLUMNS.items():
    for _word in _words.split():
        _COLUMN_KINDS.setdefault(_word, []).append(_kind)


def column_of(words: str, fields: frozenset[str]) -> str | None:
    """Return the field that a column or label is called after, of those that there are.

    "period", "start", "end", "date" and "other" are in every section.
    """
    if len(words) > HEADING_LENGTH:
        return None
    always = {"period", "start", "end", "date", "other"}
    kinds = _COLUMN_KINDS.get(key_of(words)) or _COLUMN_KINDS.get(
        key_of(_BESIDE.sub("", words)), []
    )
    return next((kind for kind in kinds if kind in fields or kind in always), None)


def is_column_head(words: str) -> bool:
    """Return whether some words are what a column is called, and so name nothing themselves."""
    return key_of(_BESIDE.sub("", words)) in _COLUMN_KINDS
