from django.db import migrations

from highusers.database_functions import PLAN_COUNTS


class Migration(migrations.Migration):

    dependencies = [
        ('highusers', '0001_initial'),
    ]

    operations = [PLAN_COUNTS]
