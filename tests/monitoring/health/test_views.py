"""Alive and ready, for whoever runs the product."""

import pytest
from celery.contrib.testing.worker import start_worker

from monitoring.health import checks
from mtvp.celery import app


def test_alive_asks_nothing_of_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_without_a_worker_it_is_not_ready_and_says_so(client, monkeypatch):
    monkeypatch.setattr(checks, "PATIENCE_SECONDS", 0.2)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": True, "broker": True, "worker": False}


@pytest.mark.django_db(transaction=True)
def test_with_a_worker_it_is_ready(client):
    with start_worker(app, perform_ping_check=False, pool="solo"):
        response = client.get("/readyz")
    assert response.json() == {"database": True, "broker": True, "worker": True}
    assert response.status_code == 200


def test_a_check_that_fails_is_an_answer(monkeypatch):
    def unreachable():
        raise OSError

    monkeypatch.setattr(checks, "CHECKS", {"broker": unreachable, "database": lambda: True})
    assert checks.readiness() == {"broker": False, "database": True}


def test_no_account_is_needed(client):
    assert client.get("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405
