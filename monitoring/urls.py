from django.urls import include, path

from monitoring.evidence import views as evidence
from monitoring.evidence.subjects import PAGES
from monitoring.explained import views as explained
from monitoring.health import views as health
from monitoring.home import views as home
from monitoring.matrix import views as matrix
from monitoring.region_import import views as region_import
from monitoring.start import views as start

BEHIND_STATUS = {
    1: "regie",
    2: "triage",
    3: "time-out",
    4: "consultduur",
    5: "gesprek",
    6: "intervisie",
}

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("praktijken/", home.own_practices, name="own_practices"),
    path("", include("monitoring.agenda.urls")),
    path("", include("monitoring.visit_planning.urls")),
    path("", include("monitoring.forecast.urls")),
    path("", include("monitoring.help.urls")),
    path("", include("monitoring.year_plan.urls")),
    path("regio/", matrix.matrix, name="region"),
    path("regio/overzicht.xlsx", matrix.matrix_xlsx, name="region_xlsx"),
    path("regio/inlezen/", region_import.upload, name="import_region"),
    path("regio/inlezen/<slug:code>/", region_import.check, name="import_region_check"),
    path("regio/inlezen/<slug:code>/opnieuw/", region_import.again, name="import_region_again"),
    path("regio/inlezen/<slug:code>/weg/", region_import.discard, name="import_region_discard"),
    path("", include("monitoring.report.urls")),
    path("", include("monitoring.regional_fee.urls")),
    path("", include("monitoring.goals.urls")),
    path("", include("monitoring.history.urls")),
    path("", include("monitoring.tariffs.urls")),
    path("", include("monitoring.time_outs.urls")),
    path("", include("monitoring.mirror.urls")),
    path("", include("monitoring.bottlenecks.urls")),
    path("", include("monitoring.kitchen.urls")),
    path("", include("monitoring.library.urls")),
    path("", include("monitoring.news.urls")),
    path("", include("monitoring.task_list.urls")),
    path("", include("monitoring.visits.urls")),
    path("", include("monitoring.practice_plans.urls")),
    path("uitleg/", explained.programme_explained, name="programme_explained"),
    path(
        "uitleg/interventie/<slug:subject>/",
        explained.intervention_explained,
        name="intervention_explained",
    ),
    path("praktijk/<slug:slug>/", start.start, name="practice_start"),
    path("praktijk/<slug:slug>/startpakket/", start.start_package, name="start_package"),
    path("praktijk/<slug:slug>/team/", evidence.team, name="practice_team"),
    path("", include("monitoring.questionnaires.urls")),
    *(
        path(
            f"praktijk/<slug:slug>/{folder}/",
            evidence.evidence,
            {"intervention": number},
            name=PAGES[number],
        )
        for number, folder in BEHIND_STATUS.items()
    ),
]
