"""Under which account a server runs: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from mtvp.embedded.failure import EmbeddedServerError

# The last one because initdb asks access(2), which otherwise leaves such rights out of account.
PASS_THROUGH = (
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
    "--securebits=+no_setuid_fixup",
)


@dataclass(frozen=True, slots=True)
class Account:
    """`prefix` goes before a command; `uid` and `gid` are None when no change is needed."""

    uid: int | None
    gid: int | None
    prefix: tuple[str, ...]

    def give(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def unprivileged_account(*needed: Path) -> Account:
    """The caller's own account, or `nobody` when the caller is root.

    `needed` are the folders the server must enter. A clone below /root is closed to `nobody`;
    opening such folders to everyone is not ours to do, so there the server alone gets the right
    to pass through them, which Linux can grant per process and other systems cannot.
    """
    if os.geteuid() != 0:
        return Account(None, None, ())
    nobody = pwd.getpwnam("nobody")
    uid, gid = nobody.pw_uid % 2**32, nobody.pw_gid % 2**32
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    reachable = all(_open_to_everyone(path) for path in needed)
    if setpriv is None and not reachable:
        raise EmbeddedServerError(
            "PostgreSQL cannot run as root from a folder closed to others: "
            "start as an ordinary user, or from a folder that others may enter."
        )
    if setpriv is None:
        return Account(uid, gid, ("sudo", "-n", "-u", f"#{uid}", "--"))
    passing = () if reachable else PASS_THROUGH
    identity = (f"--reuid={uid}", f"--regid={gid}", "--clear-groups")
    return Account(uid, gid, (setpriv, *identity, *passing, "--"))


def _open_to_everyone(path: Path) -> bool:
    resolved = path.resolve()
    return all(folder.stat().st_mode & 0o001 for folder in (resolved, *resolved.parents))
