"""What a part of a source résumé states: a rewritten text is held against it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from feedback.invented.days import WrittenDate, without_dates, written_dates
from feedback.invented.invention import InventionKind
from feedback.invented.names import UnknownName, unknown_names
from feedback.invented.plain import Spelled, compact, spelled
from feedback.invented.quantities import Quantity, joined, quantities
from feedback.invented.technologies import (
    LatinName,
    Link,
    latin_key,
    latin_names,
    links,
    without_links,
)
from feedback.invented.units import MONTHS, agree
from feedback.invented.words import FactWord, fact_words, implied_words, spelled_alike
from gaechwi.skills.vocabulary import Mention, mentions, proven_by

# What a rewriting may not add; what kind of work somebody does is not one thing to be checked.
_SKILLS = frozenset({"technology", "tool", "certificate"})


@dataclass(frozen=True)
class Read:
    """A text of a résumé, read once."""

    text: str

    @cached_property
    def spelled(self) -> Spelled:
        """The text in one spelling."""
        return spelled_alike(spelled(self.text))

    @property
    def plain(self) -> str:
        """The letters of `spelled`; all places in what is read are places here."""
        return self.spelled.text

    def original(self, start: int, end: int) -> str:
        """Return the words of the text that stand at a place of `plain`."""
        start, end = self.spelled.original(start, end)
        return self.text[start:end].strip()

    @cached_property
    def dates(self) -> list[WrittenDate]:
        """Its dates."""
        return list(written_dates(self.plain))

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Its figures, without those of dates and links."""
        return quantities(without_dates(without_links(self.plain)))

    @cached_property
    def words(self) -> list[FactWord]:
        """Its words that state facts; the company in the name of a tool is none: 구글 애즈."""
        named = {place for m in self.skills for place in range(m.start, m.end)}
        found = fact_words(without_links(self.plain))
        return [w for w in found if w.kind != InventionKind.COMPANY or w.start not in named]

    @cached_property
    def skills(self) -> list[Mention]:
        """The technologies, tools and certificates that it says the applicant has."""
        found = mentions(without_links(self.plain))
        return [m for m in found if m.skill.kind in _SKILLS and not m.negated]

    @cached_property
    def names(self) -> list[LatinName]:
        """Its Latin names."""
        return list(latin_names(without_links(self.plain)))

    @cached_property
    def unknown_names(self) -> list[LatinName]:
        """Its Latin names beside the skills that the vocabulary knows."""
        known = {place for m in self.skills for place in range(m.start, m.end)}
        return [name for name in self.names if name.start not in known]

    @cached_property
    def unknown_nouns(self) -> list[UnknownName]:
        """Its nouns of no dictionary, beside all skills that the vocabulary knows."""
        plain = without_links(self.plain)
        known = {place for m in mentions(plain) for place in range(m.start, m.end)}
        return [name for name in unknown_names(plain) if name.start not in known]

    @cached_property
    def links(self) -> list[Link]:
        """Its links."""
        return list(links(self.plain))


@dataclass
class Stated:
    """All that some texts of a source state, with the days and words that its fields hold."""

    texts: list[Read]
    days: list[date] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    derived: set[str] = field(default_factory=set)

    @cached_property
    def compact(self) -> str:
        """All letters in a row, the texts apart."""
        return "\n".join(compact(read.plain) for read in self.texts)

    @cached_property
    def latin(self) -> set[str]:
        """The Latin names, whole and in their parts."""
        names = set()
        for read in self.texts:
            for name in read.names:
                names.add(name.key)
                names.update(latin_key(part) for part in name.text.replace("/", " ").split())
        return names

    @cached_property
    def skills(self) -> set[str]:
        """The names of the skills, with those that they prove."""
        return {
            proven.name
            for read in self.texts
            for mention in read.skills
            for proven in proven_by(mention.skill)
        }

    @cached_property
    def months(self) -> set[tuple[int | None, int | None]]:
        """The dates as (year, month), and their halves."""
        known: set[tuple[int | None, int | None]] = set()
        for day in self.days:
            known |= {(day.year, day.month), (day.year, None), (None, day.month)}
        for read in self.texts:
            for written in read.dates:
                known |= {
                    (written.year, written.month),
                    (written.year, None),
                    (None, written.month),
                }
        return known

    @cached_property
    def links(self) -> set[str]:
        """The links."""
        return {link.key for read in self.texts for link in read.links}

    @cached_property
    def pending(self) -> dict[str, bool]:
        """The fact words, and whether each stands only where it has not come about yet."""
        known: dict[str, bool] = {}
        for read in self.texts:
            for word in read.words:
                known[word.key] = known.get(word.key, True) and word.pending
            for key in implied_words(read.plain):
                known[key] = False
        return known | dict.fromkeys(self.derived, False)

    @cached_property
    def figures(self) -> dict[Fraction, list[Quantity]]:
        """The figures by their value."""
        # What is said of a figure counts, not how often: a text of one number repeated is short.
        said = {
            replace(quantity, start=0, end=0)
            for read in self.texts
            for quantity in (*read.quantities, *joined(read.quantities))
        }
        known: dict[Fraction, list[Quantity]] = defaultdict(list)
        for quantity in said:
            known[quantity.value].append(quantity)
        for months in self.lengths:
            for length in {months, months + 1, months // 12 * 12}:
                known[Fraction(length)].append(
                    Quantity(Fraction(length), MONTHS, "", 0, 0, about=True)
                )
        return known

    @cached_property
    def _sorted(self) -> dict[str, list[Fraction]]:
        by_unit: dict[str, list[Fraction]] = defaultdict(list)
        for value, found in self.figures.items():
            for unit in {quantity.unit for quantity in found}:
                by_unit[unit].append(value)
        return {unit: sorted(values) for unit, values in by_unit.items()}

    def rounds_down(self, quantity: Quantity) -> bool:
        """Return whether a round figure is a stated one rounded down: 300여 건 of 312건."""
        step = Fraction(1)
        while quantity.value and quantity.value % (step * 10) == 0:
            step *= 10
        values = self._sorted.get(quantity.unit, [])
        place = bisect_left(values, quantity.value)
        return place < len(values) and quantity.value < values[place] < quantity.value + step

    def knows_name(self, key: str) -> bool:
        """Return whether a Latin name stands here, if only as a part of a longer one."""
        return key in self.latin or (len(key) > 3 and key in self.compact)

    def objection(self, quantity: Quantity) -> InventionKind | None:
        """Return what is wrong with a rewritten figure, None where it is stated here."""
        same_value = self.figures.get(quantity.value, [])
        stated = [known for known in same_value if agree(quantity.unit, known.unit)]
        if not stated:
            if (quantity.about or quantity.over) and self.rounds_down(quantity):
                return None
            return InventionKind.UNIT if same_value else InventionKind.FIGURE
        counted_alike = quantity.implied or any(quantity.rate == known.rate for known in stated)
        if quantity.rate and not counted_alike:
            return InventionKind.UNIT
        honest = (
            (not quantity.over or any(known.over for known in stated))
            and (quantity.most or not all(known.most for known in stated))
            and (quantity.wished or not all(known.wished for known in stated))
        )
        return None if honest else InventionKind.FIGURE
