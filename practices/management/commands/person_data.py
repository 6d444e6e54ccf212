"""What is held on somebody who works here, and taking the name off."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from practices.models import Person, User
from practices.rights.erasure import StillInServiceError, erase_account, erase_person
from practices.rights.people import export_person


class Command(BaseCommand):
    help = (
        "Print as JSON what is held on a person (by the region's reference) or an account (by "
        "e-mail address); with --erase take name, addresses and account away."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="reference or e-mail address")
        parser.add_argument("--erase", action="store_true")

    def handle(self, *args: Any, who: str, erase: bool, **options: Any) -> None:
        person = Person.objects.filter(reference=who).first()
        account = User.objects.filter(email__iexact=who).first()
        person = person or (account.person if account else None)
        account = account or User.objects.filter(person=person, person__isnull=False).first()
        if person is None and account is None:
            raise CommandError("nobody is known under this reference or address")
        if erase:
            self._erase(person, account)
            return
        held = export_person(person=person, account=account, actor=None)
        self.stdout.write(json.dumps(held, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False))

    def _erase(self, person: Person | None, account: User | None) -> None:
        try:
            if person is not None:
                erase_person(person=person, actor=None)
            elif account is not None:
                erase_account(account=account, actor=None)
        except StillInServiceError:
            raise CommandError("still in service: end the employment first") from None
        self.stdout.write("Name, addresses and account are gone; counts stay.")
