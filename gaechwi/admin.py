"""What the admin's lists of all apps have in common."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

ModelT = TypeVar("ModelT", bound=Model)


class ShownLookupsAdmin(admin.ModelAdmin[ModelT]):
    """Lets lists be narrowed by what they offer, and by nothing else.

    Django allows every column in the address of a list: asked letter by letter, it tells what no
    page shows.
    """

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Return whether the address of a list may ask so."""
        offered = {"pk", self.opts.pk.name, self.date_hierarchy, *self.get_list_filter(request)}
        return lookup.partition("__")[0] in offered and super().lookup_allowed(
            lookup, value, request
        )


class ReadOnlyAdmin(ShownLookupsAdmin[ModelT]):
    """Shows rows that come, change and go by themselves: nobody makes, edits or deletes them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False
