"""Achievements of a team: whether the applicant's own part in them can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from feedback.checks.claims import claim
from feedback.checks.finding import Finding
from feedback.checks.phrases import any_of
from feedback.checks.sentences import WrittenText, clip, excerpt, written_texts
from feedback.schemas import Division
from resumes.document import ResumeDocument, Section

_UNIT = "(?:팀|본부|부서|사업부|센터|지점|매장|병동|파트|학과|학회|동아리)"
# Somebody else's unit is often named for its work only: "재무팀이 쓰는 화면을 고쳐 …".
_NOT_ITS_WORK = r"(?!(?:[^\s]{1,10}\s){0,2}[^\s]{0,10}[는던한된운할]\s)"
# A team as the subject. "마케팅팀에서 근무하며" only says where the applicant worked.
_TEAM = any_of(
    r"(?:(?<![가-힣A-Za-z])(?:저희|우리) ?팀|(?<![가-힣A-Za-z])팀)(?:에서|은|이|으로|이 함께)\s"
    r"(?!(?:근무|일하|재직|담당|맡|인턴))",
    r"(?<![가-힣A-Za-z])(?:저희|우리)[는가]\s",
    rf"(?<![가-힣A-Za-z])(?:저희|우리) (?:{_UNIT}|조|반)(?:은|는|이|가|에서)\s",
    rf"[가-힣A-Za-z\d]{_UNIT}[은는이가]\s{_NOT_ITS_WORK}",
    r"(?<![가-힣])(?:전|온) ?(?:부서|직원|사원|팀원|구성원|교직원)(?:들)?[은는이가]\s",
    "합심|한마음|힘을 모아|힘을 합쳐|힘을 합해|머리를 맞대|의기투합",
    r"(?:팀원|부서원|동료|부원|조원|직원|멤버|구성원|친구|선배|팀)(?:들)?[과와]\s(?:다\s?)?"
    r"(?:함께|같이|협력|협업|힘을)",
    r"(?:팀 전체|팀 모두|팀원 모두|팀원 전체|모두|다|다 같이|다함께)[가]?\s(?:함께|같이|협력|힘을)",
    r"팀원(?:들)?(?:과의|간)? ?(?:협업|협력)(?:을 통해|으로|하여|해)",
    r"(?:^|,\s|\.\s)함께\s",
)
# A share in what a unit achieved ("본부의 매출 목표 달성에 기여"), …
_SHARE = re.compile(
    rf"(?:{_UNIT}|회사|조직)의\s(?P<of>[^,.]{{1,40}})에\s?(?:크게 )?"
    r"(?:기여|일조|이바지|동참|힘을 보[태탰])"
)
# … unless it says by doing what: a verb goes before ("양식을 만들어 기간 단축에 기여").
_BY_DOING = re.compile(r"(?:[해여어아켜려워꿔춰며고]|통해|으로써)\s")
_OWN_PART = any_of(
    "제가|제 역할|저의 역할|본인|직접|담당|맡[아았은음]|주도|총괄|역할|책임지고",
    "리드|리더|이끌|팀장|조장|기획자로|개발자로",
)
_OWN_SENTENCE = re.compile(r"저는\s")
_TEAM_RESULT = any_of(
    r"수상|상을 (?:받|탔)|대상을|우승|입상|\d위|선정|성공|성과|출시|완성|마무리|해결|오픈|마쳤|"
    r"마침|완료|취득|획득|돌파|(?:점|등급|평가|표창)[을를] (?:[가-힣]{1,4} )?받[았음]"
)


def hides_own_part(written: WrittenText, place: int, document: ResumeDocument) -> bool:
    """Return whether a sentence tells what a team achieved, and nothing what the applicant did."""
    if written.section == Section.PROJECTS and document.projects[written.index or 0].role:
        return False
    text = written.sentences[place].text
    share = _SHARE.search(text)
    if share is None or _BY_DOING.search(text[: share.end("of")]):
        told = written.section == Section.INTRODUCTION
        if not _TEAM.search(text):
            return False
        if claim(text, told=told) is None and not _TEAM_RESULT.search(text):
            return False
    if _OWN_PART.search(text):
        return False
    return not any(
        _OWN_PART.search(near.text) or _OWN_SENTENCE.match(near.text)
        for near in written.context(place)
    )


def own_part_unclear(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the achievements of a team in which the applicant's own part cannot be seen."""
    for written in written_texts(document):
        for place, sentence in enumerate(written.sentences):
            if not hides_own_part(written, place, document):
                continue
            quote = clip(sentence.text)
            yield Finding(
                "own_part_unclear",
                Division.IMPROVEMENT,
                written.section,
                quote,
                _(
                    "‘%(quote)s’ 부분은 팀의 성과로 읽혀서, 지원자가 한 일을 가려낼 수 없습니다. "
                    "‘팀 ○명 가운데 제가 맡은 일은 ○○이고, 그 결과 ○○했습니다’처럼 "
                    "본인의 몫을 한 문장으로 밝혀 주십시오."
                )
                % {"quote": excerpt(quote)},
                58,
            )
