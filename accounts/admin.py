from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.forms import UserAddForm, UserEditForm
from accounts.models import User, UserBlacklist
from accounts.ownership import Owned
from gaechwi.admin import ShownLookupsAdmin

OwnedT = TypeVar("OwnedT", bound=Owned)


class OwnedAdmin(ShownLookupsAdmin[OwnedT]):
    """Whose a row is, since when, and whether it is deleted; never what it says."""

    owned_fields: ClassVar[list[str]] = ["pk", "user", "is_active", "created_at", "updated_at"]
    list_display = [*owned_fields]
    list_filter = ["is_active", "created_at"]
    search_fields = ["pk", "user__email"]
    fields = [*owned_fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Users make what they own."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Users change what they own."""
        return False


class UserBlacklistInline(admin.TabularInline[UserBlacklist, User]):
    """The blocks of a user, on the user's page."""

    model = UserBlacklist
    fk_name = "user"
    extra = 0


@admin.register(User)
class UserAdmin(ShownLookupsAdmin[User], DjangoUserAdmin[User]):
    """Users, found by e-mail or name."""

    add_form = UserAddForm
    form = UserEditForm
    ordering = ["-date_joined"]
    list_display = ["email", "name", "user_type", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "user_type", "date_joined"]
    search_fields = ["email", "name"]
    readonly_fields = ["user_id", "last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["user_id", "email", "password"]}),
        (_("개인 정보"), {"fields": ["name", "gender", "birth_date", "phone"]}),
        (
            _("권한"),
            {"fields": ["user_type", "is_active", "is_staff", "is_superuser", "groups"]},
        ),
        (_("기록"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})
    ]
    filter_horizontal = ["groups"]

    def get_inlines(
        self, request: HttpRequest, obj: User | None
    ) -> list[type[InlineModelAdmin[Any, Any]]]:
        """Return what stands below a user's fields: of a new one, nothing yet."""
        return [UserBlacklistInline] if obj else []

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what goes with users: all of theirs, also what nobody may delete by itself."""
        listed, counts, _refused, held = super().get_deleted_objects(objs, request)
        return listed, counts, set(), held

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Delete one by one, each as `User.delete` does."""
        for user in queryset:
            user.delete()

    def save_model(
        self, request: HttpRequest, obj: User, form: ModelForm[User], change: bool
    ) -> None:
        """Save a user; a new address takes the old one's place, also as what one signs in with."""
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            EmailAddress.objects.filter(user=obj).delete()

    def save_formset(
        self, request: HttpRequest, form: ModelForm[User], formset: Any, change: bool
    ) -> None:
        """Save the blocks with the member of staff who set them."""
        for block in formset.save(commit=False):
            _sign(block, request)
            block.save()
        for block in formset.deleted_objects:
            block.delete()
        formset.save_m2m()


@admin.register(UserBlacklist)
class UserBlacklistAdmin(ShownLookupsAdmin[UserBlacklist]):
    """The block list."""

    list_display = ["user", "reason", "blocked_from", "blocked_until", "blocked_by"]
    list_filter = ["blocked_from", "blocked_until"]
    list_select_related = ["user", "blocked_by"]
    search_fields = ["user__email", "user__name", "reason"]
    autocomplete_fields = ["user"]
    readonly_fields = ["blocked_by", "created_at"]

    def save_model(
        self, request: HttpRequest, obj: UserBlacklist, form: ModelForm[UserBlacklist], change: bool
    ) -> None:
        """Save a block with the member of staff who set it."""
        _sign(obj, request)
        super().save_model(request, obj, form, change)


def _sign(block: UserBlacklist, request: HttpRequest) -> None:
    if block.blocked_by is None and isinstance(request.user, User):
        block.blocked_by = request.user
