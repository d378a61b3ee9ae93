"""The file of an export as an answer, on pages and through the API alike."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from exports.models import ResumeExport
from resumes.storage import bytes_of


def file_answer(this: ResumeExport) -> HttpResponse:
    """Return the file of an export, read `with_file`, to be kept by its user.

    Raises Http404 where it has none, and StorageAwayError.
    """
    if not this.is_ready or this.file is None:
        raise Http404
    try:
        data = bytes_of(this.file, _("파일을 둔 곳에 연결하지 못했습니다."))
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(
        data,
        content_type=this.file.content_type,
        headers={
            "Content-Disposition": content_disposition_header(True, this.file_name) or "",
            "Cache-Control": "private, no-store",
        },
    )
