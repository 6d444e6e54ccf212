"""Import one file and print the most memory this process held, in megabytes."""

import os
import resource
import sys
from pathlib import Path


def import_file(code: str, path: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mtvp.settings")
    import django

    django.setup()
    from bench.import_files import PERIOD
    from highusers.services import import_extract
    from practices.models import Practice

    practice = Practice.objects.select_related("cohort").get(code=code)
    import_extract(practice=practice, data=path.read_bytes(), period=PERIOD, actor=None)


def most_megabytes() -> float:
    """Linux counts what the parent held before this program began; the kernel's own note not."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024**2 if sys.platform == "darwin" else peak / 1024


if __name__ == "__main__":
    import_file(sys.argv[1], Path(sys.argv[2]))
    print(most_megabytes())
