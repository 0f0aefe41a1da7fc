"""Errors that a person can mend: their text is shown to them in their language."""

from django.utils.functional import Promise

Message = str | Promise


class UserFacingError(Exception):
    """A refusal with a sentence for the person: what, where, and how to mend it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class PermissionRefused(UserFacingError):
    """The person may not do this; the message says why."""


class RuleViolated(UserFacingError):
    """The action is not possible in the present state; the message says why."""


class StaleData(UserFacingError):
    """What the person saw has changed meanwhile; nothing was written."""
