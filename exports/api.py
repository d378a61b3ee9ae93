from __future__ import annotations

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.http import UserApiRequest
from exports.models import CONTENT_TYPES, ExportFormat, ResumeExport
from exports.serializers import ExportOrder, ExportSerializer
from exports.services import request_export
from gaechwi.api.problems import Unavailable
from gaechwi.jobs.requests import JOB_HEADERS, job_responses, start
from resumes.file_jobs import file_answer
from resumes.models import Resume
from resumes.storage import StorageAwayError


class ResumeExports(APIView):
    """A résumé on its way to being a file."""

    @extend_schema(
        operation_id="resumes_export",
        request=ExportOrder,
        parameters=JOB_HEADERS,
        responses=job_responses(ExportSerializer),
    )
    def post(self, request: UserApiRequest, resume_id: int) -> Response:
        """Start to write a file; the one in hand of the same kind is the answer where there is."""
        resume = get_object_or_404(Resume.objects.for_user(request.user), pk=resume_id)
        return start(
            request,
            lambda **order: request_export(resume, order["format"], order.get("template", "")),
            ResumeExport.objects.for_user(request.user).with_file(),
            ExportSerializer,
            "api:resume-export",
            takes=ExportOrder,
        )


class ExportDetail(APIView):
    """One export."""

    @extend_schema(operation_id="resume_exports_read", responses=ExportSerializer)
    def get(self, request: UserApiRequest, export_id: int) -> Response:
        """Give an export, as far as it has got."""
        exports = ResumeExport.objects.for_user(request.user).with_file()
        return Response(ExportSerializer(get_object_or_404(exports, pk=export_id)).data)


class _File(BaseRenderer):
    """Lets a client ask for a kind of file alone."""

    def __init__(self, media_type: str, name: str) -> None:
        self.media_type, self.format = media_type, name


class ExportFile(APIView):
    """The file of an export."""

    def get_renderers(self) -> list[BaseRenderer]:
        """Return what may be asked for."""
        files = (_File(kind, name) for name, kind in CONTENT_TYPES.items())
        return [*super().get_renderers(), *files]

    @extend_schema(
        operation_id="resume_exports_file",
        responses={
            (200, CONTENT_TYPES[name]): OpenApiResponse(OpenApiTypes.BINARY)
            for name in (ExportFormat.PDF, ExportFormat.DOCX)
        }
        | {(200, CONTENT_TYPES[ExportFormat.JSON]): OpenApiResponse(OpenApiTypes.OBJECT)},
    )
    def get(self, request: UserApiRequest, export_id: int) -> FileResponse:
        """Give the file; 404 before it is there, and again a day after it was asked for."""
        exports = ResumeExport.objects.for_user(request.user).with_file()
        this = get_object_or_404(exports, pk=export_id)
        try:
            return file_answer(this)
        except StorageAwayError as away:
            raise Unavailable(str(away)) from None
