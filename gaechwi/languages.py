"""Korean words on pages in another language: a screen reader has to know that they are."""

from __future__ import annotations

import re

from django.utils.translation import get_language

_HANGUL = re.compile("[가-힣ㄱ-ㅎㅏ-ㅣ]")


def is_foreign_korean(text: object) -> bool:
    """Return whether a text is Korean and the page that it stands on is not."""
    return get_language() != "ko" and bool(_HANGUL.search(str(text)))
