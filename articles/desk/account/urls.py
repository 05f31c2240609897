"""Addresses of accounts, within /admin/. Their names are allauth's where its code asks for them."""

from django.contrib import admin
from django.urls import path

from . import access, asking, entering, joining, pages

SIGNED_IN = {
    "again/": (asking.page, "account_reauthenticate"),
    "factors/": (pages.index, "mfa_index"),
    "factors/app/": (pages.add_app, "mfa_activate_totp"),
    "factors/app/remove/": (pages.remove_app, "mfa_deactivate_totp"),
    "factors/passkey/": (pages.add_passkey, "mfa_add_webauthn"),
    "factors/passkey/<int:pk>/remove/": (pages.remove_passkey, "mfa_remove_webauthn"),
    "factors/codes/": (pages.codes, "mfa_view_recovery_codes"),
    "factors/codes/new/": (pages.new_codes, "mfa_generate_recovery_codes"),
    "sessions/": (pages.own_sessions, "sessions"),
    "sessions/end/": (pages.end_sessions, "sessions_end"),
    "access/": (access.page, "access"),
    "access/invitations/<uuid:uid>/end/": (access.end_invitation, "access_end"),
    "access/<int:pk>/reset/": (access.reset, "access_reset"),
}

urlpatterns = [
    path("second-step/", entering.second_step, name="mfa_authenticate"),
    path("join/", joining.page, name="joining"),
    *(path(address, admin.site.admin_view(view), name=name) for address, (view, name) in SIGNED_IN.items()),
]
# Never matched, because the desk's own address comes first: allauth asks for it by this name.
alias = path("login/", admin.site.login, name="account_login")
