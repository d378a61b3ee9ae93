"""Answers of three trades, from the poorest to the best, each to a question of its trade."""

from __future__ import annotations

from dataclasses import dataclass

from interviews.topics import BasisKind, Topic
from quality.corpus import RESUMES, load
from resumes.document import ResumeDocument, Section

_RESUMES = {case.trade: case.resume for case in load(RESUMES)}


@dataclass(frozen=True)
class Trade:
    """A question to somebody, and answers to it; each middle one is better than the last."""

    resume: ResumeDocument
    topic: Topic
    bad: tuple[str, ...]
    middle: tuple[str, ...]
    excellent: tuple[str, ...]


NURSE = Trade(
    _RESUMES["간호사"],
    Topic(
        kind=BasisKind.ACHIEVEMENT,
        section=Section.EXPERIENCES,
        quote="중심정맥관 관리 체크리스트를 만들어 병동에 제안하고, 관련 혈류감염을 1,000일당 "
        "2.4건에서 0.9건으로 낮춤",
        question="이력서의 ‘중심정맥관 관리 체크리스트를 만들어 병동에 제안하고, 관련 혈류감염을 "
        "1,000일당 2.4건에서 0.9건으로…’ 부분이 눈에 띕니다. 처음에는 어떤 상황이었고, 그 수치는 "
        "무엇을 기준으로 재셨나요?",
    ),
    bad=(
        "모르겠습니다.",
        "저는 언제나 환자를 진심으로 사랑하는 마음으로 최선을 다해 열심히 간호했습니다. 책임감을 "
        "가지고 성실하게 근무했습니다.",
        "중심정맥관 감염이 문제였습니다.",
    ),
    middle=(
        "중심정맥관 감염이 많았습니다. 그래서 체크리스트를 만들었습니다.",
        "중심정맥관 감염이 원내 평균보다 많아서 문제였습니다. 제가 드레싱 교체 시점을 조사하고 "
        "소독 순서를 한 장짜리 체크리스트로 만들어 병동에 제안했습니다. 동료들에게 쓰는 법도 "
        "교육했습니다.",
        "중심정맥관 감염이 원내 평균보다 많아서 문제였습니다. 제가 드레싱 교체 시점을 조사하고 "
        "소독 순서를 한 장짜리 체크리스트로 만들어 병동에 제안했습니다. 동료들에게 쓰는 법도 "
        "교육했습니다. 그 뒤로 혈류감염이 줄었습니다.",
    ),
    excellent=(
        "2024년 당시 외과계 중환자실의 중심정맥관 혈류감염이 1,000일당 2.4건으로 원내 평균의 두 "
        "배였습니다. 감염관리실 보고서를 분석해 보니 드레싱 교체 시점이 사람마다 달랐기 때문이라고 "
        "판단했습니다. 그래서 교체 시점과 소독 순서를 한 장으로 정리한 체크리스트를 만들고, 동료 "
        "21명에게 근무 교대 때마다 10분씩 교육했습니다. 8주 뒤 같은 기준으로 다시 집계한 결과 "
        "1,000일당 0.9건으로 줄었고, 지금도 병동 지침으로 쓰고 있습니다.",
    ),
)

BACKEND = Trade(
    _RESUMES["백엔드 개발자"],
    Topic(
        kind=BasisKind.TECHNOLOGY,
        section=Section.EXPERIENCES,
        quote="Redis 분산 락과 멱등 키를 설계·적용해 월 37건이던 이중 결제 민원을 0건으로 만듦",
        question="‘Redis 분산 락과 멱등 키를 설계·적용해 월 37건이던 이중 결제 민원을 0건으로 "
        "만듦’에서 Redis를 다루신 경험을 여쭤보겠습니다. 다른 방법 대신 Redis를 고른 까닭은 "
        "무엇이었나요?",
    ),
    bad=(
        "잘 모르겠습니다.",
        "Redis가 빠르고 좋습니다.",
        "다양한 기술을 적극적으로 빠르게 습득해서 원활하게 소통하며 개발했습니다.",
    ),
    middle=(
        "Redis로 분산 락을 적용했습니다.",
        "이중 결제가 문제였는데, Redis로 분산 락을 설계하고 적용했습니다. 부하 테스트도 했습니다.",
        "이중 결제가 문제였는데, Redis로 분산 락을 설계하고 적용했습니다. 데이터베이스 락은 결제 "
        "테이블을 오래 잡기 때문에 응답이 느려질 위험이 있다고 판단했습니다. 부하 테스트도 "
        "했습니다.",
    ),
    excellent=(
        "당시 결제 버튼을 두 번 누르면 승인이 두 번 나가는 문제가 한 달에 37건 있었습니다. "
        "데이터베이스 락과 Redis 분산 락을 비교했는데, 데이터베이스 락은 결제 테이블을 오래 "
        "잡아 응답 시간이 길어질 위험이 있어서 Redis를 골랐습니다. 대신 락이 먼저 풀리는 경우를 "
        "막으려고 멱등 키도 설계하고, 락 만료 시간을 3초로 정해 부하 테스트로 검증했습니다. "
        "배포한 다음 달부터 이중 결제 민원이 0건으로 줄었고, p95 응답은 120ms로 그대로였습니다.",
    ),
)

COOK = Trade(
    _RESUMES["호텔 조리사"],
    Topic(
        kind=BasisKind.ATTITUDE,
        question="함께 일하던 사람과 의견이 부딪힌 경험이 있다면, 어떻게 풀어 가셨는지 말씀해 "
        "주시겠어요?",
    ),
    bad=(
        "생각이 나지 않습니다.",
        "저는 원활한 소통을 중요하게 생각해서 누구와도 잘 지냅니다. 음식은 정성이라고 생각합니다.",
        "싸운 적은 있습니다.",
    ),
    middle=(
        "소스 간 때문에 후배와 갈등이 있었습니다. 제가 설명했습니다.",
        "소스 간 때문에 후배와 갈등이 있었습니다. 그래서 후배의 이야기를 먼저 듣고, 배합을 함께 "
        "비교했습니다.",
        "비스트로에서 일할 때 소스 간 때문에 후배와 갈등이 있었습니다. 그래서 후배의 이야기를 먼저 "
        "들었고, 배합표를 그램 단위로 작성해 함께 비교했습니다. 결국 오해가 풀렸습니다.",
    ),
    excellent=(
        "비스트로 담에서 부주방장으로 일할 때, 소스 간을 두고 경력이 긴 조리사와 크게 "
        "부딪혔습니다. 만드는 사람마다 염도가 0.6%에서 1.3%까지 달랐기 때문에 손님 불만이 한 달에 "
        "11건이나 있었습니다. 저는 누구 입맛이 맞는지를 따지는 대신 먼저 그분의 이유를 듣고, 소스 "
        "14종의 염도를 함께 측정해서 배합표로 정리했습니다. 그분이 정한 배합을 기준으로 삼자 "
        "받아들여 주셨고, 짜다는 의견은 한 달 1건으로 줄었습니다. 그 뒤로 의견이 다르면 먼저 같이 "
        "재어 보는 습관이 생겼습니다.",
    ),
)

TRADES = (NURSE, BACKEND, COOK)
