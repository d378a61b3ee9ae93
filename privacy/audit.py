"""Which member of staff has looked at whose data: written down before it is shown.

The admin's own log has what was changed; this has what was seen as well. One place for all of the
admin, so that a page added later is written down, too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.apps import apps
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.sites import site
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from accounts.models import User
from privacy.models import Deed, StaffAccess

# Of models whose user is called otherwise.
_PATHS = {"privacy.StaffAccess": "subject"}
# Of what is only opened; what is sent changes something.
_DEEDS = dict.fromkeys(["add", "delete", "change", "history"], Deed.VIEW)


def path_to_user(model: type[Model]) -> str:
    """Return how a query gets from a row to the user that it is about, "" where there is none."""
    if model is User:
        return "pk"
    if model._meta.label in _PATHS:
        return _PATHS[model._meta.label]
    if path := getattr(model, "user_path", ""):
        return str(path)
    try:
        field = model._meta.get_field("user")
    except FieldDoesNotExist:
        return ""
    return "user" if field.related_model is User else ""


_REFUSALS = {HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


class StaffAccessMiddleware:
    """Writes down what staff ask of the admin that is about people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, and say what came of it before the answer is sent.

        Of a list it is noted whom it shows.
        """
        response = self.get_response(request)
        model, deed = _asked_for(request)
        if model is None:
            return response
        _settle(request, response)
        if deed == Deed.LIST:
            deed = Deed.REFUSED if response.status_code in _REFUSALS else deed
            _note(request, model, deed, [("", whom) for whom in _shown(response, model)])
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: Any, kwargs: dict[str, Any]
    ) -> None:
        """Note a request for the admin. What cannot be noted is not done: errors are raised."""
        model, deed = _asked_for(request)
        if model is None:
            return
        # Of a list where something is chosen, what is chosen says more.
        rows = _chosen(request, model)
        if deed != Deed.LIST:
            row = unquote(kwargs.get("object_id", kwargs.get("id", "")))
            rows.append((row, _subject(model, row)))
        _note(request, model, Deed.CHANGE if request.method == "POST" else deed, rows)
        for other, row in _named(request, model):
            _note(request, other, Deed.VIEW, [(row, _subject(other, row))])


def _note(
    request: HttpRequest, model: type[Model], deed: Deed, seen: list[tuple[str, str | None]]
) -> None:
    """Write down rows, and the users whose they are."""
    staff = cast("User", request.user)
    noted = StaffAccess.objects.bulk_create(
        StaffAccess(
            staff=staff,
            staff_email=staff.email,
            subject_id=subject,
            deed=deed,
            what=model._meta.label_lower,
            row=_sane(row)[:100],
            address=get_adapter(request).get_client_ip(request),
        )
        for row, subject in seen
    )
    _noted(request).extend(note.pk for note in noted)


def _noted(request: HttpRequest) -> list[int]:
    """Return the keys of what was noted of a request."""
    keys: list[int] = request.__dict__.setdefault("staff_accesses", [])
    return keys


def _settle(request: HttpRequest, response: HttpResponseBase) -> None:
    """Write down what came of what was noted before: nothing, a look, or what was asked for."""
    context = getattr(response, "context_data", None) or {}
    if response.status_code in _REFUSALS:
        deed = Deed.REFUSED
    elif request.method == "POST" and (
        # A form with errors, a question whether it is meant, or an error of ours. What is done in a
        # window of its own is answered so, too.
        (response.status_code == HTTPStatus.OK and "popup_response_data" not in context)
        or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    ):
        deed = Deed.VIEW
    else:
        return
    StaffAccess.objects.filter(pk__in=_noted(request)).update(deed=deed)


def _chosen(request: HttpRequest, model: type[Model]) -> list[tuple[str, str | None]]:
    """Return what is chosen in a list, to have something done with it; or all that it found."""
    if request.method != "POST" or not request.POST.get("action"):
        return []
    if not site._registry[model].has_view_permission(request):
        return [("", None)]
    if request.POST.get("select_across", "0") == "0":
        rows = request.POST.getlist(ACTION_CHECKBOX_NAME)
        return [(row, _subject(model, row)) for row in rows]
    try:
        found = site._registry[model].get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:
        # The admin, too, finds nothing.
        return []
    return [(str(row), whom) for row, whom in found.values_list("pk", path_to_user(model))]


def _named(request: HttpRequest, model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """Yield what a form is filled in with, by its address or once it was sent: it shows names."""
    for field in model._meta.concrete_fields:
        related: Any = field.related_model
        if related and path_to_user(related):
            row = request.POST.get(field.name) or request.GET.get(field.name)
            if row:
                yield related, row


def _shown(response: HttpResponseBase, model: type[Model]) -> list[str | None]:
    """Return the users that a list is about, each once; None alone where it shows nobody.

    Not of the list of looks: it would grow by being read.
    """
    if model is StaffAccess:
        return [None]
    if isinstance(response, JsonResponse):
        keys = [found["id"] for found in json.loads(response.content).get("results", [])]
    else:
        listed = (getattr(response, "context_data", None) or {}).get("cl")
        keys = [row.pk for row in listed.result_list] if listed else []
    rows = model._base_manager.filter(pk__in=keys).order_by()
    return list(rows.values_list(path_to_user(model), flat=True).distinct()) or [None]


def _asked_for(request: HttpRequest) -> tuple[type[Model] | None, Deed]:
    """Return the model that a member of staff asks for, if it is about people, and what for."""
    match = request.resolver_match
    if match is None or match.app_name != site.name:
        return None, Deed.LIST
    if not isinstance(request.user, User) or not request.user.is_staff:
        return None, Deed.LIST
    model, deed = _asked_in_admin(request, match.url_name or "")
    return (model if model and path_to_user(model) else None), deed


def _asked_in_admin(request: HttpRequest, name: str) -> tuple[type[Model] | None, Deed]:
    if name == "autocomplete":
        app, model = request.GET.get("app_label", ""), request.GET.get("model_name", "")
        field = request.GET.get("field_name", "")
        try:
            asked: Any = apps.get_model(app, model)._meta.get_field(field).related_model
        except (LookupError, ValueError, FieldDoesNotExist):
            asked = None
        return asked, Deed.LIST
    for registered in site._registry:
        prefix = f"{registered._meta.app_label}_{registered._meta.model_name}_"
        if name.startswith(prefix):
            return registered, _DEEDS.get(name.removeprefix(prefix), Deed.LIST)
    # Such as the change of a password, which has a name of its own.
    return (User, Deed.VIEW) if name == "auth_user_password_change" else (None, Deed.LIST)


def _sane(row: str) -> str:
    """Return what was typed as a key. PostgreSQL knows no null character, so no key holds one."""
    return row.replace("\0", "")


def _subject(model: type[Model], row: str) -> str | None:
    if not row:
        return None
    try:
        rows = model._base_manager.filter(pk=_sane(row))
        return rows.values_list(path_to_user(model), flat=True).first()
    except ValueError:
        # Whatever was typed into the address is no key of such a row: there is nothing to be seen.
        return None
