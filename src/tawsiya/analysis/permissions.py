"""Who may do what with taxonomies and suggestions: pure decisions that give their reason."""

from tawsiya.accounts.permissions import Decision, may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act


def may_manage_taxonomies(reader: Reader) -> Decision:
    """An administrator adds, imports and sets taxonomies."""
    return may(reader, Act.MANAGE_TAXONOMIES)


def may_review(reader: Reader) -> Decision:
    """The delegation trains models, decides on suggestions, applies and undoes them."""
    return may(reader, Act.TAG)


def may_see_institutions(reader: Reader) -> Decision:
    """Who assigns sees which institution is suggested, and trains its model."""
    return may(reader, Act.ASSIGN)
