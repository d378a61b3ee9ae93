"""The one way in which the API says that something went wrong: RFC 9457, problem+json."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from itertools import islice
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, IntegrityError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

from gaechwi.away import is_away

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
# More faults than this are not named: an answer must not grow with what a body gets wrong.
MAX_ERRORS = 100


class Unauthorized(exceptions.APIException):
    """Whoever asks has not shown who they are: no token, a dead one, or a wrong password.

    Not the framework's own exception, which turns into a 403 where a view takes no token.
    """

    status_code = HTTPStatus.UNAUTHORIZED
    default_detail = _("로그인이 필요하거나, 로그인이 끝났습니다.")
    default_code = "unauthorized"
    auth_header = "Bearer"


class Conflict(exceptions.APIException):
    """What was asked for does not go together with how things stand."""

    status_code = HTTPStatus.CONFLICT
    default_detail = _("지금 상태에서는 할 수 없습니다.")
    default_code = "conflict"


class TooLarge(exceptions.APIException):
    """More was sent than is taken."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = _("보낸 내용이 너무 큽니다.")
    default_code = "too_large"


class UnsupportedUpload(exceptions.APIException):
    """A file was sent of a kind that is not taken, or that cannot be read."""

    status_code = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    default_detail = _("받을 수 없는 파일입니다.")
    default_code = "unsupported_upload"


class Unavailable(exceptions.APIException):
    """Something that the answer needs cannot be reached; later it may be.

    `wait` is the number of seconds after which another attempt makes sense.
    """

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = _("지금은 처리할 수 없습니다. 잠시 뒤에 다시 시도해 주세요.")
    default_code = "unavailable"
    wait = 10


def handle(raised: Exception, context: dict[str, Any]) -> Response | None:
    """Answer an exception of an API view; None leaves it to Django, which logs it."""
    # The framework's views import what the settings name, and that raises these errors.
    from rest_framework.renderers import JSONRenderer
    from rest_framework.views import exception_handler

    error = _as_api_exception(raised)
    response = exception_handler(error, context)
    if response is None:
        return None
    response.content_type = CONTENT_TYPE
    # Whatever a view answers otherwise: a page, a photo, YAML.
    context["request"].accepted_renderer = JSONRenderer()
    context["request"].accepted_media_type = JSONRenderer.media_type
    response.data = problem(response.status_code, **_members(error))
    return response


def problem(status: int, **members: Any) -> dict[str, Any]:
    """Return the body of an answer with a status of 400 or more."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        **members,
    }


def problem_response(status: int, detail: str) -> JsonResponse:
    """Answer what went wrong before any API view was reached, or in its absence."""
    return JsonResponse(problem(status, detail=detail), status=status, content_type=CONTENT_TYPE)


def is_conflict(error: BaseException | None) -> bool:
    """Return whether two requests met: what one of them writes, or writes about, the other has
    deleted or written already.
    """
    # Of a row that is gone Django says so by the bare class.
    return isinstance(error, IntegrityError) or type(error) is DatabaseError


def _as_api_exception(raised: Exception) -> Exception:
    if isinstance(raised, RequestDataTooBig):
        return TooLarge()
    if isinstance(raised, SuspiciousOperation):
        return exceptions.ParseError()
    if is_away(raised):
        return Unavailable()
    if is_conflict(raised):
        logger.warning("A conflict in the database", exc_info=raised)
        return Conflict()
    return raised


def _members(error: Exception) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        return {
            "detail": str(_("보낸 내용에 고칠 곳이 있습니다.")),
            "errors": list(islice(_errors(error.get_full_details()), MAX_ERRORS)),
        }
    if isinstance(error, exceptions.APIException):
        return {"detail": str(error.detail)}
    # The framework's handler answers these two of Django's as well.
    not_found = isinstance(error, Http404)
    return {"detail": str(_("찾을 수 없습니다.") if not_found else _("허용되지 않은 요청입니다."))}


def _errors(details: Any, path: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """Yield one entry for each error, naming its field as a path: "experiences.0.company"."""
    if _is_leaf(details):
        field = ".".join(part for part in path if part != "non_field_errors")
        yield {"field": field, "code": details["code"], "detail": str(details["message"])}
    elif isinstance(details, Mapping):
        for name, of_field in details.items():
            yield from _errors(of_field, (*path, str(name)))
    else:
        for index, item in enumerate(details):
            # A list of sub-objects is numbered, the several errors of one field are not.
            yield from _errors(item, path if _is_leaf(item) else (*path, str(index)))


def _is_leaf(details: Any) -> bool:
    """Return whether these are one error, and not those of fields with such names."""
    return isinstance(details, Mapping) and isinstance(details.get("code"), str)
