"""Jobs of analysis."""

from tawsiya.core import jobs


@jobs.task(name="analysis.propose_groups", retry=jobs.RETRY)
def propose() -> None:
    """Look again for recommendations that ask for the same thing."""
    # Numerical libraries are for the worker alone: pages that only queue the job need none.
    from tawsiya.analysis.commands.group_proposals import propose_groups

    propose_groups()


def request_proposals() -> None:
    """Queue the job inside the running transaction; one that waits already is enough."""
    jobs.defer(propose, lock="analysis.groups", once="analysis.groups")
