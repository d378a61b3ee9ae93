"""Text out of files of strangers. Nothing here knows Django: it runs in a process of its own."""

from __future__ import annotations

# How kinds of files are told apart: by what their names end in, and by what they hold.
KINDS = ("pdf", "docx", "json", "txt")
MAX_PAGES = 100
# Several times what the longest résumés hold.
MAX_TEXT = 60_000


class UnreadableError(Exception):
    """A file that no text can be had from; `problem` is a value of `imports.models.Problem`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem
