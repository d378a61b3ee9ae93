from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypedDict

from django.core.cache import cache
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

CACHE_KEY = "codes"
# Two edits in the same instant may leave the older map in the cache: no longer than this.
CACHE_SECONDS = 300


class CodeRow(TypedDict):
    """One entry of the code table as the cache keeps it; its fields are those of the API."""

    code_id: int
    division: str
    detail_id: str
    code_detail: str
    order: int


CodeMap = dict[str, dict[str, CodeRow]]


def _words(code: CodeRow) -> str:
    detail = code["code_detail"]
    return gettext(detail)


# What was read for the request in hand, in a list of one; None outside of requests.
_read: ContextVar[list[CodeMap] | None] = ContextVar("codes", default=None)


class CodeManager(models.Manager["Code"]):
    """Codes, in the order staff gave them."""

    @contextmanager
    def read_once(self) -> Iterator[None]:
        """Let what happens inside see the codes as they stand at its first look at them."""
        token = _read.set([])
        try:
            yield
        finally:
            _read.reset(token)

    def as_map(self) -> CodeMap:
        """Return {division: {detail_id: code}} from the cache, or else the database.

        It is shared, and not to be changed.
        """
        read = _read.get()
        if read is None:
            return self._shared_map()
        if not read:
            read.append(self._shared_map())
        return read[0]

    def _shared_map(self) -> CodeMap:
        codes: CodeMap | None = cache.get(CACHE_KEY)
        if codes is None:
            codes = self._read_map()
            # add, not set: a map read before an edit must not replace the one read after it.
            cache.add(CACHE_KEY, codes, CACHE_SECONDS)
        return codes

    def choices(self, division: str) -> list[tuple[str, str]]:
        """Return (detail_id, words in the language of the page) of a division."""
        return [
            (detail_id, _words(code)) for detail_id, code in self.as_map().get(division, {}).items()
        ]

    def translations(self, division: str) -> dict[str, str]:
        """Return {words in the table: words in the language of the page} of a division."""
        codes = self.as_map().get(division, {}).values()
        return {code["code_detail"]: _words(code) for code in codes}

    def detail(self, division: str, detail_id: str) -> str:
        """Return the words of a code in the language of the page, "" for an unknown one."""
        code = self.as_map().get(division, {}).get(detail_id)
        return _words(code) if code else ""

    def as_list(self, division: str | None = None) -> list[CodeRow]:
        """Return the codes of a division, or all, with their words in the language of the page."""
        divisions = self.as_map()
        chosen = divisions.values() if division is None else [divisions.get(division, {})]
        return [
            {**code, "code_detail": _words(code)} for codes in chosen for code in codes.values()
        ]

    def refresh_cache(self) -> None:
        """Put the map as it stands in the database into the shared cache."""
        cache.set(CACHE_KEY, self._read_map(), CACHE_SECONDS)
        if (read := _read.get()) is not None:
            read.clear()

    def _read_map(self) -> CodeMap:
        codes: CodeMap = {}
        for code in self.all():
            codes.setdefault(code.division, {})[code.detail_id] = {
                "code_id": code.code_id,
                "division": code.division,
                "detail_id": code.detail_id,
                "code_detail": code.code_detail,
                "order": code.order,
            }
        return codes


class Code(models.Model):
    """One entry of the code table: what staff may rename and reorder without a release."""

    code_id = models.BigAutoField(primary_key=True)
    division = models.CharField(_("분류"), max_length=50)
    detail_id = models.CharField(_("코드"), max_length=50)
    code_detail = models.CharField(_("이름"), max_length=50)
    order = models.PositiveSmallIntegerField(_("순서"), default=0)

    objects = CodeManager()

    class Meta:
        ordering = ["division", "order", "code_id"]
        verbose_name = _("코드")
        verbose_name_plural = _("코드")
        constraints = [
            models.UniqueConstraint(fields=["division", "detail_id"], name="code_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.detail_id} {self.code_detail}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and refresh the map that every process reads."""
        super().save(*args, **kwargs)
        transaction.on_commit(Code.objects.refresh_cache)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and refresh the map that every process reads."""
        deleted = super().delete(*args, **kwargs)
        transaction.on_commit(Code.objects.refresh_cache)
        return deleted
