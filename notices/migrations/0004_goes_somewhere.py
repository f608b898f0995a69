from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_index_of_what_waits")]

    operations = [
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                name="notices_notice_goes_somewhere",
                condition=Q(channel="mail") & ~Q(recipient="") | Q(channel="sms") & ~Q(telephone=""),
            ),
        ),
    ]
