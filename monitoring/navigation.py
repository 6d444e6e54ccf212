"""The one menu of the product: which entries somebody sees, on which page.

An entry stands here with the permission its page asks for, so that nobody is shown a door that
stays closed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.home.places import Places, places_of, sees_agenda
from practices.accounts import lacks_second_factor
from practices.models import Practice, User
from practices.permissions import Permission
from practices.states import RegionRoleName
from practices.tenancy import Access, access_to_practice


@dataclass(frozen=True, slots=True)
class Entry:
    """A link; `current` is the value of `aria-current`, '' for another page than this."""

    label: str
    url: str
    current: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Doors that belong together, under a small heading."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """`groups` hold the doors used now and then; `place` says where one is, `account` as whom,
    `consultant` whom to call about it."""

    entries: tuple[Entry, ...] = ()
    groups: tuple[Group, ...] = ()
    place: str = ""
    account: str = ""
    consultant: str = ""


Door = tuple[Any, str, Permission]
"""What a link is called, the name of its address, and the permission the page asks for."""
DoorGroup = tuple[Any, tuple[Door, ...]]
Links = list[tuple[str, str]]
LinkGroup = tuple[str, Links]

OF_PRACTICE: tuple[Door, ...] = (
    (gettext_lazy("Start"), "practice_start", Permission.SEE_PRACTICE),
    (gettext_lazy("High users"), "high_users", Permission.SEE_HIGH_USERS),
    (gettext_lazy("Telephone card"), "telephone", Permission.SEE_INSTRUCTION),
    (gettext_lazy("Time-outs"), "time_outs", Permission.KEEP_TIME_OUTS),
    (gettext_lazy("Mirror"), "mirror", Permission.SEE_MIRROR),
)
MORE_OF_PRACTICE: tuple[DoorGroup, ...] = (
    (
        gettext_lazy("Our practice"),
        (
            (gettext_lazy("Team"), "practice_team", Permission.SEE_PRACTICE),
            (gettext_lazy("Tasks"), "task_list", Permission.SEE_PRACTICE),
            (gettext_lazy("Our plan"), "practice_plan", Permission.SEE_PRACTICE),
            (
                gettext_lazy("Visits by the consultant"),
                "practice_visits",
                Permission.SEE_VISIT_REPORTS,
            ),
            (gettext_lazy("Our consultation lengths"), "schedules", Permission.KEEP_SCHEDULE),
            (gettext_lazy("Questionnaires"), "questionnaires", Permission.ANSWER_QUESTIONNAIRE),
            (gettext_lazy("Our year"), "practice_reports", Permission.SEE_PRACTICE_REPORT),
            (gettext_lazy("Quotes"), "practice_quotes", Permission.CONSENT_TO_QUOTE),
        ),
    ),
    (
        gettext_lazy("Patients"),
        (
            (gettext_lazy("What is due on plans"), "plans_due", Permission.SEE_PLANS),
            (gettext_lazy("What the plans did"), "practice_effect", Permission.SEE_HIGH_USERS),
            (gettext_lazy("Network partners"), "partners", Permission.WRITE_PLANS),
            (gettext_lazy("A patient asks"), "patient_search", Permission.ANSWER_PATIENT),
        ),
    ),
    (
        gettext_lazy("Learning together"),
        (
            (
                gettext_lazy("Pattern of time-outs"),
                "time_out_pattern",
                Permission.SEE_TIME_OUT_PATTERN,
            ),
            (gettext_lazy("Bottlenecks"), "practice_bottlenecks", Permission.REPORT_BOTTLENECK),
            (
                gettext_lazy("Look in another kitchen"),
                "practice_kitchens",
                Permission.LOOK_IN_KITCHENS,
            ),
            (gettext_lazy("Our training"), "practice_training", Permission.SEE_PRACTICE),
            (gettext_lazy("Shared in the team"), "team_sharing", Permission.SEE_PRACTICE),
        ),
    ),
    (
        gettext_lazy("Account of the practice"),
        (
            (gettext_lazy("Start package"), "start_package", Permission.SEE_PRACTICE),
            (
                gettext_lazy("Processing agreement"),
                "processing_agreement",
                Permission.SIGN_AGREEMENT,
            ),
            (gettext_lazy("Supervision"), "practice_trail", Permission.REVIEW_TRAIL),
            (
                gettext_lazy("What the practice manager sees"),
                "manager_access",
                Permission.GRANT_PLANS,
            ),
        ),
    ),
)
OF_CONSULTANT: tuple[Door, ...] = (
    (gettext_lazy("Today"), "today", Permission.SEE_OWN_VISITS),
    (gettext_lazy("Plan visits"), "visit_planning", Permission.SEE_OWN_VISITS),
)
OF_REGION: tuple[Door, ...] = (
    (gettext_lazy("Region"), "region", Permission.SEE_REGION),
    (gettext_lazy("High users"), "region_high_users", Permission.SEE_REGION),
    (gettext_lazy("Training"), "training_forecast", Permission.RUN_SESSIONS),
    (gettext_lazy("Joining"), "pipeline", Permission.RUN_PIPELINE),
    (gettext_lazy("Yearly reports"), "reports", Permission.BUILD_REPORT),
    (gettext_lazy("Yearly reports"), "insurer_reports", Permission.READ_REPORT),
)
MORE_OF_REGION: tuple[DoorGroup, ...] = (
    (
        gettext_lazy("Practices"),
        (
            (gettext_lazy("Who needs help now"), "region_needs", Permission.SEE_REGION),
            (gettext_lazy("Planning of visits"), "region_visits", Permission.SEE_REGION),
            (gettext_lazy("Plans of practices"), "region_practice_plans", Permission.SEE_REGION),
            (
                gettext_lazy("Response to questionnaires"),
                "responses_now",
                Permission.FOLLOW_QUESTIONNAIRES,
            ),
            (gettext_lazy("Bottlenecks"), "region_bottlenecks", Permission.SEE_BOTTLENECKS),
            (gettext_lazy("In each other's kitchen"), "region_kitchens", Permission.SEE_REGION),
            (gettext_lazy("Time-outs"), "region_time_outs", Permission.SEE_REGION),
        ),
    ),
    (
        gettext_lazy("Figures"),
        (
            (gettext_lazy("Goals of the programme"), "goals", Permission.SEE_REGION),
            (gettext_lazy("Status month by month"), "status_course", Permission.SEE_REGION),
            (gettext_lazy("What the plans did"), "region_effect", Permission.SEE_REGION),
            (gettext_lazy("Mirror of the region"), "region_mirror", Permission.SEE_REGION),
        ),
    ),
    (
        gettext_lazy("Fees"),
        (
            (gettext_lazy("Regional fee"), "regional_fee", Permission.SEE_REGION),
            (gettext_lazy("Fee of the programme"), "programme_fee", Permission.SEE_REGION),
            (gettext_lazy("Tariffs"), "tariffs", Permission.MANAGE_REFERENCE_DATA),
        ),
    ),
    (
        gettext_lazy("Training"),
        (
            (gettext_lazy("Keep the menu"), "menu_edit", Permission.RUN_SESSIONS),
            (gettext_lazy("Training followed elsewhere"), "claims", Permission.JUDGE_CLAIMS),
            (gettext_lazy("Costs of training"), "training_costs", Permission.RUN_SESSIONS),
        ),
    ),
    (
        gettext_lazy("What practices read"),
        (
            (gettext_lazy("Texts"), "region_texts", Permission.EDIT_TEXTS),
            (gettext_lazy("Write news"), "manage_news", Permission.EDIT_TEXTS),
            (gettext_lazy("Library of examples"), "manage_examples", Permission.EDIT_TEXTS),
            (
                gettext_lazy("Weeks offered by practices"),
                "region_templates",
                Permission.EDIT_TEXTS,
            ),
            (
                gettext_lazy("Questions of the questionnaire"),
                "questionnaire_versions",
                Permission.EDIT_QUESTIONNAIRE,
            ),
            (gettext_lazy("Patient profiles"), "patient_profiles", Permission.EDIT_TEXTS),
        ),
    ),
    (
        gettext_lazy("Files and accounts"),
        (
            (gettext_lazy("Read in spreadsheets"), "import_region", Permission.IMPORT_REGION),
            (gettext_lazy("Read in figures"), "region_figures", Permission.IMPORT_REGION),
            (gettext_lazy("Mail"), "region_mail", Permission.RUN_SESSIONS),
            (gettext_lazy("Invite"), "invite_anyone", Permission.INVITE_ANYONE),
            (gettext_lazy("Supervision"), "region_trail", Permission.REVIEW_REGION_TRAIL),
        ),
    ),
)
NO_ACCESS = Access("", frozenset())

PLAN_PAGES = (
    "patient_plan",
    "patient_number",
    "plan_edit",
    "plan_draw_up",
    "plan_close",
    "plan_versions",
    "plan_earlier",
    "plan_copy",
    "action_add",
    "action_change",
    "conversation_new",
    "conversation_change",
    "evaluation_new",
    "evaluation_change",
    "plans_due",
    "partners",
    "partner",
)
BELONGS_TO = {
    **dict.fromkeys(PLAN_PAGES, "high_users"),
    **dict.fromkeys(("time_out_new", "time_out", "time_out_pattern"), "time_outs"),
    "training_costs": "training_forecast",
}
"""Pages whose address does not lie under that of the entry they belong to."""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor; the menu is made when a template first asks for it."""
    return {"menu": SimpleLazyObject(lambda: menu_of(request))}


