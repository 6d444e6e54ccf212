"""Figures of the way from a file to a stored extract."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.db import connections

from bench import import_files, import_floor
from bench.measure import Figure, paired
from bench.region_lines import owner_connection, region_of
from highusers.imports.pipeline import parse
from highusers.services import import_extract, store_extract
from practices.models import Practice

PATIENT_TABLES = "highusers_patienttotal, highusers_highuser, highusers_extract"


@contextmanager
def _one_practice() -> Iterator[tuple[Practice, "psycopg.Connection[Any]", Path]]:
    """A practice to import for, a bare connection for the floor and a folder for the file."""
    region_of(1)
    with owner_connection() as bare, tempfile.TemporaryDirectory() as folder:
        import_floor.make_table(bare)
        yield Practice.objects.select_related("cohort").get(), bare, Path(folder)


def _emptied(bare: "psycopg.Connection[Any]") -> None:
    bare.execute(f"TRUNCATE {PATIENT_TABLES}, {import_floor.FLOOR_TABLE} CASCADE")


def _import(practice: Practice, path: Path) -> None:
    import_extract(
        practice=practice, data=path.read_bytes(), period=import_files.PERIOD, actor=None
    )


def contacts(*, rows: int = 1_000_000, repetitions: int = 5) -> Iterator[Figure]:
    """A whole region's worth of contact rows, and the memory it takes in a process of its own."""
    with _one_practice() as (practice, bare, folder):
        path = folder / "contacten.csv"
        import_files.contact_rows(path, rows=rows, patients=rows * 76 // 1000)
        yield _against_floor("import_contacts_1m", practice, path, bare, repetitions)
        _emptied(bare)
        yield Figure("import_contacts_1m_peak", _peak(practice, path), "MB")


def practice(*, rows: int = 33_000, repetitions: int = 9) -> Iterator[Figure]:
    """A file of one ordinary practice."""
    with _one_practice() as (practice, bare, folder):
        path = folder / "contacten.csv"
        import_files.contact_rows(path, rows=rows, patients=2_500)
        yield _against_floor("import_practice", practice, path, bare, repetitions)


def workbook(*, rows: int = 100_000, repetitions: int = 5) -> Iterator[Figure]:
    """Reading an xlsx up to what would be stored, against reading its cells."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contacten.xlsx"
        import_files.totals_workbook(path, rows=rows)
        yield paired(
            "import_totals_xlsx_100k",
            lambda: parse(path.read_bytes(), period=import_files.PERIOD),
            partial(import_floor.read_workbook, path),
            repetitions=repetitions,
        )


def store(*, patients: int = 182_000, repetitions: int = 5) -> Iterator[Figure]:
    """Rows per patient into PostgreSQL, keys and all, against COPY of keys made before."""
    with _one_practice() as (practice, bare, folder):
        path = folder / "totalen.csv"
        import_files.totals(path, rows=patients)
        parsed = parse(path.read_bytes(), period=import_files.PERIOD)
        counts = parsed.patients.frame["contacts"].tolist()
        keys = [os.urandom(32) for _patient in counts]
        yield paired(
            "store_182k",
            lambda: store_extract(practice=practice, parsed=parsed, actor=None),
            lambda: import_floor.copy_totals(keys, counts, bare),
            repetitions=repetitions,
            prepare=partial(_emptied, bare),
        )


def _against_floor(
    name: str,
    practice: Practice,
    path: Path,
    bare: "psycopg.Connection[Any]",
    repetitions: int,
) -> Figure:
    return paired(
        name,
        partial(_import, practice, path),
        partial(import_floor.import_contacts, path, bare),
        repetitions=repetitions,
        prepare=partial(_emptied, bare),
    )


def _peak(practice: Practice, path: Path) -> float:
    """Megabytes that a process of its own held at most while it imported the file."""
    connections.close_all()
    scratch = connections["default"].settings_dict["NAME"]
    environment = dict(os.environ)
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        environment[name] = urlsplit(os.environ[name])._replace(path=f"/{scratch}").geturl()
    done = subprocess.run(
        [sys.executable, "-m", "bench.peak", practice.code, str(path)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)
