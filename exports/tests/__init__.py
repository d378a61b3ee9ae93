from __future__ import annotations

from django.utils import timezone

from exports.models import ResumeExport
from exports.services import make, request_export, save, write
from gaechwi.jobs.models import JobStatus
from resumes.document import ResumeDocument
from resumes.models import Resume

# Every kind of file: format and template.
KINDS = [
    ("pdf", "classic"),
    ("pdf", "modern"),
    ("pdf", "compact"),
    ("docx", ""),
    ("json", ""),
]


def done(this: ResumeExport) -> ResumeExport:
    """Return an export whose job is done."""
    now = timezone.now()
    save(this, make(this))
    ResumeExport.objects.filter(pk=this.pk).update(
        status=JobStatus.DONE, started_at=now, finished_at=now
    )
    this.refresh_from_db()
    return this


def exported(resume: Resume, file_format: str, template: str = "") -> bytes:
    """Return the file that a résumé becomes."""
    return write(request_export(resume, file_format, template))


def unusual_document() -> ResumeDocument:
    """Return a résumé with what layouts like to lose: days, order, marks, long and odd words."""
    return ResumeDocument(
        title="서비스 기획자 & PM <3년 차>",
        name="남궁 가온",
        email="gaon@example.com",
        phone="010-1111-2222",
        address="부산광역시 해운대구 센텀중앙로 9, 101동 1203호",
        birth_date="1996-02-29",
        gender="2",
        military_service="해당 없음",
        introduction='첫 문단입니다. 1,234와 "따옴표"가 있습니다.\n\n둘째 문단 \\\n- 목록 하나',
        experiences=[
            {
                "company": f"줄을 넘겨 가며 길게 적은 이름의 주식회사 {'가나다라마바사' * 4}",
                "position": "서비스 기획 매니저 겸 프로덕트 오너",
                "department": "플랫폼전략기획본부 신규서비스기획팀",
                "employment_type": "2",
                "start_date": "2021-03-15",
                "end_date": None,
                "description": "요약.\n- 전환율 12.5% → 18.0%\n- 사용자 인터뷰 40건\n끝맺는 한 줄",
            },
            {"company": "빈 줄", "description": "요약\n\n- 하나\n- 둘"},
            {"company": "다른 회사", "start_date": "2019-01-01", "end_date": "2019-01-01"},
        ],
        projects=[
            {
                "title": "C++/C# 도구 모음 (v2.0)",
                "role": "기여도 40%",
                "start_date": "2020-05-01",
                "end_date": "2020-11-30",
                "description": "- a\n- b",
                "link": "https://example.com/a?b=1&c=%ED%95%9C#조각",
                "technology_stacks": ["C++", "C#", "Node.js"],
            },
            {"title": "기간 없는 프로젝트"},
        ],
        educations=[
            {
                "school": "부산한바다대학교 대학원",
                "major": "산업공학",
                "education_level": "4",
                "graduation_status": "6",
                "grade": "4.1/4.5",
                "start_date": "2015-03-02",
                "end_date": "2017-08-25",
            },
            {"school": "어느 고등학교", "education_level": "1", "graduation_status": "1"},
        ],
        activities=[
            {
                "title": "봉사",
                "activity_type": "2",
                "organization": "가온누리",
                "description": "둘",
            },
            {
                "title": "최우수상",
                "activity_type": "3",
                "organization": "한국기획협회",
                "start_date": "2022-10-07",
                "end_date": "2022-10-07",
                "description": "- 팀 4명",
            },
            {"title": "동아리", "start_date": "2013-03-01", "end_date": "2014-02-01"},
            {"title": "진행 중인 수상 활동", "activity_type": "3", "start_date": "2024-01-01"},
        ],
        qualifications=[
            {"title": "TOEIC", "score": "905", "agency": "ETS", "acquired_date": "2023-12-10"},
            {"title": "정보처리기사"},
            {
                "title": "이름이 길어 한 줄을 다 차지하는 자격",
                "score": "최우수 등급",
                "agency": "이름이 긴 기관인 한국자격시험연구진흥협회",
                "acquired_date": "2020-02-03",
            },
        ],
        technology_stacks=["Figma", "SQL", "GA4", "C++"],
    )