def menu_of(request: Any) -> Menu:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Menu()
    if lacks_second_factor(user):
        return Menu(account=user.email, place=str(user))
    places = places_of(user)
    practice, access = _practice_at_hand(request, places)
    if practice is not None:
        return Menu(
            entries=_marked(_practice_links(practice, access, places), _place(request)),
            groups=_grouped(
                [*_opened_groups(MORE_OF_PRACTICE, access, practice.slug), _to_read(places)],
                request.path,
            ),
            place=practice.name,
            account=user.email,
            consultant=str(practice.consultant or ""),
        )
    groups = _opened_groups(MORE_OF_REGION, places.region)
    if user.is_staff:
        groups[-1][1].append((_("Administration"), reverse("admin:index")))
    return Menu(
        entries=_marked(_region_links(places), _place(request)),
        groups=_grouped([*groups, _to_read(places)], request.path),
        place=_role(places, user),
        account=user.email,
    )


def _place(request: Any) -> str:
    """The path of this page, or of the page it belongs to."""
    if "/agenda/" in request.path:
        return reverse("agenda")
    match = request.resolver_match
    if match is None or match.url_name not in BELONGS_TO:
        return str(request.path)
    of_practice = [match.kwargs["slug"]] if "slug" in match.kwargs else []
    return reverse(BELONGS_TO[match.url_name], args=of_practice)


