"""Django admin: who gets in, what is there and what is not, and the trail of changes."""

from datetime import date

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from highusers.models import Extract, HighUser, PatientProfile
from highusers.states import ExtractSource
from monitoring.models import IndicatorDefinition, IndicatorValue
from practices.isolation import practice_scope
from practices.models import (
    AuditEvent,
    Cohort,
    Employment,
    Norm,
    Panel,
    Practice,
    RegionRole,
    User,
)
from practices.reference_site import ReferenceAdmin
from practices.states import AuditAction, AuditOutcome, RegionRoleName, StaffRole
from tests import factories

pytestmark = pytest.mark.django_db

REFERENCE_DATA = {
    "highusers.Extract",
    "highusers.PatientProfile",
    "interventions.ConsultationSchedule",
    "monitoring.Exemption",
    "monitoring.IndicatorDefinition",
    "monitoring.IndicatorValue",
    "monitoring.QuestionnaireAnswer",
    "monitoring.RegionalFeeListing",
    "monitoring.Visit",
    "practices.AuditEvent",
    "practices.Cohort",
    "practices.Employment",
    "practices.Insurer",
    "practices.Norm",
    "practices.Panel",
    "practices.Person",
    "practices.Practice",
    "practices.Tariff",
    "practices.User",
    "training.Attendance",
    "training.Course",
    "training.DiscussionQuestion",
    "training.Session",
}


@pytest.fixture
def coordinator(client: Client) -> User:
    return _signed_in(client, RegionRoleName.COORDINATOR)


@pytest.fixture
def administrator(client: Client) -> User:
    return _signed_in(client, RegionRoleName.ADMIN)


def _signed_in(client: Client, role: str) -> User:
    user = factories.region_user(role)
    client.force_login(user)
    return user


def pages(name: str) -> str:
    return reverse(f"admin:{name}")


def test_reference_data_is_there_and_nothing_else() -> None:
    registered = {
        model._meta.label: model_admin for model, model_admin in admin.site._registry.items()
    }
    assert set(registered) == REFERENCE_DATA
    assert all(isinstance(one, ReferenceAdmin) for one in registered.values())


def test_no_table_of_patients_is_there() -> None:
    labels = {model._meta.label for model in admin.site._registry}
    patients = {"HighUser", "PatientPlan", "PatientTotal", "ExtractImport"}
    patients |= {"PlanVersion", "PlanAction", "Conversation", "Evaluation"}
    assert labels.isdisjoint({f"highusers.{name}" for name in patients})


def test_every_table_can_be_searched_and_filtered_or_is_short() -> None:
    for model_admin in admin.site._registry.values():
        assert model_admin.search_fields, model_admin
        assert (
            model_admin.list_filter
            or model_admin.date_hierarchy
            or len(model_admin.list_display) <= 4
        ), model_admin


@pytest.mark.parametrize("role", [RegionRoleName.COORDINATOR, RegionRoleName.ADMIN])
def test_the_permission_opens_every_list_and_form(client: Client, role: str) -> None:
    user = _signed_in(client, role)
    factories.employment(practice=factories.practice())
    assert not user.is_staff
    assert client.get(pages("index")).status_code == 200
    for model, model_admin in admin.site._registry.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        if name == "practices_auditevent" and role != RegionRoleName.ADMIN:
            assert client.get(pages(f"{name}_changelist")).status_code == 403
            continue
        assert client.get(pages(f"{name}_changelist"), {"q": "x"}).status_code == 200, name
        expected = 200 if model_admin.may_add else 403
        assert client.get(pages(f"{name}_add")).status_code == expected, name


