"""What people write of their work is read; what tells the reviewer what to do is not."""

from __future__ import annotations

from datetime import date

import pytest

from feedback.matching import match
from feedback.orders import is_order
from feedback.placeholders import FIGURE, OWN_PART, OWN_STORY, SCENE
from postings.document import PostingDocument
from resumes.document import ExperienceEntry, ResumeDocument

TODAY = date(2026, 11, 1)

# Work that has the words of an order in it: a score, a rule, to output, 30 %.
WORK = [
    "Python으로 주문 API의 오류율을 30% 줄이고 처리 시간을 단축함",
    "신용점수 평가 모형을 개발",
    "합격자 데이터 처리 자동화",
    "방화벽 규칙 변경 자동화",
    "기존 규칙 기반 추천을 딥러닝으로 교체",
    "시스템 프롬프트 설계와 평가",
    "재고 정확도 98% 유지, 입출고 처리",
    "TOEIC Score: 900",
    "F1 score: 0.92",
    "Built a REST API to return JSON responses",
    "Raised the response rate to 100%",
    "정보처리기사 자격을 보유할 것",
    "결격사유에 해당하지 아니할 것",
    "의사 지시를 따르며 처치함",
    "코드 리뷰 규칙을 바꾸어 Java 서비스의 배포 시간을 줄임",
    "시스템 프롬프트를 설계하여 RAG 챗봇을 Python으로 개발함",
    "Kafka로 관리자 권한 변경 이력을 처리함",
    "AI 모델은 PyTorch로 학습시켜 배포함",
    "병동 이전 안내 방송을 담당함",
    "세무 규칙 변경에 맞춰 더존 iCUBE 설정을 바꿈",
    "Set up Redis for 100 servers with full coverage",
    "3년 이상 Java 개발 경험이 있는 분만 지원해 주세요",
    "운전면허를 소지할 것",
    "고객 만족도 평가 점수 95점 달성",
    "인사 평가 제도를 개편함",
    "합격률을 20% 높임",
    "포트폴리오를 함께 제출해 주세요",
    "기존 안내 문구를 개선해 문의를 줄임",
    "관리자 모드 화면을 React로 개발",
    "신입사원 교육 점수 만점",
    "평점 4.8점을 유지한 배달 매장 운영",
    "Delivered highest rating in the region",
    "Managed user accounts and system messages",
    "Report weekly results to 100 clients",
    "Rated top performer of the team",
    "Answered 100 calls a day with a full CRM record",
    "회계 기준 변경에 따라 내용을 모두 수정함",
    "앞 공정의 지시 내용을 확인하고 조립함",
    "위 내용은 사실과 다름이 없습니다",
    "성실하게 일하겠습니다. 뽑아 주세요",
    "Return on ad spend 100% improved",
    "Gave full marks in customer service review",
    "AI 모델에 보낼 데이터를 정제함",
    "채점 시스템을 개발해 평가 시간을 절반으로 줄임",
    "심사자 의견을 반영해 논문을 수정함",
    "사용자에게 알림을 보내는 기능 개발",
    "리뷰 점수를 5점으로 매겨 상위 상품을 추천하는 모델 개발",
    "만족도 점수를 100점으로 매겨 보고함",
    "Marked 200 defects as confirmed and reported them to the Java team",
    "인수 시험 항목을 점검하고 미비 사항을 기록",
    "미확인 거래를 매출로 인정하지 않도록 회계 정책을 정비함",
]

# Held out, two of each of ten trades: no pattern was changed for them.
WORK_OF_TEN_TRADES = [
    "수술 전후 환자 통증 점수를 2시간마다 평가하고 진통제 투여 기준을 정리함",
    "낙상 위험도를 재평가해 고위험 환자 12명을 집중 관찰 대상으로 분류",
    "전표 처리 규칙을 바꿔 월말 결산을 5일에서 3일로 줄임",
    "매출채권 회수율 100% 달성, 대손 설정 기준 재정비",
    "Designed the prompt and scoring rules for an AI assistant that answers billing questions",
    "사용자 메시지 큐를 Kafka로 옮겨 지연을 80% 낮추고 관리자 권한 화면을 개발",
    "고객사 평가에서 만점을 받아 3년 재계약을 따냄",
    "거래처 등급을 다시 매겨 상위 20%에 영업 시간을 먼저 씀",
    "안전 지시를 무시하고 작업하던 협력사에 교육을 실시해 재해 0건 유지",
    "위험성 평가 항목을 모든 공정에 맞게 바꾸고 개선 조치 결과를 표시함",
    "식재료 원가율을 32%로 맞추고 위생 점검 최고 등급을 유지",
    "Set up a full mise en place for 100 covers and answered every guest request",
    "System: SAP EWM, 입출고 오류율 0.2%로 낮춤",
    "기존 발주 규칙을 무시하고 쌓이던 재고를 정리해 회전율을 높임",
    "수행평가 채점 기준표를 만들어 학생 120명의 답변을 평가함",
    "학생에게 “위의 풀이를 따라 하라”고 하는 대신 스스로 설명하게 함",
    "불량 판단 기준을 통일하고 비전 검사기의 출력값을 자동 분류함",
    "Report 100% of nonconformities within 24 hours and return parts to suppliers",
    "설문 응답을 분석해 만족도 점수 4.6점을 받은 화면 흐름을 설계함",
    "자세한 Figma 프로젝트 과정은 포트폴리오 링크를 참고해 주세요",
]

ASKED_IN_POSTINGS = [
    "You are a self-starter with 3+ years of Python experience",
    "지원자는 간호사 면허를 소지할 것",
    "## Kafka 운영 경험",
    "평가 업무에 필요한 통계 지식을 갖출 것",
]


@pytest.mark.parametrize("line", [*WORK, *WORK_OF_TEN_TRADES, *ASKED_IN_POSTINGS])
def test_work_is_no_order(line: str) -> None:
    assert not is_order(line)


@pytest.mark.parametrize("gap", [FIGURE, OWN_PART, OWN_STORY, SCENE])
def test_gaps_that_the_applicant_is_to_fill_are_no_order(gap: str) -> None:
    assert not is_order(f"매출을 30% 늘리고 고객 점수를 평가 {gap}")


@pytest.mark.parametrize("done", WORK[:1])
def test_an_achievement_with_a_figure_counts_as_one_without(done: str) -> None:
    posting = PostingDocument(title="개발자", requirements="Python으로 주문 API 개발 경험")

    def rate(description: str) -> int | None:
        job = ExperienceEntry(position="개발자", description=description)
        return match(ResumeDocument(experiences=[job]), posting, TODAY).rate

    assert rate(done) == rate(done.replace("30% ", "")) == 100


def test_a_requirement_that_speaks_of_scores_is_asked() -> None:
    posting = PostingDocument(title="공고", requirements="Python 신용점수 평가 모형 개발 경험")
    (part,) = match(ResumeDocument(), posting, TODAY).parts
    assert [item.text for item in part.items] == ["Python 신용점수 평가 모형 개발 경험"]
