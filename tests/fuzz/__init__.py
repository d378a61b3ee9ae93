"""Random input: a fixed budget in CI, as long as `FUZZ_EXAMPLES` says by `make fuzz`."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "40"))

# In CI the same examples each time: a change fails for what it does. The longer run looks further.
budget = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="FUZZ_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)

# What programs of all kinds stumble over, beside what hypothesis thinks of by itself.
_STUMBLING_BLOCKS = [
    "",
    " \t\n\u3000\u00a0",
    "\0",
    "\u200b\u2060\ufeff",
    "\u202eabc\u202c",
    "ㅎㅏㄴㄱㅡㄹ 한글",
    "👩🏽‍💻" * 5,
    "'; DROP TABLE resumes_resume; --",
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% now 'Y' %} ${7*7} %s %(x)s {0}",
    "../../../../etc/passwd",
    "=1+1|cmd",
    "0000-00-00",
    "2026-02-30",
    "9999-12-31",
    "-1",
    "1e309",
    "٣٤",
    str(10**40),
    "a" * 300,
    "가" * 10_001,
    "(" * 2_000,
]


def texts(*likely: str, max_size: int = 60) -> st.SearchStrategy[str]:
    """Return texts: likely ones, those that programs stumble over, and any."""
    # Half a character can be sent by no client.
    anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=max_size)
    blocks = st.sampled_from(_STUMBLING_BLOCKS)
    return st.one_of(st.sampled_from(likely), blocks, anything) if likely else blocks | anything


def spliced(whole: bytes) -> st.SearchStrategy[bytes]:
    """Return a file with parts left out, repeated, or replaced by others."""

    def splice(edits: list[tuple[int, int, bytes]]) -> bytes:
        data = whole
        for start, length, put in edits:
            at = start % (len(data) + 1)
            data = data[:at] + put + data[at + length :]
        return data

    edit: st.SearchStrategy[Any] = st.tuples(
        st.integers(0, 2**20), st.sampled_from([0, 1, 4, 100, 10_000]), st.binary(max_size=12)
    )
    return st.lists(edit, max_size=6).map(splice)
