from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiRequest, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.http import ReaderApiRequest, UserApiRequest
from gaechwi.api.paging import WrittenPage, WrittenRow, WrittenView, page_schema
from gaechwi.api.problems import TooLarge, Unavailable, UnsupportedUpload
from gaechwi.api.serializers import ListQuery, StrictSerializer, validated
from resumes.document import ResumeDocument
from resumes.models import Resume
from resumes.photos import FORMATS, read_photo, store_photo
from resumes.serializers import ResumeSerializer
from resumes.services import create_resume, rewrite_resume
from resumes.storage import StorageAwayError


class ResumeList(WrittenView):
    """The user's résumés."""

    @extend_schema(
        operation_id="resumes_list",
        parameters=[ListQuery],
        responses=page_schema(ResumeSerializer),
    )
    def get(self, request: ReaderApiRequest) -> HttpResponse:
        """List the résumés with their sections, the one that changed last first."""
        return _page(request.user, **validated(ListQuery, request.query_params))

    @extend_schema(
        operation_id="resumes_create",
        request=ResumeSerializer,
        responses={201: ResumeSerializer},
    )
    def post(self, request: UserApiRequest) -> HttpResponse:
        """Make a résumé with its sections."""
        resume = create_resume(request.user, _document(request))
        answer = _shown(request.user, resume.pk)
        answer.status_code = status.HTTP_201_CREATED
        answer["Location"] = reverse("api:resume", args=[resume.pk])
        return answer


class ResumeDetail(WrittenView):
    """One résumé."""

    @extend_schema(operation_id="resumes_read", responses=ResumeSerializer)
    def get(self, request: ReaderApiRequest, resume_id: int) -> HttpResponse:
        """Give a résumé with its sections."""
        return _shown(request.user, resume_id)

    @extend_schema(
        operation_id="resumes_replace", request=ResumeSerializer, responses=ResumeSerializer
    )
    def put(self, request: UserApiRequest, resume_id: int) -> HttpResponse:
        """Replace a résumé with its sections: what is left out becomes empty."""
        with transaction.atomic():
            resumes = Resume.objects.for_user(request.user).select_for_update()
            resume = get_object_or_404(resumes, pk=resume_id)
            rewrite_resume(resume, _document(request))
            return _shown(request.user, resume_id)

    @extend_schema(operation_id="resumes_delete", responses={204: None})
    def delete(self, request: UserApiRequest, resume_id: int) -> Response:
        """Delete a résumé; its user can bring it back on the pages."""
        get_object_or_404(Resume.objects.for_user(request.user), pk=resume_id).soft_delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


PHOTO_TYPES = [f"image/{name.lower()}" for name in FORMATS]


class PhotoUpload(StrictSerializer):
    """The upload of a photo."""

    photo = serializers.FileField()


class _Jpeg(BaseRenderer):
    """Lets a client ask for a JPEG alone."""

    media_type = "image/jpeg"
    format = "jpg"


class ResumePhoto(APIView):
    """The photo of a résumé."""

    parser_classes = [MultiPartParser]

    def get_renderers(self) -> list[BaseRenderer]:
        """Return what may be asked for: the photo itself only where it is read."""
        read = self.request.method in {"GET", "HEAD"}
        return [*super().get_renderers(), *([_Jpeg()] if read else [])]

    @extend_schema(
        operation_id="resumes_photo_read",
        responses={
            (200, "image/jpeg"): OpenApiResponse(OpenApiTypes.BINARY),
        },
    )
    def get(self, request: UserApiRequest, resume_id: int) -> HttpResponse:
        """Give the photo, as a JPEG."""
        photo = _with_photo(request, resume_id).photo
        if photo is None:
            raise Http404
        try:
            picture = read_photo(photo)
        except FileNotFoundError:
            raise Http404 from None
        except StorageAwayError as away:
            raise Unavailable(str(away)) from None
        return HttpResponse(picture, content_type=photo.content_type)

    @extend_schema(
        operation_id="resumes_photo_upload",
        request={
            "multipart/form-data": OpenApiRequest(
                PhotoUpload, encoding={"photo": {"contentType": ", ".join(PHOTO_TYPES)}}
            )
        },
        responses=ResumeSerializer,
    )
    def post(self, request: UserApiRequest, resume_id: int) -> HttpResponse:
        """Take a photo (JPEG, PNG or WebP); it takes the place of an earlier one."""
        resume = _with_photo(request, resume_id)
        upload = validated(PhotoUpload, request.data)["photo"]
        try:
            store_photo(resume, upload)
        except ValidationError as error:
            raise _UPLOAD_PROBLEMS[error.code or ""](error.messages[0]) from None
        except Resume.DoesNotExist:
            raise Http404 from None
        return _shown(request.user, resume_id)


# What the photo's own codes are in the terms of HTTP.
_UPLOAD_PROBLEMS = {
    "too_large": TooLarge,
    "too_many_pixels": TooLarge,
    "not_a_picture": UnsupportedUpload,
    "broken": UnsupportedUpload,
    "storage": Unavailable,
}


def _document(request: UserApiRequest) -> ResumeDocument:
    return ResumeDocument(**validated(ResumeSerializer, request.data))


def _with_photo(request: UserApiRequest, resume_id: int) -> Resume:
    resumes = Resume.objects.for_user(request.user).select_related("photo")
    return get_object_or_404(resumes, pk=resume_id)


_page = WrittenPage(Resume.objects.for_user, ResumeSerializer)
_shown = WrittenRow(Resume.objects.for_user, ResumeSerializer)
