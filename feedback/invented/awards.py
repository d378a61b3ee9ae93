"""Prizes and titles of honour, told by how they are named and by what is done with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Who gives a prize, whom it is for, and what for: 교육감상, 우수사원상, 혁신상.
_GIVERS = (
    "장관|총장|학장|교육감|교육장|교장|원장|학원장|사장|회장|이사장|대표이사|대표|본부장|위원장"
    "|센터장|조합장|시장|도지사|구청장|군수|국회의장|총리|대통령|청장"
)
_WORKERS = (
    "사원|직원|사우|임직원|인턴|강사|교사|선생님|간호사|조리사|셰프|기사|상담사|상담원|판매원|판매왕"
    "|매니저|마케터|개발자|디자이너|엔지니어|연구원|영업인|영업왕|바리스타|승무원|학생|팀원|리더"
    "|스태프|크루|점원|아르바이트생|팀|부서|매장|점포|지점|파트너"
)
_MERITS = (
    "최우수|우수|금|은|동|본|장려|특별|공로|모범|최고|신인|혁신|공헌|인기|개근|근속|선행|효행"
    "|베스트"
)
_STAND_OUT = "최우수|우수|모범|베스트|으뜸|명예|스타|친절|칭찬|자랑스러운"
_BEST_OF = "선생님|강사|교사|직원|사원|간호사|셰프|요리사|매니저|승무원|상담사"
# Who takes the first place of a kind, and what honours bear a name of their own, by trade.
_KINGS = "판매|영업|보험|실적|매출|계약|봉사|친절"
_HONOURS = (
    r"미쉐린|미슐랭|블루\s?리본|빕\s?구르망|자갓|레드\s?닷|굿\s?디자인|핀업\s?디자인|칸\s?라이언즈|뉴욕\s?페스티벌"
    r"|에피\s?어워드|명예의\s?전당|기능한국인|대한민국\s?명장"
)
_OF_A_TIME = "올해의|이달의|금주의|이주의|금년의|분기의"
# What a rating says that knows no figures: "S등급". Of 1등급 the figure is told.
_GRADES = r"(?<![A-Za-z가-힣])[SABCD][+-]?\s?등급|(?:최우수|최상위|최고|최상|특급?)\s?등급|최고점"
_RECEIVED = r"수상|받|탔|타[고며서]|거머|차지|획득|수여"
_CONTEST = (
    "공모전|대회|경진|경연|어워[드즈]|시상식|콘테스트|해커톤|페스티벌|영화제|광고제|예술제|대전"
)
# They end as prizes do, and are given, received and taken as well.
_NO_PRIZE = re.compile(
    r"(?:보|포|배|변|인|외|부|손|화|임|협|세|영|증|현|대|이|비|향|예|일|항|정|위|진|관|단|발|구|책|밥"
    r"|통|의|상|수|연|명|파|감|조|사|형|기|동|양|실|가|지|해|육)상\Z"
)

_BORDER = r"(?=[을를의은는과와도이]|에|으?로(?![가-힣])|[^가-힣]|$)"
_AWARD = re.compile(
    rf"""
      (?:어워[드즈])(?:\s[가-힣]{{1,4}}상{_BORDER})?
    | (?:{_CONTEST})(?:\s[가-힣]{{1,6}})?\s?대상(?=[을에\s,]|[^가-힣]|$)
    | 대상(?=[을를]?\s?(?:수상|받|차지|거머))
    | (?<![가-힣])(?:{_OF_A_TIME})\s?(?:[가-힣]{{1,6}}\s)?(?:{_WORKERS})상?{_BORDER}
    | (?<![가-힣])(?:{_STAND_OUT})\s?(?:[가-힣]{{1,4}}\s?)?(?:{_WORKERS})상?{_BORDER}
      (?!\s?(?:채용|확보|육성|영입|발굴|양성|유치|관리|포상|선발))
    | (?<![가-힣])최고의\s?(?:{_BEST_OF})상?{_BORDER}
    | (?<![가-힣])(?:[가-힣]{{1,4}}\s?)?(?:{_KINGS})왕{_BORDER}
    | (?:{_HONOURS})(?:\s?(?:가이드|서베이|디자인))?(?:\s?어워[드즈])?
      (?:\s?[1-3]\s?스타|\s별\s?(?:하나|둘|셋|[한두세]\s?개)|\s[가-힣]{{1,6}}상{_BORDER}|\s?위너)?
    | {_GRADES}
    | (?<![가-힣])[톱탑]\s?\d{{1,3}}
    # 교사상 is what a teacher should be.
    | (?:{_MERITS})\s?(?:{_WORKERS})상{_BORDER}
    | (?:{_MERITS}|{_GIVERS})상{_BORDER}(?<!동상\s)
    | (?P<named>[가-힣]{{2,10}}상)(?=[을를]?\s?(?:{_RECEIVED}))
    | 표창|감사패|공로패|MVP|장학금|장학생|준우승|우승|입상|수상|특허|논문\s?(?:게재|발표)|등재
    | (?:업계|국내|사내|전국|세계|역대|창사|지역)\s?(?:이래\s)?(?:최초|최고|최대|최다|최연소)
    | 최연소|유일(?=한|하게|)|최초(?=로|의)|무사고|무결점|무재해|무결석
    """,
    re.VERBOSE,
)
# Of 우수상 수상 the prize is what is told.
_WON = re.compile(r"[을를]?\s?수상")
_ANY_AWARD = frozenset({"수상", "입상"})
_WON_BEFORE = re.compile(r"[수금은동우려별]상|수상|입상|상을 (?:받|탔|타)|[1-3]\s?[위등]|우승")


def awards(sentence: str) -> Iterator[tuple[str, int, int]]:
    """Yield what a plain sentence names as a prize or an honour, and where: "" is any prize."""
    done = 0
    for match in _AWARD.finditer(sentence):
        if match.start() < done or (match["named"] and _NO_PRIZE.search(match["named"])):
            continue
        done = match.end()
        if match.group() in _ANY_AWARD:
            yield "", *match.span()
            continue
        if match.group().endswith("상") and (won := _WON.match(sentence, done)):
            done = won.end()
        yield match.group(), match.start(), done


def tells_of_an_award(text: str) -> bool:
    """Return whether a source text lets its rewriting speak of a prize in other words."""
    named = (award for award, _start, _end in awards(text))
    return _WON_BEFORE.search(text) is not None or any(award.endswith("상") for award in named)
