from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from practices.invitations.services import ForRegion, invite
from practices.states import RegionRoleName

WITHOUT_INSURER = [role for role in RegionRoleName if role != RegionRoleName.INSURER_READER]


class Command(BaseCommand):
    help = "Mail an invitation for a role for the region: the first account of an installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=[str(r) for r in WITHOUT_INSURER])
        parser.add_argument("--site", required=True, help="https://…, for the link in the mail")

    def handle(self, *args: Any, **options: Any) -> None:
        invitation = invite(
            email=options["email"],
            name=options["name"],
            to=ForRegion(options["role"]),
            actor=None,
            site=options["site"].rstrip("/"),
        )
        self.stdout.write(f"Mailed an invitation to {invitation.email}.")