def _practice_at_hand(request: Any, places: Places) -> tuple[Practice | None, Access]:
    """The practice of this page, or the only one somebody with no other role works in."""
    practice, access = getattr(request, "practice", None), getattr(request, "access", NO_ACCESS)
    if practice is not None and Permission.SEE_PRACTICE in access:
        return practice, access
    if len(places.practices) == 1 and not places.region.role:
        only = places.practices[0]
        return only, access_to_practice(request.user, only)
    return None, NO_ACCESS


def _practice_links(practice: Practice, access: Access, places: Places) -> Links:
    links = _opened(OF_CONSULTANT[:1], places.region)
    if Permission.SEE_REGION in access:
        links.append((_("Region"), reverse("region")))
    elif places.plays(RegionRoleName.CONSULTANT) or len(places.practices) > 1:
        links.append((_("My practices"), reverse("own_practices")))
    links += _opened(OF_PRACTICE, access, practice.slug)
    return [*links, (_("Agenda"), reverse("agenda"))]


def _region_links(places: Places) -> Links:
    links = _opened(OF_CONSULTANT, places.region)
    links += _opened(OF_REGION, places.region)
    if places.practices or places.plays(RegionRoleName.CONSULTANT):
        links.append((_("My practices"), reverse("own_practices")))
    if places.plays(RegionRoleName.FACILITATOR):
        links.append((_("My year plan"), reverse("year_plan")))
    if sees_agenda(places):
        links.append((_("Agenda"), reverse("agenda")))
    return links


def _to_read(places: Places) -> LinkGroup:
    links = [(_("The programme explained"), reverse("programme_explained"))]
    if sees_agenda(places):
        links.append((_("Examples"), reverse("library")))
        links.append((_("News"), reverse("news")))
    links.append((_("Help"), reverse("help")))
    return _("To read"), links


def _opened(doors: Iterable[Door], access: Access, *args: str) -> Links:
    return [
        (str(label), reverse(name, args=args))
        for label, name, permission in doors
        if permission in access
    ]


def _opened_groups(groups: Iterable[DoorGroup], access: Access, *args: str) -> list[LinkGroup]:
    return [(str(name), _opened(doors, access, *args)) for name, doors in groups]


def _marked(links: Iterable[tuple[str, str]], path: str) -> tuple[Entry, ...]:
    """The longest address that this page lies under is where one is."""
    listed = list(links)
    under = max((url for _label, url in listed if path.startswith(url)), key=len, default="")
    return tuple(
        Entry(label, url, ("page" if url == path else "true") if url == under else "")
        for label, url in listed
    )


def _grouped(groups: Iterable[LinkGroup], path: str) -> tuple[Group, ...]:
    """Those with a door that opens; one door is marked over all groups together."""
    filled = [(name, links) for name, links in groups if links]
    marked = iter(_marked([link for _name, links in filled for link in links], path))
    return tuple(Group(name, tuple(islice(marked, len(links)))) for name, links in filled)


def _role(places: Places, user: User) -> str:
    first = next((r for r in RegionRoleName if places.plays(r)), None)
    return str(RegionRoleName(first).label) if first else str(user)
