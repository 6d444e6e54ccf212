"""The table of roles and permissions as a page of `docs/`, generated from the code.

Write it anew with `manage.py permissions > docs/permissions.md`; a test keeps it true.
"""

from practices.permissions import (
    BY_REGION_ROLE,
    BY_STAFF_ROLE,
    GRANTED_TO_MANAGER,
    INSTEAD_OF_CONSULTANT,
    MEANING,
    NEEDS_SCOPE,
    OF_OWN_CONSULTANT,
    Permission,
)
from practices.states import RegionRoleName, StaffRole

HEAD = """# Who may do what

Generated from `practices/permissions.py`. A role in a practice comes from employment in service
today and holds for that practice only; a role for the region is given to an account. Every request
looks it up anew.

**P** = in the own practice · **R** = for the region · **C** = in the practices a consultant is
assigned to · **W** = in practices without a consultant who can sign in · **g** = for a practice
manager, when the practice grants it.
"""


def permission_page() -> str:
    """The whole page as Markdown."""
    return "\n".join([HEAD, *_matrix(), "", *_meanings(), ""])


def _matrix() -> list[str]:
    columns: list[StaffRole | RegionRoleName] = [*StaffRole, *RegionRoleName]
    lines = [
        "| permission | " + " | ".join(column.value for column in columns) + " |",
        "|---|" + "---|" * len(columns),
    ]
    for permission in Permission:
        cells = [_mark(permission, column) for column in columns]
        lines.append(f"| {permission.value} | " + " | ".join(cells) + " |")
    return lines


def _mark(permission: Permission, role: StaffRole | RegionRoleName) -> str:
    if isinstance(role, StaffRole):
        if permission in BY_STAFF_ROLE[role]:
            return "P"
        granted = role is StaffRole.MANAGER and permission in GRANTED_TO_MANAGER
        return "g" if granted else ""
    if permission in BY_REGION_ROLE[role]:
        return "R"
    if role is RegionRoleName.COORDINATOR and permission in INSTEAD_OF_CONSULTANT:
        return "W"
    visited = role is RegionRoleName.CONSULTANT and permission in OF_OWN_CONSULTANT
    return "C" if visited else ""


def _meanings() -> list[str]:
    lines = ["| permission | what it opens | rows of patients |", "|---|---|---|"]
    for permission in Permission:
        rows = "the scope of the practice opens" if permission in NEEDS_SCOPE else "none"
        lines.append(f"| {permission.value} | {MEANING[permission]} | {rows} |")
    return lines
