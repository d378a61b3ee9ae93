"""What is good in the words of a résumé: figures, awards, leadership, stories told to the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from feedback.checks.claims import claim, has_result
from feedback.checks.figures import has_figure
from feedback.checks.finding import Finding
from feedback.checks.sentences import Sentence, clip, excerpt, is_future, written_texts
from feedback.checks.teams import hides_own_part
from feedback.schemas import Division
from resumes.document import ResumeDocument, Section

# A story needs room for its situation, its action and its result.
MIN_STORY_SENTENCES = 3

_FIGURE_WEIGHTS = {Section.EXPERIENCES: 90, Section.PROJECTS: 86, Section.INTRODUCTION: 78}
# What a figure has to do to be a result: move from one value to another, or rank.
_CHANGE = re.compile(
    r"→|->|⇒|에서\s\d[\d,.]{0,12}\s?[가-힣%A-Za-z]{0,6}(?:으로|로)"
    r"|(?:으로|로|까지|넘게|이상)\s?[가-힣]{0,4}\s?(?:줄었|줄어|줄임|줄였|늘었|늘어|늘림|늘렸"
    r"|올랐|오르|오름|올렸"
    r"|내려|짧아|높아|높였|높임|낮아|낮췄|낮춤|빨라|앞당)"
    r"|[한\d]\s?건도 (?:없|나오지|발생하지)|무사고|무재해|무결점|전년 ?대비|\d위"
)
_SHARE = re.compile(r"\d\s?%|\d\s?배(?!로 몰)")
_PROBLEM = re.compile(
    r"(?:사고|불만|민원|장애|문제|오류|지연"
    r"|갈등)[가이는은도]\s[가-힣\s]{0,8}(?:났|발생|많|컸|늘|있었|잦)"
)


def figure(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the achievements that are put in figures, unless they are a team's alone."""
    for written in written_texts(document):
        told = written.section == Section.INTRODUCTION
        for place, sentence in enumerate(written.sentences):
            if not _is_measured(sentence.text, told=told):
                continue
            if hides_own_part(written, place, document):
                continue
            quote = clip(sentence.text)
            measured = _CHANGE.search(sentence.text) is not None
            yield Finding(
                "figure",
                Division.STRENGTH,
                written.section,
                quote,
                _(
                    "‘%(quote)s’ 부분은 성과를 숫자로 보여 주어 믿음이 갑니다. "
                    "면접에서 이 값을 어떻게 재었는지 물을 수 있으니 근거를 준비해 두십시오."
                )
                % {"quote": excerpt(quote)},
                _FIGURE_WEIGHTS.get(written.section, 74) + 2 * measured,
            )


def _is_measured(text: str, *, told: bool) -> bool:
    if is_future(text) or not has_figure(text) or _PROBLEM.search(text):
        return False
    if claim(text, told=told) is not None or has_result(text) or _CHANGE.search(text):
        return True
    # In a list of work a share alone is a result; a story also tells shares of the problem.
    return not told and _SHARE.search(text) is not None


_AWARD = re.compile(
    r"수상(?! ?(?:스포츠|레저|안전|구조|한 ))|최우수상|우수상|장려상|금상|은상|동상(?!이몽)|표창"
    r"|우수 ?사원|공로상|감사패|모범상|입상|MVP"
    r"|대상(?: ?수상|을 (?:받|수상|차지)|\)|$)|우승"
)
# Id of the code division activity_type: 수상.
_AWARD_TYPE = "3"
# How many the award was won among: "출품 12건 중", "300명 가운데".
_FIELD = re.compile(r"\d\s?(?:건|팀|명|개|곳|편|작품|점포|지점|부서)[가-힣 ]{0,6}(?:중|가운데)")
_NOT_WON = re.compile(r"못했|못하|않았|아쉽게|목표")


