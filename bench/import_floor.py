"""The least an import can do, without a single check."""

import hmac
from pathlib import Path
from typing import Any

import pandas
import psycopg
import pyarrow.csv
from python_calamine import CalamineWorkbook

FLOOR_TABLE = "bench_patienttotal"


def make_table(connection: psycopg.Connection[Any]) -> None:
    """A table with the same columns and indexes as the product's, without its foreign keys."""
    connection.execute(f"DROP TABLE IF EXISTS {FLOOR_TABLE}")
    connection.execute(f"CREATE TABLE {FLOOR_TABLE} (LIKE highusers_patienttotal INCLUDING ALL)")


def import_contacts(path: Path, connection: psycopg.Connection[Any]) -> None:
    """Parse with pyarrow, read the dates, count per patient, hash each patient once, COPY."""
    rows = pyarrow.csv.read_csv(
        path, parse_options=pyarrow.csv.ParseOptions(delimiter=";")
    ).to_pandas()
    codes, texts = pandas.factorize(rows["Contactdatum"])
    days = pandas.to_datetime(pandas.Index(texts), format="%d-%m-%Y").take(codes)
    counts = rows["Patnr"].groupby([rows["Patnr"]]).size()
    assert len(days) == len(rows)
    keys = [hmac.digest(b"bench", str(patient).encode(), "sha256") for patient in counts.index]
    copy_totals(keys, counts.tolist(), connection)


def copy_totals(keys: list[bytes], counts: list[int], connection: psycopg.Connection[Any]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(
            f"COPY {FLOOR_TABLE} (extract_id, practice_id, patient_key, contacts, sex) FROM STDIN"
        ) as copy,
    ):
        for key, contacts in zip(keys, counts, strict=True):
            copy.write_row((1, 1, key, contacts, ""))


def read_workbook(path: Path) -> None:
    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
