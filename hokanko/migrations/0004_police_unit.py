"""Check-outs, what a unit explains, the chain of reports, handed-out media, headquarters' papers."""

import django.db.models.deletion
import uuid

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What the police's rules ask to be kept beside the footage."""

    dependencies = [("hokanko", "0003_five_rulebooks")]
    operations = [
        migrations.AddField(
            model_name='camera',
            name='storage_password',
            field=models.BinaryField(help_text='opens what it recorded; sealed', null=True),
        ),
        migrations.CreateModel(
            name='Docking',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('named', models.CharField(help_text='what the camera calls itself', max_length=60)),
                ('bay', models.CharField(max_length=80)),
                ('locked', models.BooleanField(help_text='nothing in it could be read without its password')),
                ('clips', models.IntegerField(help_text='those it came with, let go or not')),
                ('bytes', models.BigIntegerField()),
                ('clock_offset_s', models.IntegerField(help_text='its clock less ours; null = unknown', null=True)),
                ('trouble', models.TextField(blank=True, help_text='what stopped the last round')),
                ('trouble_en', models.TextField(blank=True, help_text='the same in English')),
                ('since', models.DateTimeField()),
                ('gone_at', models.DateTimeField(null=True)),
                ('camera', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='hokanko.camera')),
                ('org', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='hokanko.organisation')),
            ],
        ),
        migrations.AddField(
            model_name='camera',
            name='bay',
            field=models.CharField(blank=True, help_text='of the charger, if known', max_length=20),
        ),
        migrations.AddField(
            model_name='camera',
            name='docked_at',
            field=models.DateTimeField(help_text='on the charger since; null = is not', null=True),
        ),
        migrations.AddField(
            model_name='camera',
            name='lamp_on',
            field=models.BooleanField(help_text='profile: the red lamp is lit', null=True),
        ),
        migrations.AddField(
            model_name='camera',
            name='lock_on',
            field=models.BooleanField(help_text='profile: its storage is locked', null=True),
        ),
        migrations.AddField(
            model_name='camera',
            name='lost_at',
            field=models.DateTimeField(help_text='reported lost, and not found again', null=True),
        ),
        migrations.AddField(
            model_name='camera',
            name='profiled_at',
            field=models.DateTimeField(help_text='when its profile was set', null=True),
        ),
        migrations.AddField(
            model_name='camera',
            name='repair_since',
            field=models.DateTimeField(help_text='away for repair since', null=True),
        ),
        migrations.AddField(
            model_name='camera',
            name='sign_on',
            field=models.BooleanField(help_text='profile: shows that it records', null=True),
        ),
        migrations.CreateModel(
            name='Checkout',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('position', models.CharField(help_text='where it is worn, as the rulebook has it', max_length=20)),
                ('ticks', models.JSONField(default=list, help_text='what was ticked: cord | lamp | continuous')),
                ('out_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(help_text="the shift's end and the grace after it")),
                ('returned_at', models.DateTimeField(null=True)),
                ('condition', models.CharField(blank=True, help_text='as returned: good | damaged', max_length=10)),
                ('lost_at', models.DateTimeField(help_text='reported lost while it was out', null=True)),
                ('remark', models.CharField(blank=True, help_text='short, and of no third person', max_length=200)),
                ('camera', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checkouts', to='hokanko.camera')),
                ('out_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('returned_by', models.ForeignKey(help_text='null: the charger', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('wearer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checkouts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('lost_at', None), ('returned_at', None)), fields=('camera',), name='one_running_checkout')],
            },
        ),
        migrations.CreateModel(
            name='Explanation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.CharField(help_text='late-start | pause | early-stop | …', max_length=12)),
                ('begun', models.DateTimeField()),
                ('ended', models.DateTimeField()),
                ('ground', models.CharField(blank=True, help_text='of a pause: ア | イ | ウ', max_length=8)),
                ('words', models.BinaryField(default=bytes, help_text="in the officer's words, sealed")),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checkout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='hokanko.checkout')),
            ],
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('begun', models.DateTimeField()),
                ('ended', models.DateTimeField()),
                ('place', models.CharField(help_text='class of place, as the rulebook has it', max_length=24)),
                ('outside', models.BooleanField(help_text='not a place that the rules have filmed')),
                ('managed', models.BooleanField(help_text='premises that a third party manages')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checkout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='hokanko.checkout')),
                ('footage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='hokanko.footage')),
            ],
        ),
        migrations.CreateModel(
            name='ShiftClose',
            fields=[
                ('checkout', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='closing', serialize=False, to='hokanko.checkout')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='StandingConsent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('premises', models.CharField(max_length=80)),
                ('manager', models.BinaryField(help_text='who agreed, sealed')),
                ('since', models.DateField()),
                ('ended_on', models.DateField(help_text='the day on which it was taken back', null=True)),
                ('org', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hokanko.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='PremisesConsent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('premises', models.CharField(max_length=80)),
                ('manager', models.BinaryField(help_text='who was asked, sealed')),
                ('asked', models.CharField(help_text='before | after: the filming', max_length=8)),
                ('outcome', models.CharField(help_text='obtained | refused | could-not', max_length=12)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='hokanko.passage')),
                ('standing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hokanko.standingconsent')),
            ],
        ),
        migrations.CreateModel(
            name='ProvidedMedium',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('number', models.CharField(help_text='of the request, then a count', max_length=48, unique=True)),
                ('kind', models.CharField(help_text='still | medium', max_length=8)),
                ('medium', models.CharField(blank=True, help_text='number written on the medium', max_length=60)),
                ('at_ms', models.BigIntegerField(help_text='position of a still', null=True)),
                ('holder', models.CharField(help_text='who has it', max_length=200)),
                ('document_class', models.CharField(blank=True, max_length=60)),
                ('keep_until', models.DateField(help_text='under the document rules', null=True)),
                ('handed_at', models.DateTimeField()),
                ('ending', models.CharField(blank=True, help_text='returned | destroyed', max_length=10)),
                ('ended_on', models.DateField(null=True)),
                ('how', models.CharField(blank=True, help_text='by which means it ended', max_length=200)),
                ('footage', models.ForeignKey(help_text='of a still', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hokanko.footage')),
                ('provision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='media', to='hokanko.provision')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='case',
            name='fact_over_at',
            field=models.DateTimeField(help_text='when the fact was found to be over', null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='other',
            field=models.BinaryField(default=bytes, help_text='what it is where 等 was chosen, sealed'),
        ),
        migrations.AddField(
            model_name='case',
            name='recognised_at',
            field=models.DateTimeField(help_text='of an incident: its clock starts', null=True),
        ),
        migrations.CreateModel(
            name='CaseReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leg', models.SmallIntegerField(help_text='1: to headquarters, 2: from there on')),
                ('at', models.DateTimeField(help_text='when it was told')),
                ('to', models.CharField(help_text='the post or office of the chain', max_length=60)),
                ('means', models.CharField(help_text='as `casebook.reports.MEANS` has it', max_length=10)),
                ('text', models.BinaryField(help_text='who took it and what was told, JSON, sealed')),
                ('received_at', models.DateTimeField(help_text='the next clock starts', null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='hokanko.case')),
                ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'leg'), name='one_report_a_leg')],
            },
        ),
        migrations.CreateModel(
            name='Doubt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('clause', models.CharField(max_length=60)),
                ('question', models.BinaryField(help_text='sealed')),
                ('raised_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(help_text='when the office above was told', null=True)),
                ('told_how', models.BinaryField(default=bytes, help_text='to whom and by what means, sealed')),
                ('answered_on', models.DateField(null=True)),
                ('answer', models.BinaryField(default=bytes, help_text='sealed')),
                ('interpretation', models.TextField(blank=True, help_text='read by everybody; names nobody')),
                ('org', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='doubts', to='hokanko.organisation')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="NoticeDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contact", models.TextField(blank=True)),
                ("words", models.TextField(blank=True)),
                ("drafted_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(help_text="a notice was published since", null=True)),
                ("drafted_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("org", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hokanko.organisation")),
                ("site", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hokanko.site")),
            ],
        ),
        migrations.CreateModel(
            name="ProjectReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("kind", models.CharField(help_text="results | commission | publication", max_length=12)),
                ("begins", models.DateField()),
                ("ends", models.DateField()),
                ("effects", models.TextField(blank=True)),
                ("problems", models.TextField(blank=True)),
                ("url", models.CharField(blank=True, help_text="where it is published", max_length=300)),
                ("drafted_at", models.DateTimeField()),
                ("issued_at", models.DateTimeField(null=True)),
                ("number", models.CharField(blank=True, help_text="blank while it is a draft", max_length=60)),
                ("counts", models.JSONField(default=dict, help_text="the numbers as issued")),
                ("drafted_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("issued_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("org", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hokanko.organisation")),
            ],
            options={
                "constraints": [models.UniqueConstraint(condition=models.Q(("number", ""), _negated=True), fields=("number",), name="one_report_per_number")],
            },
        ),
        migrations.AddField(
            model_name='viewing',
            name='code_sha256',
            field=models.CharField(blank=True, help_text='of the code shown to scan', max_length=64),
        ),
        migrations.AddField(
            model_name='viewing',
            name='code_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='viewing',
            name='phone',
            field=models.CharField(blank=True, help_text='digest of the login by which he attends on a phone', max_length=64),
        ),
        migrations.AddField(
            model_name='viewing',
            name='phone_beat_at',
            field=models.DateTimeField(help_text='last sign of life of that phone', null=True),
        ),
        migrations.AddField(
            model_name='evidence',
            name='waiting',
            field=models.BooleanField(default=False, help_text='for others to confirm it'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='charged',
            field=models.ForeignKey(help_text='who answers for the disposal of what was replaced', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='Attestation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('posts', models.JSONField(default=list, help_text='held at that moment')),
                ('words', models.BinaryField(help_text='how it was confirmed, sealed')),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attestations', to='hokanko.evidence')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('evidence', 'person'), name='attested_once_by_each')],
            },
        ),
        # a unit's year: what pages search by
        migrations.AddField(
            model_name="provision",
            name="paper_due",
            field=models.DateField(
                help_text="by when the paper of an urgent one follows", null=True
            ),
        ),
        migrations.AddField(
            model_name="camera",
            name="closed_place",
            field=models.BooleanField(
                default=False, help_text="not open to an unspecified number of people"
            ),
        ),
        migrations.AddField(
            model_name="camera",
            name="scope_note",
            field=models.CharField(
                blank=True, help_text="why it is under these rules all the same", max_length=400
            ),
        ),
        migrations.RemoveIndex(model_name="entry", name="hokanko_ent_kind_52d6a9_idx"),
        migrations.AddIndex(model_name="entry", index=models.Index(fields=["kind", "org", "at"], name="line_by_kind")),
        migrations.AddIndex(model_name="arrival", index=models.Index(fields=["state", "org"], name="arrival_state")),
        migrations.AddIndex(model_name="checkout", index=models.Index(fields=["out_at"], name="newest_out")),
        migrations.AddIndex(model_name="checkout", index=models.Index(fields=["camera", "out_at"], name="taken_out")),
        migrations.AddIndex(model_name="checkout", index=models.Index(fields=["wearer", "out_at"], name="worn_by")),
        migrations.AddIndex(model_name="arrival", index=models.Index(fields=["org", "begun_at"], name="arrival_newest")),
        migrations.AddIndex(model_name="footage", index=models.Index(fields=["camera", "captured"], name="filmed")),
        migrations.AddIndex(model_name="footage", index=models.Index(fields=["wearer", "org"], name="worn_here")),
        # SQLite does not use an index with a condition for a value that comes as a parameter
        migrations.RemoveIndex(model_name="footage", name="due"),
        migrations.AddIndex(model_name="footage", index=models.Index(fields=["state", "last_day", "org"], name="due")),
        # consents on record, stills marked in a viewing, numbers on what is handed out
        migrations.CreateModel(
            name="PersonConsent",
            fields=[
                ("file", models.BinaryField(help_text="the signed paper, sealed", null=True)),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("file_type", models.CharField(blank=True, max_length=60)),
                ("file_sha256", models.CharField(blank=True, max_length=64)),
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=40, unique=True)),
                ("person", models.CharField(max_length=60)),
                ("purpose", models.CharField(help_text="in the words consented to", max_length=200)),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("on", models.DateField(help_text="the day on which it was given")),
                ("how", models.CharField(help_text="how it was given", max_length=120)),
                ("entered_at", models.DateTimeField()),
                ("withdrawn_on", models.DateField(null=True)),
                ("withdrawn_how", models.CharField(blank=True, max_length=120)),
                ("camera", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hokanko.camera")),
                ("entered_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("footage", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hokanko.footage")),
                ("org", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hokanko.organisation")),
            ],
            options={"abstract": False},
        ),
        migrations.AddField(
            model_name="viewing",
            name="rests_on",
            field=models.ManyToManyField(related_name="viewings", to="hokanko.personconsent"),
        ),
        migrations.AddField(
            model_name="provision",
            name="rests_on",
            field=models.ManyToManyField(related_name="provisions", to="hokanko.personconsent"),
        ),
        migrations.CreateModel(
            name="Scene",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("viewing", models.UUIDField(help_text="the viewing in which it was marked")),
                ("at_ms", models.BigIntegerField(help_text="counted from the first picture")),
                ("at", models.DateTimeField(help_text="when it was marked")),
                ("asked_at", models.DateTimeField(help_text="when a request took it up", null=True)),
                ("footage", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="scenes", to="hokanko.footage")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("viewing", "at_ms"), name="scene_once")],
            },
        ),
        migrations.AddField(
            model_name="providedmedium",
            name="sha256",
            field=models.CharField(blank=True, help_text="of a still as it was handed out, with its number", max_length=64),
        ),
        migrations.AddField(
            model_name="providedmedium",
            name="bytes",
            field=models.BigIntegerField(help_text="its size", null=True),
        ),
        migrations.RemoveField(model_name="erasurecase", name="departed"),
        migrations.RemoveField(model_name="erasurecase", name="asked_by_subject"),
        migrations.RemoveField(model_name="erasurecase", name="circumstances"),
        migrations.AddField(
            model_name="erasurecase",
            name="departs",
            field=models.CharField(blank=True, help_text="clause of 第6の1 or 2 that the filming departs from", max_length=60),
        ),
        migrations.AddField(
            model_name="erasurecase",
            name="begun",
            field=models.DateTimeField(help_text="of the stretch that departs from it", null=True),
        ),
        migrations.AddField(
            model_name="erasurecase",
            name="ended",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="erasurecase",
            name="subject_asked_on",
            field=models.DateField(help_text="when the person filmed asked", null=True),
        ),
        migrations.AddField(
            model_name="erasurecase",
            name="said",
            field=models.BinaryField(default=bytes, help_text="what the request says, JSON, sealed"),
        ),
        migrations.AddField(
            model_name="erasurecase",
            name="second",
            field=models.BinaryField(default=bytes, help_text="what the second person saw, sealed"),
        ),
        migrations.AddField(
            model_name="erasurecase",
            name="seconded_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="erasurecase",
            name="seconded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="erasurecase",
            name="decision",
            field=models.BinaryField(default=bytes, help_text="why it was so decided, sealed"),
        ),
        migrations.AlterField(
            model_name="provision",
            name="state",
            field=models.CharField(default="asked", help_text="asked | returned | approved | declined | withdrawn | lapsed | entered | handed", max_length=10),
        ),
        migrations.AddField(
            model_name="provision",
            name="arrived",
            field=models.CharField(blank=True, default="", help_text="paper | telephone; blank: by the requester himself", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="provision",
            name="answer_due",
            field=models.DateField(help_text="of the question it was sent back with", null=True),
        ),
        migrations.AddField(
            model_name="provision",
            name="taken_by",
            field=models.ForeignKey(help_text="who entered it for the requester", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="provision",
            name="reported_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="provision",
            name="acknowledged_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name="ProvisionTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(help_text="the first turn of a request is 1")),
                ("kind", models.CharField(help_text="sent_back | resubmitted | withdrawn | declined", max_length=12)),
                ("at", models.DateTimeField()),
                ("said", models.BinaryField(help_text="the question, the answer, the reason; sealed")),
                ("due", models.DateField(help_text="by when an answer is asked for", null=True)),
                ("before", models.JSONField(default=dict, help_text="the form as it stood, by field")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("provision", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="hokanko.provision")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("provision", "number"), name="provision_turn")],
            },
        ),
        migrations.AlterField(
            model_name="viewing",
            name="state",
            field=models.CharField(default="asked", help_text="asked | returned | approved | declined | withdrawn | lapsed | open | closed", max_length=10),
        ),
        migrations.AddField(
            model_name="viewing",
            name="answer_due",
            field=models.DateField(help_text="of the question it was sent back with", null=True),
        ),
        migrations.CreateModel(
            name="ViewingTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(help_text="the first turn of a request is 1")),
                ("kind", models.CharField(help_text="sent_back | resubmitted | withdrawn | declined", max_length=12)),
                ("at", models.DateTimeField()),
                ("said", models.BinaryField(help_text="the question, the answer, the reason; sealed")),
                ("due", models.DateField(help_text="by when an answer is asked for", null=True)),
                ("before", models.JSONField(default=dict, help_text="the form as it stood, by field")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("viewing", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="hokanko.viewing")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("viewing", "number"), name="viewing_turn")],
            },
        ),
        migrations.AddField(
            model_name="clip",
            name="problem_en",
            field=models.TextField(blank=True, default="", help_text="the same in English"),
            preserve_default=False,
        ),
    ]
