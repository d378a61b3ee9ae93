"""Splits what an applicant wrote into sentences and bullets, and knows how Korean ones end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import islice

from resumes.document import ResumeDocument, Section

# A quote longer than this is no longer found at a glance on the page that highlights it.
QUOTE_LIMIT = 200
# Within a remark the quoted words are a reminder only: the page shows the whole quote beside it.
EXCERPT_LIMIT = 60
# Rules look at this much of one sentence, so that a text without a full stop costs no more than
# one with many. A sentence of this length is reported for its length anyway.
READ_LIMIT = 1000

# A text of ten thousand characters cut into bullets of two words; no applicant writes more.
MAX_SENTENCES = 1000

WRITTEN_FIELDS = frozenset({"introduction", "description"})

_INLINE_BULLETS = re.compile(r"[•▪■◆▶►‣✔✓]")
_BULLET = re.compile(
    r"(?:[-–—*•▪■◆▶►‣※✔✓·ㆍ>]|[○●□◇◦▷](?=\s)|\(?\d{1,2}[.)](?!\d)|[①-⑳]"
    r"|[가나다라마바사아자차카타파하][.)])\s{0,5}"
)
_BOUNDARY = re.compile(r"(?<=[^\d][.!?。])\s+|(?<=다\.)(?=[가-힣\"'“‘(])|(?<=니다)\s+(?=[가-힣])")
_CLOSING = " .!?。,;:)]}\"'”’」』~"
# Openings by which a sentence speaks of the one before it.
_REFERS_BACK = re.compile(
    r"(?:이렇게|이처럼|그렇게|그처럼|이런|이러한|그런|그러한|이것|그것|이를|이로|덕분|그래서|따라서|결국"
    r"|결과적으로|그만큼|[이그] (?:과정|경험|일|기간|결과|덕|덕분|방법|방식|제안|노력|때))"
)
_RESULT_LINK = re.compile(
    r"(?:그 결과|결과적으로|그래서|덕분에|그 덕분에|이를 통해|이로써|이로 인해|이후|실제로"
    r"|예를 들어|특히|→|=>|⇒)"
)


class Ending(Enum):
    """The speech levels that a résumé should not mix."""

    POLITE = "합니다"
    PLAIN = "한다"
    NOMINAL = "함"


@dataclass(frozen=True)
class Sentence:
    """One sentence or bullet; `text` stands literally in its passage, `length` is its full length.

    `line` and `indent` say where in the passage it stood, `closed` whether a full stop ended it.
    """

    text: str
    length: int
    line: int
    indent: int
    closed: bool


@dataclass(frozen=True)
class WrittenText:
    """A text the applicant wrote freely: the introduction or a description."""

    section: Section
    index: int | None
    text: str
    sentences: tuple[Sentence, ...]

    def context(self, place: int) -> Iterator[Sentence]:
        """Yield the sentences that speak of the same matter as the one at `place`.

        These are its neighbours in a paragraph, bullets indented below it, and a next sentence
        that opens as its result ("그 결과 …").
        """
        here = self.sentences[place]
        if place and self.sentences[place - 1].line == here.line:
            yield self.sentences[place - 1]
        for following in self.sentences[place + 1 : place + 4]:
            if following.line != here.line and following.indent <= here.indent:
                break
            yield following
            if following.line == here.line:
                break
        if place + 1 < len(self.sentences) and _RESULT_LINK.match(self.sentences[place + 1].text):
            yield self.sentences[place + 1]

    def explanation(self, place: int) -> Iterator[Sentence]:
        """Yield the sentences of `context` that could make the one at `place` concrete.

        What comes behind explains. What comes before does so only for a sentence that refers back
        to it: a figure that merely stands in the paragraph measures something else.
        """
        here = self.sentences[place]
        refers_back = _REFERS_BACK.match(here.text) is not None
        before = self.sentences[place - 1] if place else None
        for near in self.context(place):
            if near is not before or refers_back:
                yield near

    def measure(self, place: int) -> Iterator[Sentence]:
        """Yield the sentences of `context` whose figures could measure the claim at `place`.

        The one before does so where it speaks of the same thing, too.
        """
        yield from self.explanation(place)
        here = self.sentences[place]
        if place and self.sentences[place - 1].line == here.line:
            before = self.sentences[place - 1]
            if _content_words(before.text) & _content_words(here.text):
                yield before


_WORD = re.compile(r"[가-힣A-Za-z]{2,}")
_PARTICLES = re.compile(r"(?<=[가-힣A-Za-z]{2})(?:에서|으로|까지|부터|[을를이가은는에의로도과와])$")


def _content_words(text: str) -> set[str]:
    """Return the words of a text without their particles: 욕창을 and 욕창은 are one word."""
    return {_PARTICLES.sub("", word) for word in _WORD.findall(text)}


def written_texts(document: ResumeDocument) -> Iterator[WrittenText]:
    """Yield the introduction and every description of a résumé, split into sentences."""
    for passage in document.passages():
        if passage.field in WRITTEN_FIELDS:
            yield WrittenText(passage.section, passage.index, passage.text, split(passage.text))


@lru_cache(maxsize=256)
def split(text: str) -> tuple[Sentence, ...]:
    """Return the sentences and bullets of a text, without bullet marks; each is a part of it."""
    # Every check asks for the sentences of the same few texts.
    return tuple(islice(_sentences(text), MAX_SENTENCES))


def whole_sentences(text: str) -> Iterator[str]:
    """Yield every sentence and bullet of a text as `split` does, but however many and long."""
    for words, _line, _indent in _pieces(text):
        if any(character.isalnum() for character in words):
            yield words


def _sentences(text: str) -> Iterator[Sentence]:
    for words, number, indent in _pieces(text):
        if any(character.isalnum() for character in words[:READ_LIMIT]):
            closed = words[-1] in ".!?。"
            yield Sentence(words[:READ_LIMIT], len(words), number, indent, closed)


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield what stands between the boundaries of a text, with its line and that line's indent."""
    for number, line in enumerate(text.splitlines()):
        if not line or line.isspace():
            continue
        indent = len(line) - len(line.lstrip())
        for item in _INLINE_BULLETS.split(line):
            words = item.strip()
            if not words:
                continue
            bullet = _BULLET.match(words)
            if bullet:
                words = words[bullet.end() :].strip()
            for part in _BOUNDARY.split(words):
                yield part.strip(), number, indent


