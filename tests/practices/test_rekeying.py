"""`rotate_keys`: all that is encrypted, in every practice, and what it cannot do it says."""

from datetime import date

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from highusers.models import HighUser, PatientPlan
from mtvp.privacy.encryption import Cipher, new_key
from practices import rekeying, vault
from practices.fields import EncryptedTextField
from practices.isolation import practice_scope
from practices.models import AuditEvent
from practices.rekeying import encrypted_tables, rekey_everything
from practices.states import AuditOutcome
from tests import factories

pytestmark = pytest.mark.django_db
OLD, NEW, STRANGE = new_key(), new_key(), new_key()


@pytest.fixture(autouse=True)
def keys(settings):
    """Callable: from now on these are the keys of the installation."""

    def are(*listed):
        settings.ENCRYPTION_KEYS = listed
        vault.cipher.cache_clear()

    are(OLD)
    yield are
    vault.cipher.cache_clear()


def plan(practice, number=1, **text):
    with practice_scope(practice):
        patient = HighUser.objects.create(
            practice=practice,
            patient_key=bytes([number]) * 32,
            number=number,
            his_number=f"HIS{number}",
        )
        return PatientPlan.objects.create(
            practice=practice, high_user=patient, drafted_on=date(2024, 1, 1), **text
        )


def tokens(practice):
    with practice_scope(practice), connection.cursor() as cursor:
        cursor.execute(
            "SELECT his_number FROM highusers_highuser UNION ALL SELECT unnest(ARRAY"
            "[reason, who, how, moment, goals]) FROM highusers_patientplan ORDER BY 1"
        )
        return [bytes(token) for (token,) in cursor.fetchall()]


def opens(key, token):
    return Cipher((key,)).is_current(token)


def test_every_practice_is_encrypted_anew_and_reads_the_same_with_the_new_key_alone(keys):
    practices = [factories.practice() for _ in range(3)]
    plans = [plan(practice, reason="reden", goals="doel é") for practice in practices]
    keys(NEW, OLD)
    assert rekey_everything().rows == 6
    keys(NEW)
    for practice, made in zip(practices, plans, strict=True):
        assert all(opens(NEW, token) for token in tokens(practice))
        with practice_scope(practice):
            read = PatientPlan.objects.select_related("high_user").get(pk=made.pk)
            assert (read.reason, read.goals, read.who) == ("reden", "doel é", "")
            assert read.high_user.his_number == "HIS1"


def test_a_second_run_changes_nothing(keys):
    practice = factories.practice()
    plan(practice)
    keys(NEW, OLD)
    rekey_everything()
    before = tokens(practice)
    assert rekey_everything().rows == 0
    assert tokens(practice) == before


def test_a_run_that_broke_off_goes_on_where_it_stopped(keys, monkeypatch):
    practice = factories.practice()
    for number in range(1, 8):
        plan(practice, number)
    monkeypatch.setattr(rekeying, "BATCH", 2)
    keys(NEW, OLD)
    rows = 0

    def breaks_off(tokens, renewed=rekeying._renewed):
        nonlocal rows
        rows += 1
        if rows > 5:
            raise KeyboardInterrupt
        return renewed(tokens)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(rekeying, "_renewed", breaks_off)
        rekey_everything()
    assert sum(opens(NEW, token) for token in tokens(practice)) == 4
    assert rekey_everything().rows == 14 - 4
    assert all(opens(NEW, token) for token in tokens(practice))


def test_an_empty_number_stays_empty(keys):
    practice = factories.practice()
    with practice_scope(practice):
        HighUser.objects.create(practice=practice, patient_key=b"x" * 32, number=1)
    keys(NEW, OLD)
    assert rekey_everything() == rekeying.Rekeyed(0, [])


def test_secrets_of_the_second_step_go_along(keys):
    someone = factories.user()
    encrypt = get_adapter().encrypt
    totp = Authenticator.objects.create(
        user=someone, type="totp", data={"secret": encrypt("JBSWY3DP")}
    )
    codes = Authenticator.objects.create(
        user=someone,
        type="recovery_codes",
        data={"seed": encrypt("zaad"), "migrated_codes": [encrypt("a"), encrypt("b")], "mask": 3},
    )
    passkey = Authenticator.objects.create(user=someone, type="webauthn", data={"credential": {}})
    keys(NEW, OLD)
    assert rekey_everything().rows == 2
    keys(NEW)
    for factor in (totp, codes, passkey):
        factor.refresh_from_db()
    decrypt = get_adapter().decrypt
    assert decrypt(totp.data["secret"]) == "JBSWY3DP"
    assert decrypt(codes.data["seed"]) == "zaad"
    assert [decrypt(code) for code in codes.data["migrated_codes"]] == ["a", "b"]
    assert (codes.data["mask"], passkey.data) == (3, {"credential": {}})


def test_what_no_key_opens_is_named_by_table_and_id_and_the_rest_is_done(keys, capsys):
    practice, other = factories.practice(), factories.practice()
    keys(STRANGE)
    lost = plan(practice, reason="verloren")
    factor = Authenticator.objects.create(
        user=factories.user(), type="totp", data={"secret": get_adapter().encrypt("geheim")}
    )
    keys(OLD)
    plan(other, reason="leesbaar")
    keys(NEW, OLD)
    with pytest.raises(SystemExit) as ended:
        call_command("rotate_keys")
    shown = capsys.readouterr()
    assert ended.value.code == 1
    assert shown.out == "2 rows encrypted anew.\n"
    assert sorted(shown.err.splitlines()) == [
        f"highusers_highuser {lost.high_user_id}: no key opens it",
        f"highusers_patientplan {lost.pk}: no key opens it",
        f"mfa_authenticator {factor.pk}: no key opens it",
    ]
    assert all(opens(NEW, token) for token in tokens(other))
    event = AuditEvent.objects.get()
    assert (event.outcome, event.detail) == (AuditOutcome.FAILED, {"rows": 2, "lost": 3})


def test_one_lost_field_does_not_keep_the_others_of_its_row_back(keys):
    practice = factories.practice()
    made = plan(practice, reason="reden", goals="doel")
    foreign = Cipher((STRANGE,)).encrypt("verloren")
    with practice_scope(practice), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE highusers_patientplan SET goals = %s WHERE id = %s", [foreign, made.pk]
        )
    keys(NEW, OLD)
    assert rekey_everything().lost == [("highusers_patientplan", made.pk)]
    assert [opens(NEW, token) for token in tokens(practice)].count(False) == 1


def test_every_table_with_an_encrypted_field_takes_part():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT table_name FROM information_schema.columns"
            " WHERE data_type = 'bytea' AND table_schema = 'public' AND column_name NOT IN"
            " ('patient_key', 'token_hash') AND table_name NOT LIKE 'practices_auditevent%'"
        )
        stored = {name for (name,) in cursor.fetchall()}
    found = {table.name: table for table in encrypted_tables()}
    assert set(found) == stored
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        closed = {name for (name,) in cursor.fetchall()}
    assert {name for name, table in found.items() if table.of_practice} == set(found) & closed


def test_no_free_text_behind_the_wall_of_a_practice_is_readable():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        closed = {name for (name,) in cursor.fetchall()}
    readable = {
        str(field)
        for model in apps.get_models()
        if model._meta.db_table in closed
        for field in model._meta.concrete_fields
        if isinstance(field, (models.TextField, models.CharField))
        and not (field.choices or isinstance(field, EncryptedTextField))
    }
    assert readable == set()
