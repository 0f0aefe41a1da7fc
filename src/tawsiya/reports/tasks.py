"""Make the documents of large programmes, and forget those of yesterday."""

from tawsiya.core import jobs
from tawsiya.reports import making


@jobs.resumable
@jobs.task(name="reports.make_document")
def make_document(document_id: int) -> None:
    """Make a document that a person asked for."""
    making.make_document(document_id)


@jobs.periodic(cron="35 3 * * *")
@jobs.task(name="reports.forget_documents")
def forget_documents(timestamp: int) -> None:
    """Once a night, delete the documents that were asked for more than a day ago."""
    making.forget_documents()
