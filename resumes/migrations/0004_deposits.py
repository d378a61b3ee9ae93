import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('resumes', '0003_deleted'),
    ]

    operations = [
        migrations.RenameField(
            model_name='deletedfile',
            old_name='deleted_at',
            new_name='due_at',
        ),
        migrations.AlterField(
            model_name='deletedfile',
            name='due_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
    ]