def award(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the awards, from the titles of activities and from what was written freely."""
    titled = set()
    for index, activity in enumerate(document.activities):
        won = activity.activity_type == _AWARD_TYPE or _AWARD.search(activity.title)
        if won and activity.title:
            titled.add(index)
            told = f"{activity.title}\n{activity.description}"
            yield _award(Section.ACTIVITIES, clip(activity.title), 72, told)
    for written in written_texts(document):
        if written.section == Section.ACTIVITIES and written.index in titled:
            continue
        for sentence in written.sentences:
            text = sentence.text
            if _AWARD.search(text) and not _NOT_WON.search(text) and not is_future(text):
                yield _award(written.section, clip(text), 70, text)


def _award(section: Section, quote: str, weight: int, told: str) -> Finding:
    if _FIELD.search(told):
        text = _(
            "‘%(quote)s’ 내용은 다른 사람이 인정한 성과이고, 몇 가운데 받은 것인지까지 적혀 있어 "
            "설득력이 큽니다."
        )
    else:
        text = _(
            "‘%(quote)s’ 내용은 다른 사람이 인정한 성과라 설득력이 큽니다. "
            "몇 팀(명) 가운데 받은 것인지 함께 적으면 더 돋보입니다."
        )
    return Finding(
        "award", Division.STRENGTH, section, quote, text % {"quote": excerpt(quote)}, weight
    )


_PEOPLE = (
    r"(?:팀원|직원|후배|신입|인원|조원|부원|스태프|크루|간호사|강사|아르바이트생?|알바생?"
    r"|개발자|디자이너|인력|팀|조리사|기사|사원|멘티|단원)"
)
_COUNT = r"(?:\d{1,4}|(?<![가-힣])(?:두|세|네|다섯|여섯|일곱|여덟|아홉|열))여?\s?[명인]"
_HEADCOUNT = re.compile(rf"{_PEOPLE}[^\d]{{0,6}}{_COUNT}|{_COUNT}[^\d]{{0,8}}{_PEOPLE}")
_LEADS = re.compile(
    r"이끌|이끄|리드|리딩|리더|팀장|파트장|조장|총괄|지휘|통솔|양성|멘토|프리셉터|반장|주장|매니징"
)
# Of wares and shops too, so that they have to stand right behind the people.
_LEADS_THEM = re.compile(r"관리|교육|지도|운영|조율|가르")
_LEADS_THEM_REACH = 8


def leadership(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the sentences that tell how many people the applicant led or trained."""
    for written in written_texts(document):
        for sentence in written.sentences:
            text = sentence.text
            if is_future(text) or not _leads(text):
                continue
            quote = clip(text)
            yield Finding(
                "leadership",
                Division.STRENGTH,
                written.section,
                quote,
                _(
                    "‘%(quote)s’ 부분은 몇 사람을 이끌거나 가르쳤는지까지 밝혀 책임의 크기가 "
                    "분명합니다. "
                    "그 결과 팀이 어떻게 달라졌는지를 한 줄 더하면 좋습니다."
                )
                % {"quote": excerpt(quote)},
                76,
            )


def _leads(text: str) -> bool:
    people = _HEADCOUNT.search(text)
    if people is None:
        return False
    behind = text[people.end() : people.end() + _LEADS_THEM_REACH]
    return _LEADS.search(text) is not None or _LEADS_THEM.search(behind) is not None


_SITUATION = re.compile(
    r"당시|원인|걸렸|느렸|넘겼|달랐|떨어졌|문제|어려움|불만|상황|부족|지연|갈등|민원|실수|오류"
    r"|컸습니다|많았습니다|있었습니다"
    r"|반복되|잦았|위기|하락|줄어들|때문"
)
_ACTION = re.compile(
    r"분석|제안|만들|도입|바꾸|바꿨|설계|조사|정리|기획|작성|설득|시작했|시도|적용|개발|배치"
    r"|공유|교육|개편|구축|나누|나눴|점검|기록|확인했"
)
_OUTCOME = re.compile(
    r"결과|덕분에|이후|이로써|그러자|마침내|줄었|줄였|늘었|늘렸|높아|높였|올랐|빨라졌|짧아졌"
    r"|낮아졌|내려갔|감소|증가|향상"
    r"|개선|단축|절감|달성|수상|선정"
)


def story(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the paragraphs that tell situation, action and a result in figures, in that order.

    The quote is the sentence that tells the result.
    """
    for written in written_texts(document):
        if written.section not in (Section.INTRODUCTION, Section.PROJECTS):
            continue
        paragraph: list[Sentence] = []
        for sentence in (*written.sentences, None):
            if sentence and (not paragraph or paragraph[-1].line == sentence.line):
                paragraph.append(sentence)
                continue
            result = _result_of_story(paragraph)
            if result:
                quote = clip(result.text)
                yield Finding(
                    "story",
                    Division.STRENGTH,
                    written.section,
                    quote,
                    _(
                        "상황과 행동을 말한 뒤 ‘%(quote)s’ 문장으로 결과까지 맺어, 어떻게 일하는 "
                        "사람인지가 "
                        "구체적으로 보입니다. 지원하는 일과 가장 가까운 이야기라면 맨 앞에 "
                        "두십시오."
                    )
                    % {"quote": excerpt(quote)},
                    84,
                )
            paragraph = [sentence] if sentence else []


def _result_of_story(paragraph: list[Sentence]) -> Sentence | None:
    if len(paragraph) < MIN_STORY_SENTENCES:
        return None
    situation = next((n for n, s in enumerate(paragraph) if _SITUATION.search(s.text)), None)
    if situation is None:
        return None
    acted = next(
        (n for n, s in enumerate(paragraph) if n >= situation and _ACTION.search(s.text)), None
    )
    if acted is None:
        return None
    for sentence in paragraph[max(acted, situation + 1) :]:
        text = sentence.text
        if _OUTCOME.search(text) and has_figure(text) and not is_future(text):
            return sentence
    return None
