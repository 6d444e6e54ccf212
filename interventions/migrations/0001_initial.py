import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import practices.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('practices', '0001_initial'),
        ('practices', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsultationSchedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pattern', models.CharField(max_length=160, verbose_name='pattern')),
                ('in_use_from', models.DateField(blank=True, null=True, verbose_name='in use from')),
                ('in_use_until', models.DateField(blank=True, null=True, verbose_name='last day in use')),
                ('said_at', models.DateTimeField(blank=True, null=True, verbose_name='filled in at')),
                ('on_behalf', models.BooleanField(default=False, verbose_name='on behalf of the practice')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='schedules', to='practices.practice', verbose_name='practice')),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='filled in by')),
            ],
            options={
                'verbose_name': 'consultation schedule',
                'verbose_name_plural': 'consultation schedules',
                'ordering': ['practice__name', 'pattern'],
                'constraints': [models.UniqueConstraint(fields=('practice', 'pattern'), name='schedule_once'), models.CheckConstraint(condition=models.Q(('in_use_until__isnull', True), models.Q(('in_use_from__isnull', False), ('in_use_until__gte', models.F('in_use_from'))), _connector='OR'), name='schedule_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='DayTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('is_now', models.BooleanField(default=False, verbose_name='how it is now')),
                ('seen_per_week', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='patients seen in a week')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made at')),
                ('on_behalf', models.BooleanField(default=False, verbose_name='on behalf of the practice')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='day_templates', to='practices.practice', verbose_name='practice')),
                ('schedule', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='day_template', to='interventions.consultationschedule', verbose_name='consultation schedule')),
            ],
            options={
                'verbose_name': 'day template',
                'verbose_name_plural': 'day templates',
                'ordering': ['-is_now', 'name'],
                'constraints': [models.UniqueConstraint(fields=('practice', 'name'), name='template_once'), models.UniqueConstraint(condition=models.Q(('is_now', True)), fields=('practice',), name='template_one_now')],
            },
        ),
        migrations.CreateModel(
            name='Example',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('story', 'Story of a patient'), ('plan', 'Plan for a patient'), ('agenda', 'Way to lay out the day'), ('conversation', 'Conversation that went well'), ('script', 'What to say on the telephone'), ('other', 'Something else')], max_length=16, verbose_name='kind')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('body', models.TextField(max_length=6000, verbose_name='text')),
                ('intervention', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='intervention')),
                ('profile', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='patient profile')),
                ('practice_named', models.BooleanField(default=False, verbose_name='the practice may be named')),
                ('offered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='offered at')),
                ('state', models.CharField(choices=[('offered', 'Waits for PrimaCura'), ('published', 'In the library'), ('declined', 'Not in the library'), ('withdrawn', 'Taken back')], default='offered', max_length=12, verbose_name='status')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('reason', models.TextField(blank=True, max_length=1000, verbose_name='reason')),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='dutch', weight='A'), '||', django.contrib.postgres.search.SearchVector('body', config='dutch', weight='B'), django.contrib.postgres.search.SearchConfig('dutch')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='offered by')),
                ('practice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='examples', to='practices.practice', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'example',
                'verbose_name_plural': 'examples',
                'ordering': ['-offered_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('intervention__isnull', True), ('intervention__range', (1, 6)), _connector='OR'), name='example_intervention'), models.CheckConstraint(condition=models.Q(('profile__isnull', True), ('profile__range', (1, 6)), _connector='OR'), name='example_profile')],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='example_search')],
            },
        ),
        migrations.CreateModel(
            name='ExampleDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('jpg', 'JPG'), ('png', 'PNG')], max_length=4, verbose_name='kind')),
                ('content', practices.fields.EncryptedBytesField(verbose_name='content')),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('kept_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='kept at')),
                ('state', models.CharField(choices=[('waiting', 'We are looking at the document.'), ('ready', 'with a document'), ('acts', 'This PDF runs something or carries another file. Print it to a new PDF, and choose that one.'), ('unreadable', 'We cannot open this file: it is damaged, locked or very large. Save it anew and choose it again.')], default='waiting', max_length=12, verbose_name='status')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('heard_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last heard of')),
                ('example', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='document', to='interventions.example', verbose_name='example')),
            ],
            options={
                'verbose_name': 'document with an example',
                'verbose_name_plural': 'documents with examples',
            },
        ),
        migrations.CreateModel(
            name='ExampleThanks',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('example', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thanks', to='interventions.example', verbose_name='example')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'thanks for an example',
                'verbose_name_plural': 'thanks for examples',
                'constraints': [models.UniqueConstraint(fields=('example', 'user'), name='example_thanked_once')],
            },
        ),
        migrations.CreateModel(
            name='PracticePlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme_year', models.PositiveSmallIntegerField(verbose_name='programme year')),
                ('state', models.CharField(choices=[('draft', 'Being written'), ('handed_in', 'Handed in'), ('commented', 'Has comments'), ('agreed', 'Agreed')], default='draft', max_length=12, verbose_name='status')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_plans', to='practices.practice', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'plan of a practice',
                'verbose_name_plural': 'plans of practices',
                'ordering': ['practice__name', 'programme_year'],
                'constraints': [models.UniqueConstraint(fields=('practice', 'programme_year'), name='practice_plan_once'), models.CheckConstraint(condition=models.Q(('programme_year__gte', 1)), name='practice_plan_year_counts_from_one')],
            },
        ),
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('contents', models.JSONField(verbose_name='contents')),
                ('handed_in_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='handed in at')),
                ('on_behalf', models.BooleanField(default=False, verbose_name='on behalf of the practice')),
                ('practice_agreed_at', models.DateTimeField(null=True, verbose_name='agreed for the practice at')),
                ('consultant_agreed_at', models.DateTimeField(null=True, verbose_name='agreed as consultant at')),
                ('consultant_agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='agreed as consultant by')),
                ('handed_in_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handed in by')),
                ('practice_agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='agreed for the practice by')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='interventions.practiceplan', verbose_name='plan')),
            ],
            options={
                'verbose_name': 'version of a plan of a practice',
                'verbose_name_plural': 'versions of plans of practices',
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='practice_plan_version_once')],
            },
        ),
        migrations.CreateModel(
            name='PlanSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('high_users', 'Grip on high users'), ('triage', 'Triage training'), ('time_out', 'Time-out before a referral'), ('lengths', 'Flexible consultation length'), ('conversation', 'The other conversation'), ('intervision', 'Intervision'), ('capacity', 'More capacity'), ('functions', 'New functions in the team'), ('leading_gp', 'A GP who directs the morning'), ('digital', 'Digitalisation'), ('neighbourhood', 'Working together in the neighbourhood'), ('free', 'Something else')], max_length=16, verbose_name='subject')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='done on')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='interventions.practiceplan', verbose_name='plan')),
            ],
            options={
                'verbose_name': 'section of a plan of a practice',
                'verbose_name_plural': 'sections of plans of practices',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'free'), _negated=True), fields=('plan', 'kind'), name='practice_plan_section_once')],
            },
        ),
        migrations.CreateModel(
            name='QuestionLength',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=160, verbose_name='question or group')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes')),
                ('with_whom', models.CharField(blank=True, max_length=80, verbose_name='with whom, or how')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='question_lengths', to='practices.practice', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'length of a question',
                'verbose_name_plural': 'lengths of questions',
                'ordering': ['minutes', 'with_whom', 'question'],
                'constraints': [models.UniqueConstraint(fields=('practice', 'question'), name='question_once'), models.CheckConstraint(condition=models.Q(('minutes__isnull', True), ('minutes__in', (5, 10, 15, 20, 30)), _connector='OR'), name='question_length')],
            },
        ),
        migrations.CreateModel(
            name='SectionComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000, verbose_name='text')),
                ('of_consultant', models.BooleanField(verbose_name='of the consultant')),
                ('on_behalf', models.BooleanField(default=False, verbose_name='on behalf of the practice')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written at')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='interventions.plansection', verbose_name='section')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': 'comment on a plan of a practice',
                'verbose_name_plural': 'comments on plans of practices',
                'ordering': ['written_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SectionText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('title', 'What is it called?'), ('doing', 'What will we do?'), ('who', 'Who does it?'), ('by_on', 'Ready on'), ('hope', 'What do we hope to see?')], max_length=8, verbose_name='field')),
                ('text', models.TextField(blank=True, max_length=4000, verbose_name='text')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written at')),
                ('on_behalf', models.BooleanField(default=False, verbose_name='on behalf of the practice')),
                ('from_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='from year')),
                ('apart', models.BooleanField(default=False, verbose_name='waits to be chosen')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='practices.person', verbose_name='person')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='interventions.plansection', verbose_name='section')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': 'text in a plan of a practice',
                'verbose_name_plural': 'texts in plans of practices',
                'ordering': ['written_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('apart', False)), fields=('section', 'field'), name='section_text_once'), models.UniqueConstraint(condition=models.Q(('apart', True)), fields=('section', 'field', 'written_by'), name='section_text_apart_once')],
            },
        ),
        migrations.CreateModel(
            name='SharedTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('explanation', models.TextField(blank=True, max_length=1000, verbose_name='explanation')),
                ('practice_named', models.BooleanField(default=False, verbose_name='the practice may be named')),
                ('blocks', models.JSONField(verbose_name='blocks')),
                ('state', models.CharField(choices=[('offered', 'Waits for PrimaCura'), ('published', 'Seen by all practices'), ('declined', 'Not published'), ('withdrawn', 'Taken back')], default='offered', max_length=12, verbose_name='status')),
                ('offered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='offered at')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('reason', models.TextField(blank=True, max_length=1000, verbose_name='reason')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='offered by')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shared_templates', to='practices.practice', verbose_name='practice')),
                ('template', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='shared', to='interventions.daytemplate', verbose_name='day template')),
            ],
            options={
                'verbose_name': 'day template offered to the region',
                'verbose_name_plural': 'day templates offered to the region',
                'ordering': ['-offered_at'],
            },
        ),
        migrations.CreateModel(
            name='StepDone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.PositiveSmallIntegerField(choices=[(1, 'Choose the lengths'), (2, 'Agree which question or group gets which length'), (3, 'Change the agenda in the HIS and in the patient portal'), (4, 'Adapt triage and help the assistants to plan'), (5, 'Tell the patients')], verbose_name='step')),
                ('ticked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='ticked at')),
                ('on_behalf', models.BooleanField(default=False, verbose_name='on behalf of the practice')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='length_steps', to='practices.practice', verbose_name='practice')),
                ('ticked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ticked by')),
            ],
            options={
                'verbose_name': 'step of the consultation lengths',
                'verbose_name_plural': 'steps of the consultation lengths',
                'ordering': ['step'],
                'constraints': [models.UniqueConstraint(fields=('practice', 'step'), name='step_once')],
            },
        ),
        migrations.CreateModel(
            name='TemplateBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(1, 'Monday'), (2, 'Tuesday'), (3, 'Wednesday'), (4, 'Thursday'), (5, 'Friday')], verbose_name='weekday')),
                ('who', models.CharField(max_length=60, verbose_name='who')),
                ('begins', models.PositiveSmallIntegerField(verbose_name='from')),
                ('ends', models.PositiveSmallIntegerField(verbose_name='until')),
                ('kind', models.CharField(choices=[('consultations', 'Consultations'), ('urgent', 'Kept free for today'), ('walk_in', 'Walk-in'), ('telephone', 'Telephone'), ('email', 'E-mail and desk'), ('visits', 'Visits'), ('break', 'Break or meeting')], max_length=16, verbose_name='kind')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes of a place')),
                ('places', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='places')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='interventions.daytemplate', verbose_name='day template')),
            ],
            options={
                'verbose_name': 'block of a day template',
                'verbose_name_plural': 'blocks of day templates',
                'ordering': ['weekday', 'who', 'begins', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('begins')), ('ends__lte', 1440), ('weekday__range', (1, 5))), name='block_within_a_day'), models.CheckConstraint(condition=models.Q(('minutes__isnull', True), ('minutes__in', (5, 10, 15, 20, 30)), _connector='OR'), name='block_length'), models.CheckConstraint(condition=models.Q(('places__isnull', True), models.Q(('ends__gte', django.db.models.expressions.CombinedExpression(models.F('begins'), '+', django.db.models.expressions.CombinedExpression(models.F('minutes'), '*', models.F('places')))), ('minutes__isnull', False)), _connector='OR'), name='block_places_fit')],
            },
        ),
        migrations.CreateModel(
            name='TimeOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='date')),
                ('kind', models.CharField(choices=[('referral', 'Referral'), ('diagnostics', 'Diagnostics')], max_length=16, verbose_name='kind')),
                ('specialism', models.CharField(choices=[('cardiology', 'Cardiology'), ('surgery', 'Surgery'), ('dermatology', 'Dermatology'), ('geriatrics', 'Geriatrics'), ('mental_health', 'Mental health care'), ('gynaecology', 'Gynaecology'), ('internal', 'Internal medicine'), ('paediatrics', 'Paediatrics'), ('ent', 'Ear, nose and throat'), ('laboratory', 'Laboratory'), ('pulmonology', 'Lungs'), ('gastroenterology', 'Stomach, gut, liver'), ('neurology', 'Neurology'), ('ophthalmology', 'Eyes'), ('orthopaedics', 'Orthopaedics'), ('imaging', 'X-ray, scan'), ('rheumatology', 'Rheumatology'), ('urology', 'Urology'), ('other', 'Something else')], max_length=24, verbose_name='specialism')),
                ('step', models.CharField(choices=[('looked_up', 'Looked it up'), ('colleague', 'Asked a colleague'), ('expert_gp', 'Asked an expert GP'), ('specialist', 'Asked a specialist'), ('other', 'Something else')], max_length=16, verbose_name='what was done')),
                ('outcome', models.CharField(choices=[('not_sent', 'Not referred, not requested'), ('sent', 'Referred or requested after all'), ('open', 'Not known yet')], max_length=16, verbose_name='outcome')),
                ('learned', practices.fields.EncryptedTextField(default='', verbose_name='learned')),
                ('to_look_at', models.BooleanField(default=False, verbose_name='may name somebody')),
                ('device_key', models.CharField(blank=True, max_length=80, verbose_name='number of the device')),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='noted at')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='time_outs', to='practices.person', verbose_name='person')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='time_outs', to='practices.practice', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'time-out',
                'verbose_name_plural': 'time-outs',
                'ordering': ['-held_on', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('device_key', ''), _negated=True), fields=('practice', 'person', 'device_key'), name='time_out_once')],
                'indexes': [models.Index(fields=['practice', 'held_on'], name='time_out_in_practice')],
            },
        ),
    ]
