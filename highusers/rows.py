"""The rows of an extract, one per patient, in few statements.

Row-level security forbids COPY into the closed tables, so rows go as arrays in an INSERT, under the
policy.
"""

import json
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q

from highusers.codes import last_number
from highusers.imports.result import Parsed
from highusers.models import Extract, HighUser
from highusers.rights import keep_out_removed
from mtvp.privacy.keyed_hash import patient_keys
from practices.models import Practice
from practices.vault import cipher, hash_secret

# In the order of their keys, the rows fill the indexes from one end. The database unpacks sums that
# many patients share once.
_ADD_TOTALS = """
    SET LOCAL work_mem = '64MB';
    INSERT INTO highusers_patienttotal
        (extract_id, practice_id, patient_key, contacts, by_type, by_month, birth_year, sex)
    SELECT %s, %s, key, contacts, types.sums, months.sums, nullif(birth_year, 0), sex
    FROM unnest(%s::bytea[], %s::integer[], %s::integer[], %s::smallint[], %s::text[])
        WITH ORDINALITY AS patient (key, contacts, type, birth_year, sex, place)
    LEFT JOIN jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS types (sums, type) USING (type)
    LEFT JOIN ROWS FROM (unnest(%s::integer[]), jsonb_array_elements(%s::jsonb))
        AS months (place, sums) USING (place)
    ORDER BY key
"""
_ADD_HIGH_USERS = """
    INSERT INTO highusers_highuser (practice_id, patient_key, number, his_number)
    SELECT %s, key, %s + place, token
    FROM unnest(%s::bytea[], %s::bytea[]) WITH ORDINALITY AS patient (key, token, place)
"""
_PATIENTS_AT_ONCE = 100_000

Named = tuple[str, bytes]
"""A patient's number and key."""


def keys_of(practice: Practice, parsed: Parsed) -> list[bytes]:
    """The keyed hash of each patient of a file, in the order of the file's patients."""
    numbers = parsed.patients.frame["patient"].tolist()
    return patient_keys(hash_secret(), practice.key_code, numbers)


def write_rows(extract: Extract, parsed: Parsed, keys: Sequence[bytes]) -> None:
    """Store the patients of a file as the rows of an extract that has none.

    Patients who were taken out of the system are left out again. While the database stores the
    rows, a thread encrypts the HIS numbers.
    """
    frame = parsed.patients.frame
    numbers = frame["patient"].tolist()
    high = frame.loc[frame["contacts"] >= parsed.threshold].sort_values(
        ["contacts", "patient"], ascending=[False, True]
    )
    new = _name_known(extract, [(numbers[place], keys[place]) for place in high.index])
    # Written out before the thread begins, which would hold up the work of this one.
    totals = _totals(parsed, keys, slice(0, _PATIENTS_AT_ONCE))
    with ThreadPoolExecutor(max_workers=1) as aside:
        tokens = aside.submit(_encrypted, new)
        _add_totals(extract, totals)
        for start in range(_PATIENTS_AT_ONCE, len(keys), _PATIENTS_AT_ONCE):
            _add_totals(extract, _totals(parsed, keys, slice(start, start + _PATIENTS_AT_ONCE)))
        _add_high_users(extract, new, tokens)
    keep_out_removed(extract.practice)


def _totals(parsed: Parsed, keys: Sequence[bytes], part: slice) -> list[str]:
    """A part of the patients, as the parameters of the statement that adds them."""
    frame = parsed.patients.frame[part]
    types, sums_of_types = _types(parsed, part)
    places, sums_of_months = _months(parsed, frame["patient"].tolist())
    return [
        _array(map(_written, keys[part])),
        _array(frame["contacts"].tolist()),
        _array(types),
        _array(frame["birth_year"].tolist()),
        _array(f'"{sex}"' for sex in frame["sex"].tolist()),
        sums_of_types,
        _array(places),
        sums_of_months,
    ]


def _add_totals(extract: Extract, totals: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ADD_TOTALS, [extract.pk, extract.practice_id, *totals])


def _array(values: Iterable[object]) -> str:
    """A literal of an array; texts come in quotation marks and hold none."""
    return "{" + ",".join(map(str, values)) + "}"


def _written(content: bytes) -> str:
    """Bytes as an element of an array, where a backslash escapes."""
    return r"\\x" + content.hex()


def _types(parsed: Parsed, part: slice) -> tuple[list[int], str]:
    """Per patient the place of the sums per type in a list of JSON, from 1; 0 without types.

    Most patients share theirs with many others.
    """
    table = parsed.patients.by_type[part]
    names = [str(name) for name in table.columns]
    if not names:
        return [0] * len(parsed.patients.frame[part]), "[]"
    place: dict[tuple[int, ...], int] = {}
    patients = zip(*(table[name].tolist() for name in names), strict=True)
    types = [place.setdefault(sums, len(place) + 1) for sums in patients]
    listed = [
        {name: value for name, value in zip(names, sums, strict=True) if value} for sums in place
    ]
    return types, json.dumps(listed)


def _months(parsed: Parsed, patients: Sequence[str]) -> tuple[list[int], str]:
    """The places, from 1, of patients with sums per month, and those sums as a list of JSON."""
    sums = parsed.patients.by_month
    places = [place for place, patient in enumerate(patients, start=1) if patient in sums]
    return places, json.dumps([sums[patients[place - 1]] for place in places])


def _name_known(extract: Extract, patients: Sequence[Named]) -> list[Named]:
    """Complete the known high users who have no HIS number yet; answers with the new ones."""
    known = {
        bytes(key): (pk, nameless)
        for key, pk, nameless in HighUser.objects.filter(practice=extract.practice_id).values_list(
            "patient_key", "pk", ExpressionWrapper(Q(his_number__isnull=True), BooleanField())
        )
    }
    named = [
        HighUser(pk=known[key][0], his_number=number)
        for number, key in patients
        if key in known and known[key][1]
    ]
    HighUser.objects.bulk_update(named, ["his_number"], batch_size=1000)
    return [(number, key) for number, key in patients if key not in known]


def _encrypted(patients: Sequence[Named]) -> list[bytes]:
    encrypt = cipher().encrypt
    return [encrypt(number) for number, _key in patients]


def _add_high_users(
    extract: Extract, patients: Sequence[Named], tokens: Future[list[bytes]]
) -> None:
    """Give new high users the next V-codes in this order; known ones keep theirs.

    The HIS number is kept encrypted, and only for high users.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD_HIGH_USERS,
            [
                extract.practice_id,
                last_number(),
                _array(_written(key) for _number, key in patients),
                _array(map(_written, tokens.result())),
            ],
        )
