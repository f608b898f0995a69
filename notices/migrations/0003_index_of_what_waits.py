from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_channels")]

    operations = [
        migrations.AddIndex(
            "notice", models.Index(fields=["asked_at"], name="notices_not_sent", condition=Q(sent_at=None))
        ),
    ]
