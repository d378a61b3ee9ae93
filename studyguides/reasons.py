"""Why a guide names something and makes no item of it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """Why something that is asked is no item of a guide."""

    EXPERIENCE = "experience", _("일해야 쌓이는 경력과 경험")
    DEGREE = "degree", _("학교에서 받는 학력과 전공")
    LICENCE = "licence", _("정해진 과정이나 국가시험을 거치는 자격·면허")
    ELIGIBILITY = "eligibility", _("학력이나 경력이 있어야 응시할 수 있는 자격")
    PRACTICE = "practice", _("실습과 실기 시험으로 따는 면허")
    CONDITION = "condition", _("직접 확인할 근무·지원 조건")
    ATTITUDE = "attitude", _("사례로 보여 줄 태도")
    WRITING = "writing", _("이력서에 있으니 더 구체적으로 적을 것")
    LATER = "later", _("남은 시간에 다 할 수 없어 뒤로 미룬 것")
