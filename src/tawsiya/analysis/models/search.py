"""The search index, what waits to be indexed, and searches that people save.

None is a table of record: the index repeats what stands elsewhere and can be built anew at any time, and
a saved search is its owner's own, like a notification.
"""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tawsiya.analysis.choices import EntryKind, Scope
from tawsiya.core import clock


class SearchEntry(models.Model):
    """The words of one thing in one language. It holds no right to see: readers filter the thing itself.

    A recommendation is indexed as issued: its paragraph with its lettered parts.

    Attributes:
        lexemes: of `core.text`, with the place of each word; the weight says in which field it stands.
        surface: the words as written, folded, between blanks: exact phrases are looked for here.
        analysis_version: of `core.text`; entries of another version are not searched.
    """

    kind = models.CharField(max_length=15, choices=EntryKind.choices)
    object_id = models.BigIntegerField()
    language = models.CharField(max_length=8)
    lexemes = SearchVectorField()
    surface = models.TextField()
    analysis_version = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "search entries"
        ordering = ["kind", "object_id", "language"]
        indexes = [GinIndex(fields=["lexemes"], name="search_entry_lexemes")]
        constraints = [
            models.UniqueConstraint(
                name="search_entry_once_per_language", fields=["kind", "object_id", "language"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.language}"


class SearchPending(models.Model):
    """Something that changed since it was indexed: written by triggers, in the transaction of the change.

    Rows are never merged: one that the indexer does not see yet belongs to a change it has not read.
    """

    kind = models.CharField(max_length=15, choices=EntryKind.choices)
    object_id = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "search pending"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class SavedSearch(models.Model):
    """A search that a person keeps under a name; `state` is the query of its address.

    With `alerts`, new matches are announced; what matched before is in `SavedSearchMatch`.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_searches"
    )
    name = models.CharField(_("Name"), max_length=80)
    scope = models.CharField(_("Looks in"), max_length=20, choices=Scope.choices)
    state = models.TextField(blank=True)
    alerts = models.BooleanField(_("Alerts"), default=False)
    created_at = models.DateTimeField(default=clock.now)
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "saved searches"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(name="saved_search_name_once", fields=["owner", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class SavedSearchMatch(models.Model):
    """Something that a saved search with alerts has matched: it is never announced again.

    `announced_at` is empty for what matched already when the alerts were switched on.
    """

    saved_search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="matches")
    object_id = models.BigIntegerField()
    announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "saved search matches"
        ordering = ["saved_search", "object_id"]
        constraints = [
            models.UniqueConstraint(name="saved_search_match_once", fields=["saved_search", "object_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.saved_search_id} {self.object_id}"


class SearchWorldVersion(models.Model):
    """How often the records of other States changed: a trigger counts, and their index is of one count.

    One row; 0: there never were any.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "search world version"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="search_world_version_is_single", condition=models.Q(id=1))
        ]

    def __str__(self) -> str:
        return str(self.version)
