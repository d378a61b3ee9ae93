from __future__ import annotations

from typing import Any

from django.db import migrations, models


def mark_asked(apps: Any, schema_editor: Any) -> None:
    """The keywords of a guide name the skills that are asked."""
    keywords = apps.get_model("studyguides", "StudyKeyword").objects
    asked = keywords.filter(guide=models.OuterRef("guide"), keyword=models.OuterRef("skill"))
    items = apps.get_model("studyguides", "StudyItem").objects
    items.filter(models.Exists(asked)).update(is_asked=True)


class Migration(migrations.Migration):
    dependencies = [("studyguides", "0002_practice")]

    operations = [
        migrations.AddField(
            model_name="studyitem",
            name="is_asked",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(mark_asked, migrations.RunPython.noop),
    ]
