"""Find recommendations by what people call them."""

import re

from django.db.models import Q

from tawsiya.accounts.reader import Reader
from tawsiya.mechanisms import symbols
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import recommendations_for

# A/HRC/52/7 140.7, CCPR/C/XTM/CO/6 § 18 (b)
_CALLED = re.compile(
    r"^(?P<symbol>\S+(?:/\S+)+)\s*(?:§|para\.?|par\.?)?\s*(?P<paragraph>[\d.]+)\s*(?P<path>(?:\(\w+\)\s*)*)$"
)


def items_called(reader: Reader, name: str) -> list[Recommendation]:
    """Return the recommendations that a symbol and a paragraph name, or the address of one's page.

    A paragraph told by its lettered parts stands for all of them.
    """
    address = re.search(r"recommendations/(\d+)/?", name)
    rows = recommendations_for(reader).select_related("document")
    if address:
        return _leaves(list(rows.filter(pk=int(address[1]))))
    called = _CALLED.match(name.strip())
    if called is None:
        return []
    path = ".".join(re.findall(r"\((\w+)\)", called["path"]))
    symbol = symbols.normalise_query(called["symbol"]) or called["symbol"]
    found = rows.filter(
        Q(document__symbol__iexact=symbol), paragraph=called["paragraph"], subparagraph__iexact=path
    )
    return _leaves(list(found))


def _leaves(items: list[Recommendation]) -> list[Recommendation]:
    """Return lettered parts in place of their paragraphs."""
    return [part for item in items for part in (list(item.parts.all()) or [item])]
