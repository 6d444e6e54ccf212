import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from practices.isolation import SCOPE_FUNCTION
from practices.trail.partitions import DIVIDE_BY_MONTH


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Cohort",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(unique=True, verbose_name="number")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("information_meeting_on", models.DateField(verbose_name="information meeting")),
                ("enrol_before", models.DateField(verbose_name="enrol before")),
                ("request_before", models.DateField(verbose_name="request performance before")),
                ("start_on", models.DateField(verbose_name="start")),
            ],
            options={
                "verbose_name": "cohort",
                "verbose_name_plural": "cohorts",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Insurer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
            ],
            options={
                "verbose_name": "insurer",
                "verbose_name_plural": "insurers",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(max_length=60, unique=True, verbose_name="reference"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "registration",
                    models.CharField(blank=True, max_length=20, verbose_name="BIG or KABIZ number"),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["name", "reference"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        help_text="Where practices reach a consultant.",
                        max_length=20,
                        verbose_name="telephone number",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="user",
                        to="practices.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "ordering": ["email"],
            },
        ),
        migrations.CreateModel(
            name="PersonalMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="created at"
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                (
                    "next_try_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="next try at"
                    ),
                ),
                (
                    "given_up_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="given up at"),
                ),
                (
                    "trouble",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("overtaken", "What it says was no longer so"),
                            ("no_address", "No e-mail address is known"),
                            ("refused", "The mail server refuses this address or this message"),
                            ("unreachable", "The mail server did not answer"),
                        ],
                        max_length=20,
                        verbose_name="trouble",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("kind", models.SlugField(blank=True, max_length=60, verbose_name="kind")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "personal mail",
                "verbose_name_plural": "personal mails",
                "ordering": ["day", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "")),
                        fields=("user", "day"),
                        name="weekly_mail_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), _negated=True),
                            ("day__iso_week_day", 1),
                            _connector="OR",
                        ),
                        name="weekly_mail_under_monday",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("given_up_at__isnull", True), ("sent_at__isnull", True)
                        ),
                        fields=["next_try_at"],
                        name="personal_mail_to_send",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True, verbose_name="AGB code")),
                (
                    "keyed_as",
                    models.CharField(
                        blank=True, max_length=8, verbose_name="code behind the patients' keys"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        max_length=60, unique=True, verbose_name="name in the address bar"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("city", models.CharField(max_length=80, verbose_name="city")),
                (
                    "neighbourhood",
                    models.CharField(blank=True, max_length=80, verbose_name="neighbourhood"),
                ),
                (
                    "start_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty for the start of the cohort.",
                        null=True,
                        verbose_name="start",
                    ),
                ),
                ("invited_on", models.DateField(blank=True, null=True, verbose_name="invited")),
                (
                    "information_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="information meeting attended"
                    ),
                ),
                ("enrolled_on", models.DateField(blank=True, null=True, verbose_name="enrolled")),
                (
                    "requested_on",
                    models.DateField(blank=True, null=True, verbose_name="performance requested"),
                ),
                ("stopped_on", models.DateField(blank=True, null=True, verbose_name="stopped")),
                ("stop_reason", models.TextField(blank=True, verbose_name="reason for stopping")),
                (
                    "manager_sees_plans",
                    models.BooleanField(
                        default=False,
                        verbose_name="practice manager may read plans and HIS numbers",
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to="practices.cohort",
                        verbose_name="cohort",
                    ),
                ),
                (
                    "consultant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="practices_visited",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="consultant",
                    ),
                ),
                (
                    "preferred_insurer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="practices.insurer",
                        verbose_name="preferred insurer",
                    ),
                ),
            ],
            options={
                "verbose_name": "practice",
                "verbose_name_plural": "practices",
                "ordering": ["name", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^\\d{8}$")),
                        name="practice_agb_8_digits",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "practice_name",
                    models.CharField(max_length=120, verbose_name="name of the practice"),
                ),
                ("code", models.CharField(max_length=8, verbose_name="AGB code")),
                ("city", models.CharField(max_length=80, verbose_name="city")),
                ("contact_name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "contact_role",
                    models.CharField(
                        choices=[
                            ("gp_owner", "GP, practice owner"),
                            ("manager", "Practice manager"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "phone",
                    models.CharField(blank=True, max_length=20, verbose_name="telephone number"),
                ),
                (
                    "remark",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="question or remark"
                    ),
                ),
                ("sent_at", models.DateTimeField(auto_now_add=True, verbose_name="sent at")),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmed at"),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
                ),
                (
                    "refusal",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="reason for declining"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="practices.cohort",
                        verbose_name="cohort",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="applications",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "application of a practice",
                "verbose_name_plural": "applications of practices",
                "ordering": ["-sent_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^\\d{8}$")),
                        name="application_agb_8_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("practice__isnull", True),
                                ("refusal", ""),
                            ),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("decided_at__isnull", False),
                                models.Q(
                                    models.Q(("practice__isnull", False), ("refusal", "")),
                                    ("practice__isnull", True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="application_decided_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Panel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quarter", models.CharField(max_length=6, verbose_name="quarter")),
                ("patients", models.PositiveIntegerField(verbose_name="patients")),
                (
                    "insurer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="practices.insurer",
                        verbose_name="insurer",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="panels",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "panel",
                "verbose_name_plural": "panels",
                "ordering": [
                    "practice__name",
                    models.OrderBy(models.F("quarter"), descending=True),
                    "insurer__name",
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practice", "quarter", "insurer"), name="panel_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quarter__regex", "^\\d{4}Q[1-4]$")),
                        name="panel_quarter",
                    ),
                ],
                "indexes": [
                    models.Index(
                        fields=["quarter", "insurer"], name="practices_p_quarter_7bd96b_idx"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MailItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.SlugField(max_length=60, verbose_name="kind")),
                ("about", models.CharField(max_length=80, verbose_name="about")),
                ("values", models.JSONField(verbose_name="values")),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="practices.personalmail",
                        verbose_name="personal mail",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of a personal mail",
                "verbose_name_plural": "items of personal mails",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("mail", "kind", "about"), name="mail_item_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="JoiningMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="created at"
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                (
                    "next_try_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="next try at"
                    ),
                ),
                (
                    "given_up_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="given up at"),
                ),
                (
                    "trouble",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("overtaken", "What it says was no longer so"),
                            ("no_address", "No e-mail address is known"),
                            ("refused", "The mail server refuses this address or this message"),
                            ("unreachable", "The mail server did not answer"),
                        ],
                        max_length=20,
                        verbose_name="trouble",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirm", "Is this your address?"),
                            ("accepted", "Start package"),
                            ("declined", "Not this time"),
                            ("remind_enrol", "Reminder: enrol"),
                            ("remind_request", "Reminder: request the performance"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="practices.application",
                        verbose_name="application of a practice",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joining_mails",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail about joining",
                "verbose_name_plural": "mails about joining",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("application__isnull", False),
                            ("practice__isnull", False),
                            _connector="OR",
                        ),
                        name="joining_mail_about_something",
                    )
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("given_up_at__isnull", True), ("sent_at__isnull", True)
                        ),
                        fields=["next_try_at"],
                        name="joining_mail_to_send",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.BinaryField(max_length=32, unique=True)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "staff_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gp_owner", "GP, practice owner"),
                            ("gp_locum", "GP, regular locum"),
                            ("poh", "Practice nurse (POH)"),
                            ("assistant", "Assistant"),
                            ("manager", "Practice manager"),
                            ("np", "Nurse practitioner (VS)"),
                            ("pa", "Physician assistant (PA)"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "region_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consultant", "Consultant"),
                            ("facilitator", "Facilitator (EKC)"),
                            ("coordinator", "Programme coordinator"),
                            ("privacy_officer", "Privacy officer"),
                            ("insurer_reader", "Reader at an insurer"),
                            ("admin", "Administrator"),
                        ],
                        max_length=20,
                        verbose_name="role for the region",
                    ),
                ),
                ("invited_at", models.DateTimeField(auto_now_add=True, verbose_name="invited at")),
                ("expires_at", models.DateTimeField(verbose_name="expires at")),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="accepted at"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
                ),
                (
                    "insurer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="practices.insurer",
                        verbose_name="insurer",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="practices.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["-invited_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("practice__isnull", False),
                                ("region_role", ""),
                                models.Q(("staff_role", ""), _negated=True),
                            ),
                            models.Q(
                                ("practice__isnull", True),
                                ("staff_role", ""),
                                models.Q(("region_role", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_for_practice_or_region",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                            _connector="OR",
                        ),
                        name="invitation_ends_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Employment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("gp_owner", "GP, practice owner"),
                            ("gp_locum", "GP, regular locum"),
                            ("poh", "Practice nurse (POH)"),
                            ("assistant", "Assistant"),
                            ("manager", "Practice manager"),
                            ("np", "Nurse practitioner (VS)"),
                            ("pa", "Physician assistant (PA)"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("started_on", models.DateField(verbose_name="from")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "fte",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=4, null=True, verbose_name="fte"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="employments",
                        to="practices.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="employments",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "employment",
                "verbose_name_plural": "employments",
                "ordering": ["practice__name", "person__name", "started_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practice", "person", "role", "started_on"), name="employment_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="employment_ends_after_start",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["practice", "role"], name="practices_e_practic_a3eba4_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                ("role", models.CharField(blank=True, max_length=80, verbose_name="role")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("read", "Read"),
                            ("list", "List"),
                            ("search", "Search"),
                            ("create", "Create"),
                            ("change", "Change"),
                            ("delete", "Delete"),
                            ("export", "Export"),
                            ("print", "Print"),
                            ("denied", "Access refused"),
                            ("sign_in", "Sign in"),
                            ("sign_out", "Sign out"),
                            ("membership", "Change of access"),
                        ],
                        max_length=10,
                        verbose_name="event",
                    ),
                ),
                ("object_type", models.CharField(max_length=60, verbose_name="kind of object")),
                ("object_id", models.CharField(blank=True, max_length=60, verbose_name="object")),
                (
                    "patient_key",
                    models.BinaryField(max_length=32, null=True, verbose_name="patient"),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("done", "Done"), ("refused", "Refused"), ("failed", "Failed")],
                        default="done",
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("client", models.CharField(blank=True, max_length=60, verbose_name="client")),
                ("detail", models.JSONField(default=dict, verbose_name="detail")),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="PracticeChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("code", "New AGB code"),
                            ("consultant", "Another consultant"),
                            ("takeover", "Takeover by another owner"),
                            ("merger", "Goes on in another practice"),
                            ("split", "Part becomes a new practice"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("day", models.DateField(verbose_name="from")),
                (
                    "former_code",
                    models.CharField(blank=True, max_length=8, verbose_name="former AGB code"),
                ),
                (
                    "former_name",
                    models.CharField(blank=True, max_length=120, verbose_name="former name"),
                ),
                ("before", models.JSONField(default=dict)),
                (
                    "made_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="noted at"
                    ),
                ),
                (
                    "undone_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken back at"),
                ),
                (
                    "former_consultant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="former consultant",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes_elsewhere",
                        to="practices.practice",
                        verbose_name="other practice",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a practice",
                "verbose_name_plural": "changes of practices",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("undone_at", None), models.Q(("former_code", ""), _negated=True)
                        ),
                        fields=("former_code",),
                        name="former_code_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("merger", "split")), ("other__isnull", False)),
                            models.Q(
                                models.Q(("kind__in", ("merger", "split")), _negated=True),
                                ("other__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="change_with_other_practice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProcessingAgreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.CharField(max_length=20, verbose_name="version")),
                (
                    "agreed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="agreed at"
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "agreed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agreed by",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreements",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "processing agreement",
                "verbose_name_plural": "processing agreements",
                "ordering": ["practice__name", "-agreed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("practice", "version"),
                        name="agreement_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegionRole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("consultant", "Consultant"),
                            ("facilitator", "Facilitator (EKC)"),
                            ("coordinator", "Programme coordinator"),
                            ("privacy_officer", "Privacy officer"),
                            ("insurer_reader", "Reader at an insurer"),
                            ("admin", "Administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "insurer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="practices.insurer",
                        verbose_name="insurer",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="region_roles",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "role for the region",
                "verbose_name_plural": "roles for the region",
                "ordering": ["user__email", "role"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "role", "insurer"),
                        name="region_role_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("insurer__isnull", False), ("role", "insurer_reader")),
                            models.Q(
                                models.Q(("role", "insurer_reader"), _negated=True),
                                ("insurer__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="region_role_insurer_for_readers_only",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegionText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=60, verbose_name="text")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("body", models.TextField(max_length=20000, verbose_name="text")),
                (
                    "saved_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="saved at"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saved by",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of the region",
                "verbose_name_plural": "texts of the region",
                "ordering": ["key", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="region_text_once"),
                    models.CheckConstraint(
                        condition=models.Q(("version__gt", 0)), name="region_text_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("body", ""), _negated=True),
                        ),
                        name="region_text_full",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tariff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("programme", "Programme (MTVP)"),
                            ("regional_fee", "Regional fee (regioprestatie)"),
                            ("programme_max", "National maximum of the programme"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="valid until"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=8,
                        verbose_name="amount per patient per quarter",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="recorded"
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
                ),
                (
                    "insurer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="practices.insurer",
                        verbose_name="insurer",
                    ),
                ),
            ],
            options={
                "verbose_name": "tariff",
                "verbose_name_plural": "tariffs",
                "ordering": ["kind", "insurer__name", "valid_from"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", "programme"), ("withdrawn_at", None)),
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        "insurer_id",
                                        models.Value(0, output_field=models.BigIntegerField()),
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        "insurer_id",
                                        models.Value(0, output_field=models.BigIntegerField()),
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_until",
                                    models.Value("[]"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="tariff_alone_programme",
                        violation_error_message="Another tariff holds on some of these days.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", "regional_fee"), ("withdrawn_at", None)),
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        "insurer_id",
                                        models.Value(0, output_field=models.BigIntegerField()),
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        "insurer_id",
                                        models.Value(0, output_field=models.BigIntegerField()),
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_until",
                                    models.Value("[]"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="tariff_alone_regional_fee",
                        violation_error_message="Another tariff holds on some of these days.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", "programme_max"), ("withdrawn_at", None)),
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        "insurer_id",
                                        models.Value(0, output_field=models.BigIntegerField()),
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        "insurer_id",
                                        models.Value(0, output_field=models.BigIntegerField()),
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_until",
                                    models.Value("[]"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="tariff_alone_programme_max",
                        violation_error_message="Another tariff holds on some of these days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="tariff_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="tariff_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrailReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reviewed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="reviewed at"
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="review",
                        to="practices.auditevent",
                        verbose_name="event",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of an event",
                "verbose_name_plural": "reviews of events",
            },
        ),
        migrations.CreateModel(
            name="TrailSeal",
            fields=[
                (
                    "number",
                    models.PositiveBigIntegerField(
                        primary_key=True, serialize=False, verbose_name="number"
                    ),
                ),
                ("month", models.DateField(verbose_name="month")),
                ("first_id", models.BigIntegerField(verbose_name="from event")),
                ("last_id", models.BigIntegerField(verbose_name="up to event")),
                ("count", models.PositiveIntegerField(verbose_name="events")),
                ("digest", models.CharField(max_length=64, verbose_name="hash")),
                (
                    "sealed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="sealed at"
                    ),
                ),
                ("dropped_on", models.DateField(null=True, verbose_name="dropped on")),
            ],
            options={
                "verbose_name": "seal",
                "verbose_name_plural": "seals",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("month", "first_id"), name="seal_starts_once"),
                    models.CheckConstraint(
                        condition=models.Q(("last_id__gte", models.F("first_id"))),
                        name="seal_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailOptOut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.SlugField(max_length=60, verbose_name="kind")),
                ("since", models.DateTimeField(auto_now_add=True, verbose_name="since")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail that is not wanted",
                "verbose_name_plural": "mails that are not wanted",
                "ordering": ["user", "kind"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "kind"), name="mail_opt_out_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Norm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, verbose_name="key")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("value", models.PositiveIntegerField(verbose_name="value")),
                (
                    "cohort",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="practices.cohort",
                        verbose_name="cohort",
                    ),
                ),
            ],
            options={
                "verbose_name": "norm",
                "verbose_name_plural": "norms",
                "ordering": [
                    "key",
                    models.OrderBy(models.F("cohort__number"), nulls_first=True),
                    "valid_from",
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "cohort", "valid_from"),
                        name="norm_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["at"], name="audit_at"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["practice", "at"], name="audit_practice"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["actor", "at"], name="audit_actor"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                condition=models.Q(("patient_key__isnull", False)),
                fields=["practice", "patient_key", "at"],
                name="audit_patient",
            ),
        ),
        SCOPE_FUNCTION,
        DIVIDE_BY_MONTH,
    ]
