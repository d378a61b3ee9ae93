from django.db import migrations
from django.utils.translation import gettext_noop as _

CODES = {
    "gender": [("1", _("남성")), ("2", _("여성"))],
    "user_type": [("1", _("구직자")), ("2", _("운영자"))],
    "resume_type": [("1", _("직접 작성")), ("2", _("AI 개선"))],
    "feedback_division": [("1", _("잘된 부분")), ("2", _("개선 제안")), ("3", _("추가 권장사항"))],
    "education_level": [
        ("1", _("고등학교")),
        ("2", _("전문대학")),
        ("3", _("대학교")),
        ("4", _("대학원(석사)")),
        ("5", _("대학원(박사)")),
    ],
    "graduation_status": [
        ("1", _("졸업")),
        ("2", _("재학")),
        ("3", _("휴학")),
        ("4", _("중퇴")),
        ("5", _("졸업 예정")),
        ("6", _("수료")),
    ],
    "employment_type": [
        ("1", _("정규직")),
        ("2", _("계약직")),
        ("3", _("인턴")),
        ("4", _("프리랜서")),
        ("5", _("파트타임")),
    ],
    "activity_type": [
        ("1", _("동아리")),
        ("2", _("봉사")),
        ("3", _("수상")),
        ("4", _("교육")),
        ("5", _("해외 연수")),
        ("6", _("기타")),
    ],
    "interview_type": [
        ("1", _("기술 면접")),
        ("2", _("인성 면접")),
        ("3", _("직무 면접")),
        ("4", _("종합 면접")),
    ],
    "interview_status": [
        ("1", _("진행 중")),
        ("2", _("멈춤")),
        ("3", _("끝남")),
    ],
    "study_item_status": [("todo", _("할 일")), ("doing", _("하는 중")), ("done", _("끝냄"))],
}


def seed(apps, schema_editor):
    Code = apps.get_model("codes", "Code")
    Code.objects.bulk_create(
        Code(division=division, detail_id=detail_id, code_detail=detail, order=order)
        for division, details in CODES.items()
        for order, (detail_id, detail) in enumerate(details, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("codes", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
