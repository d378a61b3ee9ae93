from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q


def clear(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    judged = apps.get_model("interviews", "QuestionFeedback").objects
    judged.filter(score=0).update(quote="", strengths="")


class Migration(migrations.Migration):

    dependencies = [
        ('interviews', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(clear, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='questionfeedback',
            constraint=models.CheckConstraint(
                condition=Q(score__gt=0) | Q(quote="", strengths=""),
                name='question_feedback_strengths',
            ),
        ),
    ]
