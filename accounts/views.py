from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import email, password_set
from allauth.socialaccount.views import connections
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_safe

from accounts.adapters import signed_in_lately
from accounts.http import UserRequest

# Whoever sits down at an open session must not give themselves a way in by it.
set_password = reauthentication_required(password_set)
# Asked before Google is, and not only on the way back.
connect_accounts = reauthentication_required(connections)


@require_safe
def sign_in_again(request: UserRequest) -> HttpResponse:
    """Send somebody who has no password through Google, and then to where they wanted to go."""
    if request.user.has_usable_password():
        return redirect("account_reauthenticate")
    wanted = get_next_redirect_url(request) or resolve_url("privacy:account")
    if signed_in_lately(request):
        # Not by `redirect`, to which a word may be the name of a page, or is an error.
        return HttpResponseRedirect(wanted)
    return render(request, "accounts/sign_in_again.html", {"wanted": wanted})


def change_email(request: HttpRequest) -> HttpResponse:
    """Change the address, where a mail proves whose the new one is.

    Where none does, allauth would take an unconfirmed address away before there is another one.
    """
    if settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory":
        raise Http404
    response: HttpResponse = email(request)
    return response
