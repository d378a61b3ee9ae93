"""Which member of staff has looked at whose data: written down before it is shown.

The admin's own log has what was changed; this has what was seen as well. One place for all of the
admin, so that a page added later is written down, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.apps import apps
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.sites import site
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase

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


class StaffAccessMiddleware:
    """Writes down what staff ask of the admin that is about people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: Any, kwargs: dict[str, Any]
    ) -> None:
        """Note a request for the admin. What cannot be noted is not shown: errors are raised."""
        match = request.resolver_match
        if match is None or match.app_name != site.name:
            return
        if not isinstance(request.user, User) or not request.user.is_staff:
            return
        model, deed = _asked_for(request, match.url_name or "")
        if model is None or not path_to_user(model):
            return
        deed = Deed.CHANGE if request.method == "POST" else deed
        rows = [kwargs.get("object_id", kwargs.get("id", "")), *_chosen(request)]
        # Of a list where something is chosen, what is chosen says more.
        for row in [unquote(row) for row in rows if row] or [""]:
            # PostgreSQL knows no null character, so no key holds one.
            row = row.replace("\0", "")
            StaffAccess.objects.create(
                staff=request.user,
                staff_email=request.user.email,
                subject_id=_subject(model, row) if row else None,
                deed=deed,
                what=model._meta.label_lower,
                row=row[:100],
                address=get_adapter(request).get_client_ip(request),
            )


def _chosen(request: HttpRequest) -> list[str]:
    return request.POST.getlist(ACTION_CHECKBOX_NAME) if request.method == "POST" else []


def _asked_for(request: HttpRequest, name: str) -> tuple[type[Model] | None, Deed]:
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


def _subject(model: type[Model], row: str) -> str | None:
    try:
        found = model._base_manager.filter(pk=row).values_list(path_to_user(model), flat=True)
        return found.first()
    except ValueError:
        # Whatever was typed into the address is no key of such a row: there is nothing to be seen.
        return None
