"""The technologies and other Latin names of a text, and its links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feedback.invented.plain import plain

_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'(){}\[\],|]{1,500}"
    r"|(?<![\w@.])(?:[a-z0-9-]{1,40}\.){1,3}(?:com|net|org|io|kr|dev|me|app|ai|example)(?:/[^\s<>\"'(){}\[\],|]{0,300})?(?![\w.])",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,100}")
_LATIN = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+#]{0,30}(?:[./&-][A-Za-z0-9+#]{1,20}){0,3}"
)
# Words in which Latin letters could be replaced unseen. χ² and μm stand for themselves.
_LETTERS = re.compile("[A-Za-z\u0370-\u03ff\u0400-\u052f]{2,}")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_GREEK_AS_LATIN = re.compile("[A-Za-z][ΑΒΕΖΗΙΚΜΝΟΡΤΥΧικνορυχ]|[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧικνορυχ][A-Za-z]")

# Words of any office, and of how texts are built: naming one adds no fact.
_EVERYDAY = frozenset(
    [
        "it",
        "pc",
        "cs",
        "kpi",
        "okr",
        "ceo",
        "hr",
        "pr",
        "qa",
        "qc",
        "b2b",
        "b2c",
        "tf",
        "mou",
        "sns",
        "faq",
        "pdf",
        "ppt",
        "a/b",
        "ab",
        "db",
        "api",
        "apis",
        "rest",
        "restful",
        "ui",
        "ux",
        "ui/ux",
        "ok",
        "no",
        "vs",
        "before",
        "after",
        "star",
        "situation",
        "task",
        "action",
        "result",
        "problem",
        "solution",
        "role",
        "project",
        "team",
        "leader",
        "of",
        "the",
        "and",
        "to",
        "in",
        "for",
        "by",
        "with",
        "p50",
        "p90",
        "p95",
        "p99",
        "sla",
        "slo",
        "e2e",
        "poc",
        "mvp",
        "roi",
        "r&d",
        "rnd",
        "url",
        "web",
        "www",
        "http",
        "https",
        "json",
        "csv",
        "html",
        "id",
        "app",
        "ios",
        "pm",
        "pl",
        "po",
        "cto",
        "ceo",
        "cfo",
        "lead",
        "am",
        "pm",
        "tv",
        "ms",
        "kg",
        "km",
        "gb",
        "tb",
        "ppm",
        "tps",
        "m",
        "cm",
        "mm",
        "g",
        "t",
        "n",
        "s",
        "l",
        "ml",
        "usd",
        "krw",
        "eu",
        "usa",
        "uk",
        "nfc",
        "inc",
        "ltd",
        "co",
    ]
)


@dataclass(frozen=True)
class Link:
    """A link: what is compared, and its place."""

    key: str
    start: int
    end: int


def links(text: str) -> Iterator[Link]:
    """Yield the links of a plain text."""
    for match in _URL.finditer(text):
        written = match.group().rstrip(".,;:!?")
        yield Link(link_key(written), match.start(), match.start() + len(written))


def link_key(link: str) -> str:
    """Return a link without what makes no difference: scheme, www and a slash at the end."""
    return (
        re.sub(r"^(?:https?://)?(?:www\.)?", "", link.strip(), flags=re.IGNORECASE)
        .rstrip("/")
        .lower()
    )


def without_links(text: str) -> str:
    """Return a text with links and addresses blanked out."""
    blanked = _EMAIL.sub(lambda match: " " * len(match.group()), text)
    return _URL.sub(lambda match: " " * len(match.group()), blanked)


@dataclass(frozen=True)
class LatinName:
    """A name in Latin letters, or in such as look like them.

    What is compared, how it is written, and where it begins.
    """

    key: str
    text: str
    start: int


def latin_names(text: str) -> Iterator[LatinName]:
    """Yield the Latin names of a plain text without links, ordinary office words left out."""
    for match in _LETTERS.finditer(text):
        written = match.group()
        if _CYRILLIC.search(written) or _GREEK_AS_LATIN.search(written):
            yield LatinName(written.lower(), written, match.start())
    for match in _LATIN.finditer(text):
        written = match.group()
        key = latin_key(written)
        if len(key) > 1 and key not in _EVERYDAY and written.lower() not in _EVERYDAY:
            yield LatinName(key, written, match.start())


def names_of(titles: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds these technologies in a plain text, None where there are none.

    Names of one letter are too short to be told from words.
    """
    names = {plain(title).strip() for title in titles}
    written = sorted((n for n in names if len(n) > 1), key=len, reverse=True)
    if not written:
        return None
    either = "|".join(re.escape(name) for name in written)
    return re.compile(rf"(?<![A-Za-z0-9가-힣])(?:{either})(?![A-Za-z0-9])", re.IGNORECASE)


def latin_key(name: str) -> str:
    """Return a Latin name without capitals, marks and ".js": Vue.js is vue."""
    lowered = name.lower()
    if lowered.endswith(".js"):
        lowered = lowered.removesuffix(".js")
    return re.sub(r"[^a-z0-9+#]", "", lowered)
