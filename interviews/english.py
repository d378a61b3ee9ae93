"""Knows what an English sentence of an answer tells, for interviews that are held in English.

Korean tells by its endings what was done and by whom; English does so by its words, so a sentence
speaks of the matter where its speaker appears in it, or where it tells something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback.checks.figures import has_figure
from interviews.demands import Element


def _any_of(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


_SPEAKER = _any_of("I", "we", "my", "our", "me", "us")
_ACTOR = _any_of("I", "we")
_TO_THE_JUDGE = _any_of(
    r"you|your|yours|please|candidates?|applicants?|interviewers?|graders?|evaluators?|reviewers?",
    r"judges?|ignore|disregard|full marks|(?:this|the|my) (?:answer|response)|json|prompt",
    r"(?:scores?|ratings?|points?|marks?)(?: of| is| was)?\W{0,3}\d+",
    r"(?:system|assistant|user|developer) ?:",
)
UNKNOWN = _any_of(
    r"(?:do not|don['’]t|did not|didn['’]t) (?:really )?(?:know|remember)|no idea|not sure",
    r"(?:can['’]t|cannot|can not|could not|couldn['’]t) (?:think|remember|recall|come up)",
    r"never (?:done|used|had|experienced)|no (?:such )?experience|next question",
)
# What was not done follows these in the same form as what was.
_DONE = r"(?<!not )(?<!n['’]t )(?<!never )"
_VERBS = re.compile(
    _DONE
    + r"\b(?:analy[sz]ed|built|rebuilt|designed|redesigned|implemented|developed|wrote|rewrote"
    r"|created|made|introduced|proposed|suggested|changed|replaced|refactored|split|tested|measured"
    r"|compared|investigated|traced|debugged|fixed|migrated|moved|automated|deployed|optimi[sz]ed"
    r"|tuned|cached|indexed|added|removed|separated|merged|grouped|organi[sz]ed|arranged|collected"
    r"|taught|trained|coached|mentored|documented|recorded|asked|interviewed|met|talked|listened"
    r"|discussed|negotiated|coordinated|agreed|persuaded|convinced|explained|shared|presented"
    r"|reported|informed|apologi[sz]ed|reviewed|checked|inspected|verified|validated|monitored"
    r"|observed|profiled|calculated|planned|prepared|studied|practi[sc]ed|rehearsed|researched"
    r"|surveyed|led|ran|managed|handled|operated|maintained|supported|helped|set|adjusted|applied"
    r"|adopted|configured|integrated|reduced|cut|shortened|improved|prevented|drew|drafted|scheduled"
    r"|prioriti[sz]ed|standardi[sz]ed|simplified|reorgani[sz]ed|reproduced|isolated|rolled)\b",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    _DONE + r"\b(?:reduced|cut|lowered|decreased|dropped|fell|shrank|shortened|rose|grew|increased"
    r"|raised|improved|doubled|tripled|halved|saved|eliminated|disappeared|vanished|stopped|achieved"
    r"|reached|won|passed|launched|released|shipped|resolved|solved|completed|finished|succeeded"
    r"|recovered|prevented|adopted|praised|awarded|selected|promoted|accepted|went (?:down|up|from)"
    r"|became (?:faster|shorter|easier|quicker|smaller|stable)|met the deadline)\b"
    r"|\b(?:no longer|on time|as a result)\b"
    r"|\bfrom \D{0,12}\d.{0,24}? to \D{0,12}\d",
    re.IGNORECASE,
)
# What grew or fell against one's will is the situation.
_UNWELCOME = _any_of(
    r"(?:complaints?|errors?|costs?|delays?|tickets?|failures?|bugs?|latency|churn|load|times?"
    r"|accidents?|mistakes?|defects?) (?:\w+ ){0,3}(?:increased|rose|grew|doubled|went up)",
    r"(?:sales|revenue|satisfaction|customers|users|trust|scores?|throughput|orders|grades?)"
    r" (?:\w+ ){0,3}(?:dropped|fell|decreased|shrank|halved|went down)",
)
_PAST = _any_of(r"was|were|had|kept|took|came|went|got|did|used to|[a-z]{2,20}ed|left|broke|lost")
_SCENE = _any_of(
    "when|while|during|at (?:the|that) time|back then|at first|initially|originally|joined",
    r"in my (?:first|second|third|last|final|previous|former) \w+|in (?:19|20)\d\d",
    "(?:worked|working) (?:at|as|for|in|on|with)|responsible for|in charge of|interned",
)
_TROUBLE = _any_of(
    "problems?|issues?|bugs?|slow(?:ly|er)?|delay(?:s|ed)?|complain(?:ed|ts?|ing)|errors?|late",
    "fail(?:ed|ing|ures?)|outages?|incidents?|conflicts?|disagree(?:d|ments?)|mistakes?|crash(?:ed)?",
    "difficult(?:y|ies)?|struggl(?:ed|ing)|bottlenecks?|shortages?|short of|lack(?:ed|ing)?",
    r"too (?:long|many|much|few|slow)|timed out|overload(?:ed)?|duplicates?|twice",
)
_REASON = _any_of(
    "because|since (?:the|we|I|it|our|they)|so that|in order to|instead of|rather than|reason",
    r"which is why|that['’]s why|decided|considered|compared|weighed|trade-?offs?|risks?",
    "turned out|(?:found|saw|showed|noticed) that|to (?:avoid|prevent|make sure)",
)
_PLAN = _any_of(
    r"(?:I|we)(?:['’]ll| will| plan to| intend to| am going to| are going to| want to)",
    r"my (?:plan|goal) is|I(?:['’]m| am) (?:currently |now |also )?(?:studying|learning|taking"
    "|preparing|practi[sc]ing|reading|building|working through|going through|planning)",
)
_DATED = _any_of(
    r"\d+ ?(?:minutes?|hours?|days?|weeks?|months?|chapters?|times?)|every \w+|daily|weekly",
    r"by (?:the end|next|january|february|march|april|may|june|july|august|september|october"
    "|november|december)|within|courses?|lectures?|books?|exams?|certificates?|certifications?",
    r"(?:one|two|three|four|five|six|ten) (?:hours?|days?|weeks?|months?)",
)
_LESSON = _any_of(
    "learn(?:ed|t)|reali[sz]ed|understood|taught me|since then|from then on|habits?|took away"
)
_VAGUE = _any_of(
    r"(?:worked|work|tried|try) (?:very |really |so )?hard|(?:did|do|tried|gave) (?:my|our) best",
    "hard-?working|passion(?:ate)?|team player|(?:fast|quick) learner|detail-?oriented|diligent",
    "(?:good|great|excellent|strong) (?:communicator|communication|attitude|sense of duty)",
    "strong sense of responsibility|positive (?:attitude|person|mindset)|highly motivated",
    "sincere(?:ly)?|people person",
)
_VAGUE_AMOUNT = _any_of(
    "significant(?:ly)?|dramatic(?:ally)?|greatly|a lot|huge(?:ly)?|considerabl[ey]",
    "substantial(?:ly)?",
)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_COUNTED = _any_of("doubled|tripled|halved|by half|in half|by a (?:third|quarter)")


def is_said(plain: str) -> bool:
    """Return whether a sentence speaks of the matter, rather than to whoever judges it."""
    if _TO_THE_JUDGE.search(plain):
        return False
    return bool(_SPEAKER.search(plain) or any(elements(plain)))


def elements(plain: str) -> Iterator[Element]:
    """Yield what a sentence tells. Praise in general terms tells of no result and no plan."""
    plans = _PLAN.search(plain)
    unwelcome = _UNWELCOME.search(plain)
    result = _OUTCOME.search(plain) and not (plans or unwelcome or _is_praise(plain))
    scene = _SCENE.search(plain) or (_TROUBLE.search(plain) and not result)
    if unwelcome or (scene and _PAST.search(plain)):
        yield Element.SITUATION
    if verbs(plain):
        yield Element.ACTION
    if _is_praise(plain):
        return
    if _REASON.search(plain):
        yield Element.REASON
    if result:
        yield Element.RESULT
        if _is_measured(plain):
            yield Element.FIGURE
    if _LESSON.search(plain):
        yield Element.LESSON
    if plans:
        yield Element.PLAN
        if _DATED.search(plain):
            yield Element.FIGURE


def verbs(plain: str) -> frozenset[str]:
    """Return the ways of acting that a sentence names as the speaker's own."""
    return frozenset(_VERBS.findall(plain.lower())) if _ACTOR.search(plain) else frozenset()


def is_vague(plain: str) -> bool:
    """Return whether anybody could say a sentence, or a result is called large and not measured."""
    sized = _is_measured(plain) or not _OUTCOME.search(plain) or not _VAGUE_AMOUNT.search(plain)
    return _is_praise(plain) or not sized


def _is_praise(plain: str) -> bool:
    return bool(_VAGUE.search(plain)) and not _is_measured(plain)


def _is_measured(plain: str) -> bool:
    return has_figure(_YEARS.sub(" ", plain)) or bool(_COUNTED.search(plain))
