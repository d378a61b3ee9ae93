"""Names that no list and no ending gives away: nouns that stand in no dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedback.invented.plain import sentences
from feedback.matching.morphology import morphemes
from gaechwi.skills.folding import fold

_HANGUL = re.compile("[가-힣]{2,}")
# Loanwords of offices and trades, which say in other words what was done, and name nothing: by
# their endings, and those that have none.
_LOANWORD = re.compile(
    "[가-힣]*(?:링|싱|팅|딩|닝|핑|깅|밍|빙|이징|션|먼트|빌리티|언스|니스)"
    "|멱등성?|레거시|핫픽스|롤백|퍼널|얼라인|모놀리식|스레드|커넥션풀|역정규화|마일스톤|유즈케이스|유저스토리|썸네일|릴스"
    "|바이럴|인플루언서|해시태그|루브릭|컴플라이언스|포카요케|카이젠|마리네이드|미장플라스|뵈르블랑|수비드|콤비네이션"
    "|워크플로우?|온콜|백필|옵트인|옵트아웃|랜딩|리드타임|스프레드|패치노트|릴리스|릴리즈|이슈업|싱크업|팔로업|팔로우업"
    "|드레싱|라운딩|인계장|투두|체크업|레퍼런스|어젠다|아젠다|컨센서스|크로스체크|더블체크|위클리|데일리|먼슬리|피크타임|러시타임"
    "|밀프렙|핸드오프|핸드오버|워크스루|페인포인트|유저저니|굿즈|콜라보|콜라보레이션|쇼츠|숏폼|롱폼"
)
# A word that the analyser does not know may keep its particle.
_PARTICLE = re.compile("(?<=[가-힣]{2})(?:으로|에서|[로와과을를은는이가의에도])$")


@dataclass(frozen=True)
class UnknownName:
    """A noun of no dictionary: how it is written without its particle, and where."""

    text: str
    start: int
    end: int


def unknown_names(text: str) -> Iterator[UnknownName]:
    """Yield the Korean nouns of a plain text that stand in no dictionary."""
    for begin, sentence in sentences(text):
        folded = fold(sentence)
        for token in morphemes(sentence):
            if token.oov and token.tag in ("NNG", "NNP") and _HANGUL.fullmatch(token.form):
                start, end = folded.original(token.start, token.end)
                name = _PARTICLE.sub("", sentence[start:end])
                if not _LOANWORD.fullmatch(name):
                    yield UnknownName(name, begin + start, begin + start + len(name))
