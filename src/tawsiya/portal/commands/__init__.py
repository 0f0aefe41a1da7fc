"""Publish, and withdraw from the public pages."""

from tawsiya.portal.commands.publications import Published, publish, publish_many, withdraw_publication
from tawsiya.portal.commands.rules import publish_rule

__all__ = ["Published", "publish", "publish_many", "publish_rule", "withdraw_publication"]