def test_everybody_else_stays_out(client: Client) -> None:
    practice = factories.practice()
    users = [
        factories.staff_user(practice, StaffRole.GP_OWNER, is_staff=True, is_superuser=True),
        factories.region_user(RegionRoleName.CONSULTANT),
        factories.region_user(RegionRoleName.FACILITATOR),
        factories.region_user(RegionRoleName.INSURER_READER, factories.insurer()),
    ]
    for user in users:
        client.force_login(user)
        response = client.get(pages("practices_cohort_changelist"), follow=True)
        assert response.status_code == 403
    refused = AuditEvent.objects.filter(action=AuditAction.DENIED)
    assert set(refused.values_list("actor", flat=True)) == {user.pk for user in users}
    client.logout()
    response = client.get(pages("practices_cohort_changelist"))
    assert response.url.startswith(reverse("account_login"))


def test_the_sign_in_of_the_product_is_the_only_one(client: Client) -> None:
    response = client.get(pages("login"), {"next": pages("index")})
    assert response.url.startswith(reverse("account_login"))
    assert pages("index") in response.url


def test_a_change_stands_in_the_trail_by_the_names_of_its_fields(
    client: Client, coordinator: User
) -> None:
    cohort = factories.cohort(name="Lichting A")
    address = reverse("admin:practices_cohort_change", args=[cohort.pk])
    fields = {
        "number": cohort.number,
        "name": "Geheime naam",
        "information_meeting_on": "2023-03-06",
        "enrol_before": "2023-03-20",
        "request_before": "2023-04-01",
        "start_on": "2023-04-01",
    }
    client.post(address, fields)
    cohort.refresh_from_db()
    assert cohort.name == "Geheime naam"
    event = AuditEvent.objects.get(object_type="practices.cohort")
    assert (event.actor, event.action, event.object_id) == (
        coordinator,
        AuditAction.CHANGE,
        str(cohort.pk),
    )
    assert len(event.detail["fields"]) == 1
    assert "Geheime" not in str(event.detail)


def test_adding_and_deleting_stand_in_the_trail(client: Client, coordinator: User) -> None:
    client.post(pages("practices_insurer_add"), {"name": "ONVZ"})
    practice, insurer = factories.practice(), factories.insurer("ONVZ")
    panel = Panel.objects.create(practice=practice, quarter="2024Q1", insurer=insurer, patients=20)
    client.post(
        pages("practices_panel_changelist"),
        {"action": "delete_selected", "_selected_action": [panel.pk], "post": "yes"},
    )
    assert Panel.objects.count() == 0
    events = AuditEvent.objects.filter(actor=coordinator).exclude(action=AuditAction.SIGN_IN)
    kinds = [(e.object_type, e.action, e.practice) for e in events.order_by("id")]
    assert kinds == [
        ("practices.insurer", AuditAction.CREATE, None),
        ("practices.panel", AuditAction.DELETE, practice),
    ]


def test_employment_is_access_and_so_a_change_of_membership(
    client: Client, coordinator: User
) -> None:
    practice, person = factories.practice(), factories.person()
    client.post(
        pages("practices_employment_add"),
        {
            "person": person.pk,
            "practice": practice.pk,
            "role": StaffRole.POH,
            "started_on": "2024-01-01",
        },
    )
    assert Employment.objects.get().practice == practice
    event = AuditEvent.objects.get(object_type="practices.employment")
    assert (event.action, event.practice, event.detail["event"]) == (
        AuditAction.MEMBERSHIP,
        practice,
        AuditAction.CREATE,
    )


def test_practices_and_accounts_cannot_be_deleted_or_readdressed(
    client: Client, administrator: User
) -> None:
    practice = factories.practice()
    someone = factories.user(email="iemand@regio.example")
    for name, pk in (("practice", practice.pk), ("user", someone.pk)):
        address = reverse(f"admin:practices_{name}_delete", args=[pk])
        assert client.post(address, {"post": "yes"}).status_code == 403
    address = reverse("admin:practices_user_change", args=[someone.pk])
    client.post(
        address,
        {
            "email": "ander@regio.example",
            "person": factories.person().pk,
            "is_superuser": "on",
            "name": "Iemand",
            "region_roles-TOTAL_FORMS": 1,
            "region_roles-INITIAL_FORMS": 0,
            "region_roles-0-role": RegionRoleName.FACILITATOR,
            "region_roles-0-user": someone.pk,
        },
    )
    someone.refresh_from_db()
    assert (someone.email, someone.person, someone.is_superuser) == (
        "iemand@regio.example",
        None,
        False,
    )
    assert (someone.name, someone.is_active) == ("Iemand", False)
    assert RegionRole.objects.get(user=someone).role == RegionRoleName.FACILITATOR
    address = reverse("admin:practices_practice_change", args=[practice.pk])
    assert "slug" not in client.get(address).context["adminform"].form.fields


