"""Looking at documents that were handed in."""

from celery import shared_task

from interventions.examples import documents


@shared_task(soft_time_limit=documents.TOLD_AFTER, time_limit=documents.KILLED_AFTER)
def look_at_document(document_id: int) -> None:
    documents.look_at(document_id=document_id)


@shared_task
def look_at_left_documents() -> None:
    documents.ask_again()
