"""What is missing, in terms of what can be learnt: skills, topics, answers to practise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from feedback.matching import match
from feedback.matching.evidence import Evidence
from feedback.matching.levels import Mark, highest_degree
from feedback.matching.requirements import Wanted, wanted_of
from feedback.matching.result import Found, Item, Part, PartKind
from gaechwi.skills.folding import fold
from gaechwi.skills.vocabulary import find, shown_by
from resumes.document import ResumeDocument
from studyguides.materials import AskedBy, Gap, GapSource, Material, SetAside, WeakAnswer
from studyguides.reasons import Reason


@dataclass(frozen=True)
class Need:
    """One thing to learn for a gap. Of `options`, names of skills, one is enough.

    Without options it is a `topic` in words. `mark` is the grade or the points that a test has to
    be passed with.
    """

    gap: Gap
    options: tuple[str, ...] = ()
    topic: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Practice:
    """An answer to give again, and the skills that it is about."""

    gap: Gap
    answer: WeakAnswer
    skills: tuple[str, ...]


@dataclass
class Missing:
    """All that is missing: to be learnt, to be practised, and what no study gives."""

    needs: list[Need] = field(default_factory=list)
    practices: list[Practice] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)

    def name(self, gap: Gap, reason: Reason) -> None:
        """Note that a gap is not closed by study."""
        self.set_aside.append(SetAside(gap=gap, reason=reason))


def known_of(resume: ResumeDocument | None) -> frozenset[str]:
    """Return the names of the skills that a résumé shows, with all that they prove."""
    if resume is None:
        return frozenset()
    return frozenset(skill.name for skill in Evidence.of(resume).whole.skills)


def missing_in(material: Material, on: date) -> Missing:
    """Return what is missing as of the day `on`.

    A posting that nobody has compared with the résumé is compared now; without a résumé all that
    it asks is missing.
    """
    missing = Missing()
    resume = material.resume or ResumeDocument()
    for asked in material.asked:
        parts, unchecked = _compared(asked, resume, on)
        enough = _months_are_there(parts)
        for part in parts:
            for item in part.items:
                if item.found != Found.FOUND:
                    gap = _gap(asked, GapSource(part.kind.value), item.text)
                    _read_item(missing, gap, item, resume, enough_months=enough)
        for text in unchecked:
            missing.name(_gap(asked, GapSource.MUST_HAVE, text), Reason.CONDITION)
    for answer in material.answers:
        _read_answer(missing, answer, known_of(material.resume))
    return missing


def _gap(asked: AskedBy, source: GapSource, text: str) -> Gap:
    return Gap(source=source, text=text, posting_id=asked.posting_id)


def _compared(
    asked: AskedBy, resume: ResumeDocument, on: date
) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """Return the parts of a posting, and what of it no résumé can show."""
    if asked.parts is None:
        found = match(resume, asked.posting, on)
        return found.parts, found.unchecked
    return asked.parts, asked.unchecked


def _months_are_there(parts: Iterable[Part]) -> bool:
    return any(
        part.kind == PartKind.EXPERIENCE and all(item.found == Found.FOUND for item in part.items)
        for part in parts
    )


def _read_item(
    missing: Missing, gap: Gap, item: Item, resume: ResumeDocument, *, enough_months: bool
) -> None:
    if gap.source == GapSource.EXPERIENCE:
        missing.name(gap, Reason.EXPERIENCE)
        return
    wanted = wanted_of(item.text)
    of_lacks = [list(_of_lack(lack, gap, item, wanted)) for lack in item.lacks]
    told: list[Need | Reason] = [one for of_lack in of_lacks for one in of_lack]
    told += _beyond_study(wanted, resume, enough_months=enough_months)
    if item.found == Found.PARTLY and not (item.lacks or told):
        told.append(Reason.WRITING)
    elif not told or not all(of_lacks):
        told.append(reason_of(item.text) or Need(gap, topic=item.text))
    for one in told:
        if isinstance(one, Need):
            missing.needs.append(one)
        else:
            missing.name(gap, one)


def _of_lack(lack: str, gap: Gap, item: Item, wanted: Wanted) -> Iterator[Need | Reason]:
    """Yield what a keyword that is missing asks to learn, or why not; nothing of a mere word."""
    names = lack.split(" / ")
    if options := _skills_of(names, wanted):
        of_a_workplace = _is_of_a_workplace(item.text, options)
        yield Reason.EXPERIENCE if of_a_workplace else Need(gap, options)
    elif any(option.majors and option.name in names for group in wanted.groups for option in group):
        yield Reason.DEGREE
    elif lack in _HOMONYMS:
        yield Need(gap, topic=lack)
    elif wanted.mark and lack == wanted.mark.text:
        yield from _better_mark(gap, item, wanted.mark)


# Names that mean something else beside these: the measurement systems of a quality engineer are
# no microservices.
_HOMONYMS = {"MSA": frozenset({"Minitab", "FMEA", "SPC", "APQP", "품질 관리", "6시그마"})}


def _skills_of(names: Iterable[str], wanted: Wanted) -> tuple[str, ...]:
    """Return the skills that a line means by some names."""
    beside = {option.name for group in wanted.groups for option in group}
    meant = (name for name in names if not _HOMONYMS.get(name, frozenset()) & beside)
    return tuple(skill.name for name in meant if (skill := find(name)))


def _beyond_study(
    wanted: Wanted, resume: ResumeDocument, *, enough_months: bool
) -> Iterator[Reason]:
    if wanted.months and not enough_months:
        yield Reason.EXPERIENCE
    if wanted.degree and highest_degree(resume.educations) < wanted.degree:
        yield Reason.DEGREE


def _better_mark(gap: Gap, item: Item, mark: Mark) -> Iterator[Need | Reason]:
    """Yield what to learn where a test was passed, and not well enough; sums must be earned."""
    if mark.won:
        yield Reason.EXPERIENCE
        return
    for name in item.has:
        if skill := find(name):
            yield Need(gap, (skill.name,), mark=mark.text)


_CONDITION = re.compile(
    r"주말|야간|새벽|차량|통근|취미|나오실|상주|나이(?!스)|거주|체력|용모|주간|weekend|relocat"
)
_LICENCE = re.compile(r"자격|면허|보건증|소지|이수|수료|certif|licen[sc]e")
_EXPERIENCE = re.compile(
    r"경력|경험|근무|실적|달성|[가-힣] 본 |[가-힣] ?보신|해 ?본|참여|experience|background"
)


def reason_of(text: str) -> Reason | None:
    """Return why what a line asks beside all known skills cannot be studied; None where it can."""
    folded = fold(text).text
    if _CONDITION.search(folded):
        return Reason.CONDITION
    if _LICENCE.search(folded):
        return Reason.LICENCE
    return Reason.EXPERIENCE if _EXPERIENCE.search(folded) else None


def _is_of_a_workplace(text: str, skills: Iterable[str]) -> bool:
    """Return whether a line asks for work beside people of a certificate: "세무사 사무실 경력"."""
    known = [find(name) for name in skills]
    return reason_of(text) == Reason.EXPERIENCE and all(
        skill is not None and skill.kind == "certificate" for skill in known
    )


def _read_answer(missing: Missing, answer: WeakAnswer, known: frozenset[str]) -> None:
    """Let an answer be given again, after what the résumé lacks of what it was about."""
    gap = Gap(source=GapSource.ANSWER, text=answer.question, question_id=answer.question_id)
    about = sorted(shown_by(answer.basis), key=lambda skill: skill.name)
    missing.needs.extend(
        Need(gap, (skill.name,))
        for skill in about
        if skill.name not in known and skill.kind != "soft_skill"
    )
    missing.practices.append(Practice(gap, answer, tuple(skill.name for skill in about)))