def test_norms_are_chosen_by_what_they_mean(client: Client, coordinator: User) -> None:
    client.cookies["mtvp_language"] = "en"
    page = client.get(pages("practices_norm_add")).content.decode()
    assert "Patients with a plan in a programme year (patients)" in page
    cohort = factories.cohort()
    fields = {"key": "plans", "cohort": cohort.pk, "valid_from": "2024-01-01", "value": 4}
    client.post(pages("practices_norm_add"), fields)
    assert Norm.objects.get(cohort=cohort).value == 4
    client.post(pages("practices_norm_add"), {**fields, "key": "verzonnen", "value": 3})
    assert Norm.objects.filter(cohort=cohort).count() == 1


def extract(practice: Practice, patients: int, high_users: int, year: int) -> Extract:
    return Extract.objects.create(
        practice=practice,
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        source=ExtractSource.UPLOAD,
        threshold=30,
        patients=patients,
        contacts=90_000,
        high_users=high_users,
    )


def test_extracts_show_no_number_of_patients(client: Client, coordinator: User) -> None:
    """Beside the overview of the region a number of ten and more would give a hidden one away."""
    client.cookies["mtvp_language"] = "en"
    one = extract(factories.practice(), 2287, 431, 2021)
    listed = client.get(pages("highusers_extract_changelist")).content.decode()
    address = reverse("admin:highusers_extract_change", args=[one.pk])
    single = client.get(address).content.decode()
    assert "Dec. 31, 2021" in listed
    for page in (listed, single):
        assert not [number for number in ("2287", "431", "90000") if number in page]
    assert client.post(address, {"patients": 1}).status_code == 403


def test_profiles_are_filled_in_and_stay_six(client: Client, coordinator: User) -> None:
    profile = PatientProfile.objects.get(number=1)
    address = reverse("admin:highusers_patientprofile_change", args=[profile.pk])
    client.post(address, {"name": "Profiel van de regio", "description": "Tekst", "number": 9})
    profile.refresh_from_db()
    assert (profile.number, profile.name) == (1, "Profiel van de regio")
    assert client.get(pages("highusers_patientprofile_add")).status_code == 403


def test_administrators_read_the_trail_but_no_event_of_a_patient(
    client: Client, administrator: User
) -> None:
    practice = factories.practice()
    with practice_scope(practice):
        patient = HighUser.objects.create(practice=practice, patient_key=b"k" * 32, number=1)
    for kind, key in (("highusers.highuser", patient.patient_key), ("practices.visit", None)):
        AuditEvent.objects.create(
            actor=administrator,
            practice=practice,
            action=AuditAction.READ,
            object_type=kind,
            object_id="1",
            patient_key=key,
        )
    response = client.get(pages("practices_auditevent_changelist"))
    shown = [event.object_type for event in response.context["cl"].result_list]
    assert shown == ["practices.auditevent", "practices.visit", "practices.user"]
    event = AuditEvent.objects.get(object_type="practices.visit")
    address = reverse("admin:practices_auditevent_change", args=[event.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"role": "x"}).status_code == 403
    hidden = AuditEvent.objects.get(object_type="highusers.highuser")
    found = client.get(reverse("admin:practices_auditevent_change", args=[hidden.pk]), follow=True)
    assert "highusers.highuser" not in found.content.decode()
    searched = AuditEvent.objects.filter(action=AuditAction.SEARCH, actor=administrator)
    assert searched.first().outcome == AuditOutcome.DONE


