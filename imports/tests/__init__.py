"""Invented résumés in the layouts of different people; what a person would take from each."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from gaechwi.jobs.models import JobStatus
from imports.models import ResumeImport
from imports.services import import_file, import_text, read_import, save_reading

TEXT = """\
김도윤
결제 시스템을 맡아 온 백엔드 개발자
010-0000-1234 | doyun@example.com

[경력]
한결페이 | 결제플랫폼팀 | 백엔드 개발자 | 정규직
2021.03 ~ 현재
- 승인 응답 시간을 평균 820ms에서 260ms로 단축

[학력]
해오름대학교 컴퓨터공학과 | 졸업 | 3.9/4.5
2012.03 ~ 2018.02

[취미]
주말마다 등산
"""


def upload(data: bytes, name: str = "이력서.pdf") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, data)


def done(this: ResumeImport) -> ResumeImport:
    """Return an import whose job is done."""
    now = timezone.now()
    save_reading(this, read_import(this))
    ResumeImport.objects.filter(pk=this.pk).update(
        status=JobStatus.DONE, started_at=now, finished_at=now
    )
    this.refresh_from_db()
    return this


def read_text(user: User, text: str = TEXT) -> ResumeImport:
    """Return an import of a pasted text that is read."""
    return done(import_text(user, text))


def read_file(user: User, kind: str, data: bytes, name: str = "이력서") -> ResumeImport:
    """Return an import of a file that is read."""
    return done(import_file(user, kind, f"{name}.{kind}", data))
