from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from allauth.socialaccount.views import login_error
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from accounts.views import change_email, connect_accounts, set_password, sign_in_again
from feedback.views import try_out
from gaechwi import views
from gaechwi.metrics import metrics
from gaechwi.readiness import healthz, readyz
from gaechwi.styleguide import styleguide

admin.site.site_header = admin.site.site_title = _("개취 관리")

urlpatterns = [
    # Patterns are tried one after the other, and programs ask the most.
    path("api/", include("gaechwi.api.urls")),
    path("", views.home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("theme/", views.set_theme, name="set_theme"),
    path("try/", try_out, name="try_out"),
    path("styleguide/", styleguide, name="styleguide"),
    # allauth closes this page to those who are not signed in: all who ever see it.
    path("accounts/3rdparty/login/error/", login_not_required(login_error)),
    path("accounts/again/", sign_in_again, name="sign_in_again"),
    path("accounts/3rdparty/", connect_accounts, name="socialaccount_connections"),
    path("accounts/password/set/", set_password, name="account_set_password"),
    path("accounts/email/", change_email, name="account_email"),
    path("accounts/", include("allauth.urls")),
    path("resumes/", include("resumes.urls")),
    path("postings/", include("postings.urls")),
    path("imports/", include("imports.urls")),
    path("exports/", include("exports.urls")),
    path("feedbacks/", include("feedback.urls")),
    path("interviews/", include("interviews.urls")),
    path("guides/", include("studyguides.urls")),
    path("", include("privacy.urls")),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    # Staff sign in like everybody else: with the same limits, blocks and confirmations.
    path("admin/login/", secure_admin_login(admin.site.login)),
    path("admin/", admin.site.urls),
]

handler400 = "gaechwi.views.bad_request"
handler403 = "gaechwi.views.forbidden"
handler404 = "gaechwi.views.not_found"
handler500 = "gaechwi.views.server_error"
