from __future__ import annotations

from allauth.account.views import email
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse


def change_email(request: HttpRequest) -> HttpResponse:
    """Change the address, where a mail proves whose the new one is.

    Where none does, allauth would take an unconfirmed address away before there is another one.
    """
    if settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory":
        raise Http404
    response: HttpResponse = email(request)
    return response