def clip(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Return the beginning of a text, cut at a line end or a space, for use as a quote."""
    first_line = text.strip().split("\n", 1)[0].strip()
    if len(first_line) <= limit:
        return first_line
    cut = first_line[:limit]
    return cut.rsplit(" ", 1)[0].strip() or cut


def excerpt(text: str) -> str:
    """Return words of a quote short enough to stand inside a remark."""
    cut = clip(text, EXCERPT_LIMIT).rstrip(".")
    return f"{cut}…" if len(cut) < len(text.strip().rstrip(".")) else cut


_NOMINAL = re.compile(
    r"(?:[했었았였됐있없겠받얻맡찾쌓높많같좋]음|함|됨|(?:[이높줄보쓰]|담당자|업무)임|시킴|일으킴"
    r"|[해뤄려어]\s?냄"
    r"|늘림|올림|[아어가]짐|이룸|다룸|낮춤|갖춤|거둠|만듦|만듬|[해워어]\s?줌|나눔|배움)$"
)
_NOMINAL_NOUNS = (
    "포함",
    "결함",
    "명함",
    "보관함",
    "성실함",
    "꼼꼼함",
    "책임",
    "배움",
    "나눔",
    "쓰임",
)
_PLAIN = re.compile(r"[했았었였됐한된인이있없같렸겼켰냈췄웠운룬진낀른]다$")


def ending(sentence: Sentence) -> Ending | None:
    """Return the speech level a sentence ends in, None where it ends in a bare noun."""
    words = sentence.text.rstrip(_CLOSING)
    if words.endswith("니다"):
        return Ending.POLITE
    if _PLAIN.search(words[-3:]):
        return Ending.PLAIN
    if not words.endswith(_NOMINAL_NOUNS) and _NOMINAL.search(words[-6:]):
        return Ending.NOMINAL
    return None


_JONGSEONG_COUNT = 28
_SSANG_SIOT = 20
_HANGUL_BASE, _HANGUL_LAST = "가", "힣"


def ends_in_ssang_siot(text: str) -> bool:
    """Return whether the last syllable of a text is closed by ㅆ: 했, 줄였, and also 있 and 겠."""
    last = text[-1:]
    return _HANGUL_BASE <= last <= _HANGUL_LAST and (
        (ord(last) - ord(_HANGUL_BASE)) % _JONGSEONG_COUNT == _SSANG_SIOT
    )


def is_past(text: str) -> bool:
    """Return whether a sentence tells of something done: 했다, 줄였고, 달성함.

    The past of every Korean verb is a syllable closed by ㅆ; 있- and 겠- are so without being past.
    """
    if text.rstrip(_CLOSING).endswith(("함", "됨", "시킴", "줄임", "높임", "늘림")):
        return True
    return any(ends_in_ssang_siot(letter) and letter not in "있겠" for letter in text)


_FUTURE = re.compile(
    r"(?:겠습니다|겠다|겠음|싶습니다|싶다|싶었습니다|것입니다|고자 ?합니다|고자 ?함"
    r"|(?:목표|계획|예정|포부|각오)(?:입니다|이다|임))$"
)


def is_future(text: str) -> bool:
    """Return whether a sentence ends as a promise or a wish rather than as a fact."""
    return _FUTURE.search(text.rstrip(_CLOSING)[-12:]) is not None
