"""The extracts outside the repository, against figures computed apart."""

import json
from datetime import date
from pathlib import Path

import pytest

from highusers.imports.pipeline import parse
from highusers.imports.refusal import Refused

NAMES = [
    "01-totals-titlelines.csv", "02-totals-utf16-tab.csv", "03-totals-channels.xlsx",
    "04-contacts-bom.csv", "05-empty.csv", "06-report.csv", "07-no-count.csv",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_extract(name: str, real_data: Path) -> None:
    expected = json.loads((real_data / "extracts/expected.json").read_text())[name]
    arguments = dict(zip(expected["args"][::2], expected["args"][1::2], strict=True))
    period = (date.fromisoformat(arguments["--from"]), date.fromisoformat(arguments["--to"]))
    data = (real_data / "extracts" / name).read_bytes()
    if expected.get("refused"):
        with pytest.raises(Refused):
            parse(data, period=period)
        return
    outcome = parse(data, period=period)
    summary = outcome.summary()
    for figure in ("shape", "rows", "rejected_rows", "patients", "contacts", "high_users"):
        assert summary[figure] == expected[figure]
    assert set(expected.get("must_drop", [])) <= set(outcome.dropped_columns)
    if "rejected_at" in expected:
        assert [error.row for error in outcome.errors] == expected["rejected_at"]
    told = {notice.code: notice.message for notice in outcome.warnings}
    assert ("total_line" in told) is (expected.get("must_warn") == "total line")
    if "outside_period" in expected:
        assert str(expected["outside_period"]) in told["outside_period"]