def test_lists_cost_the_same_with_one_row_and_with_three(client: Client, coordinator: User) -> None:
    def queries(name: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(pages(f"{name}_changelist"))
        return len(captured)

    names = ("practices_practice", "practices_employment", "practices_user")
    factories.staff_user(factories.practice(consultant=factories.user()))
    few = [queries(name) for name in names]
    cohort = Cohort.objects.first()
    for _turn in range(2):
        practice = factories.practice(cohort=cohort, consultant=factories.user())
        factories.staff_user(practice)
    assert [queries(name) for name in names] == few


@pytest.mark.parametrize(
    ("name", "lookup"),
    [
        ("highusers_extract", "high_users__lt"),
        ("highusers_extract", "patients"),
        ("practices_panel", "patients__lt"),
        ("practices_user", "password__startswith"),
        ("practices_user", "person__email__startswith"),
        ("monitoring_indicatorvalue", "numerator__lt"),
        ("monitoring_indicatorvalue", "practice__consultant__password__startswith"),
    ],
)
def test_no_column_can_be_asked_about_that_the_list_does_not_filter_by(
    client: Client, coordinator: User, name: str, lookup: str
) -> None:
    """The number of rows would answer: a hidden figure is found in a few questions."""
    address = pages(f"{name}_changelist")
    assert client.get(address, {lookup: "1"}).status_code == 400


def test_what_a_list_does_filter_by_still_works(client: Client, coordinator: User) -> None:
    wanted = Panel.objects.create(
        practice=factories.practice(), quarter="2024Q1", insurer=factories.insurer(), patients=20
    )
    address = pages("practices_panel_changelist")
    for asked, count in (("2024Q1", 1), ("2024Q2", 0)):
        found = client.get(address, {"quarter": asked, "insurer__id__exact": wanted.insurer_id})
        assert found.context["cl"].result_count == count
    stopped = client.get(pages("practices_practice_changelist"), {"stopped_on__isempty": "1"})
    assert stopped.context["cl"].result_count == 1
    year = client.get(pages("highusers_extract_changelist"), {"period_end__year": "2024"})
    assert year.status_code == 200


def test_panels_of_fewer_than_ten_patients_are_not_shown(client: Client, coordinator: User) -> None:
    client.cookies["mtvp_language"] = "en"
    practice, insurer = factories.practice(), factories.insurer()
    panels = [
        Panel.objects.create(
            practice=practice, quarter=f"2024Q{quarter}", insurer=insurer, patients=patients
        )
        for quarter, patients in ((1, 9), (2, 10))
    ]
    page = client.get(pages("practices_panel_changelist")).content.decode()
    cells = [part.split("<")[0] for part in page.split('field-size">')[1:]]
    assert sorted(cells) == ["10", "not shown (privacy)"]
    forms = [
        client.get(reverse("admin:practices_panel_change", args=[one.pk])).context["adminform"].form
        for one in panels
    ]
    assert ["patients" in form.fields for form in forms] == [False, True]
    small = client.get(reverse("admin:practices_panel_change", args=[panels[0].pk]))
    assert 'value="9"' not in small.content.decode()
    assert ">9<" not in small.content.decode()


def test_indicators_on_few_patients_are_not_shown(client: Client, coordinator: User) -> None:
    client.cookies["mtvp_language"] = "en"
    definition = IndicatorDefinition.objects.get(code="referrals")
    few = IndicatorValue.objects.create(
        definition=definition, year=2023, numerator=7, denominator=2150, detail="cardiologie"
    )
    page = client.get(pages("monitoring_indicatorvalue_changelist")).content.decode()
    assert page.count("not shown (privacy)") == 2
    address = reverse("admin:monitoring_indicatorvalue_change", args=[few.pk])
    opened = client.get(address)
    assert not {"numerator", "denominator"} & set(opened.context["adminform"].form.fields)
    assert "2150" not in opened.content.decode()
    client.post(address, {"definition": definition.pk, "year": 2023, "numerator": 5000})
    few.refresh_from_db()
    assert few.numerator == 7
