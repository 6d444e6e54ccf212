"""The rows of an extract, one per patient, as COPY writes them.

Row-level security forbids COPY into the closed table itself, so rows go into a table of this
transaction first and are moved from there under the policy.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import islice, repeat

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q

from highusers.codes import last_number
from highusers.imports.result import Parsed
from highusers.models import Extract, HighUser
from highusers.rights import keep_out_removed
from mtvp.privacy.keyed_hash import patient_keys
from practices.models import Practice
from practices.vault import cipher, hash_secret

_TOTALS = """
    patient_key bytea, contacts integer, by_type text, by_month text, birth_year smallint, sex text
"""
# In the order of their keys, the rows fill the indexes from one end.
_MOVE_TOTALS = """
    INSERT INTO highusers_patienttotal
        (extract_id, practice_id, patient_key, contacts, by_type, by_month, birth_year, sex)
    SELECT %s, %s, patient_key, contacts, by_type::jsonb, by_month::jsonb, birth_year, sex
    FROM arriving ORDER BY patient_key
"""
_ADD_HIGH_USERS = """
    INSERT INTO highusers_highuser (practice_id, patient_key, number, his_number)
    SELECT %s, * FROM unnest(%s::bytea[], %s::integer[], %s::bytea[])
"""
_LINES_AT_ONCE = 5000
_NULL = "\\N"


def keys_of(practice: Practice, parsed: Parsed) -> list[bytes]:
    """The keyed hash of each patient of a file, in the order of the file's patients."""
    return patient_keys(hash_secret(), practice.code, parsed.patients.frame["patient"].tolist())


def write_rows(extract: Extract, parsed: Parsed, keys: Sequence[bytes]) -> None:
    """Store the patients of a file as the rows of an extract that has none.

    Patients who were taken out of the system are left out again.
    """
    frame = parsed.patients.frame
    numbers = frame["patient"].tolist()
    _store(_lines(parsed, keys), extract)
    high = frame.loc[frame["contacts"] >= parsed.threshold].sort_values(
        ["contacts", "patient"], ascending=[False, True]
    )
    patients = [(numbers[place], keys[place]) for place in high.index]
    _remember_high_users(extract, patients)
    keep_out_removed(extract.practice)


def _store(lines: Iterator[str], extract: Extract) -> None:
    """Copy lines into a table of this transaction and move them into the closed table."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE arriving ({_TOTALS})")
        with cursor.copy("COPY arriving FROM STDIN") as copy:
            while block := list(islice(lines, _LINES_AT_ONCE)):
                copy.write("".join(block))
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute(_MOVE_TOTALS, [extract.pk, extract.practice_id])
        cursor.execute("DROP TABLE arriving")


def _lines(parsed: Parsed, keys: Sequence[bytes]) -> Iterator[str]:
    """Lines in the text format of COPY; nothing in them needs an escape but the key's own."""
    frame, months = parsed.patients.frame, parsed.patients.by_month
    columns = zip(
        keys,
        frame["patient"].tolist(),
        frame["contacts"].tolist(),
        _types(parsed),
        frame["birth_year"].tolist(),
        frame["sex"].tolist(),
        strict=True,
    )
    for key, patient, contacts, by_type, birth_year, sex in columns:
        by_month = json.dumps(months[patient]) if patient in months else _NULL
        born = birth_year or _NULL
        yield f"\\\\x{key.hex()}\t{contacts}\t{by_type}\t{by_month}\t{born}\t{sex}\n"


def _types(parsed: Parsed) -> Iterator[str]:
    """The sums per type of each patient as JSON; most patients share theirs with many others."""
    table = parsed.patients.by_type
    names = [str(name) for name in table.columns]
    if not names:
        yield from repeat(_NULL, parsed.number_of_patients)
        return
    written: dict[tuple[int, ...], str] = {}
    for sums in zip(*(table[name].tolist() for name in names), strict=True):
        if sums not in written:
            written[sums] = json.dumps(
                {name: value for name, value in zip(names, sums, strict=True) if value}
            )
        yield written[sums]


def _remember_high_users(extract: Extract, patients: Sequence[tuple[str, bytes]]) -> None:
    """Give new high users the next V-codes, the most contacts first, and keep known ones theirs.

    The HIS number is kept encrypted, and only for them.
    """
    known = {
        bytes(key): (pk, nameless)
        for key, pk, nameless in HighUser.objects.filter(practice=extract.practice_id).values_list(
            "patient_key", "pk", ExpressionWrapper(Q(his_number__isnull=True), BooleanField())
        )
    }
    last = last_number()
    new = [(number, key) for number, key in patients if key not in known]
    encrypt = cipher().encrypt
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD_HIGH_USERS,
            [
                extract.practice_id,
                [key for _number, key in new],
                list(range(last + 1, last + 1 + len(new))),
                [encrypt(number) for number, _key in new],
            ],
        )
    named = [
        HighUser(pk=known[key][0], his_number=number)
        for number, key in patients
        if key in known and known[key][1]
    ]
    HighUser.objects.bulk_update(named, ["his_number"], batch_size=1000)
