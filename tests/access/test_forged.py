"""What no page of ours sends: other methods, no token, other people's objects and fields in the body."""

import re

import pytest

from tests.access.table import READERS, TABLE


def told(found: list[str]) -> None:
    """Fail with every finding in full, one a line."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def acts():
    """Return a row for each address that takes a POST: one where somebody is let in, if there is one."""
    from tests.access.matrix import rows_of

    rows = {}
    for row in rows_of(TABLE):
        if set(row.post) - set("-5L") and (row.view not in rows or "R" not in rows[row.view].post):
            rows[row.view] = row
    return list(rows.values())


def test_every_address_of_ours_says_what_a_post_gives() -> None:
    """Only the pages of the sign-in (allauth) are asked for less: they stand without a colon."""
    from tests.access.matrix import rows_of

    asked: dict[str, set[str]] = {}
    for row in rows_of(TABLE):
        asked.setdefault(row.view, set()).update(row.post)
    assert [view for view, letters in asked.items() if ":" in view and letters == {"-"}] == []


def test_without_its_token_no_form_is_taken(world) -> None:
    from django.test import Client

    from tawsiya.audit.models import Event
    from tests.access.matrix import address_of, payload
    from tests.access.world import BACKEND

    client, before, found = Client(enforce_csrf_checks=True), Event.objects.count(), []
    client.force_login(world.users["coordinator"], backend=BACKEND)
    for row in acts():
        # The API takes nothing at all, from anybody (405).
        if not row.view.startswith("api:"):
            status = client.post(address_of(world, row), payload(world, row)).status_code
            if status != 403:
                found.append(f"{row.view}: {status}")
    told(found)
    assert Event.objects.count() == before


# Django's own view of the language answers whatever the method, and changes nothing but by POST.
ANY_METHOD = frozenset({"set_language"})


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_address_of_ours_knows_another_method(world, method: str) -> None:
    from tawsiya.audit.models import Event
    from tests.access.matrix import address_of, rows_of

    before, found, asked = Event.objects.count(), [], set()
    for row in rows_of(TABLE):
        ours = row.view in ("calendar", "portal-robots", "portal-sitemap") or ":" in row.view
        if ours and row.view not in asked | ANY_METHOD:
            asked.add(row.view)
            status = getattr(world.clients["coordinator"], method)(address_of(world, row)).status_code
            if status != 405:
                found.append(f"{row.view}: {status}")
    told(found)
    assert Event.objects.count() == before


def test_every_object_that_a_body_names_is_declared(world) -> None:
    from tests.access.forging import NO_OBJECTS, NOT_READ, forged
    from tests.access.matrix import payload, rows_of

    declared = {(one.row.view, one.field) for one in forged()} | NOT_READ
    missing = set()
    for row in rows_of(TABLE):
        if not set(row.post) - set("-5L"):
            continue
        for field, value in payload(world, row).items():
            values = value if isinstance(value, list) else [value]
            an_id = any(re.fullmatch(r"\d+|[0-9a-f-]{36}", str(one)) for one in values)
            if an_id and not field.endswith(NO_OBJECTS) and (row.view, field) not in declared:
                missing.add(f"{row.view}: what {field} gives where it names somebody else's is not said")
    told(sorted(missing))


def test_a_body_that_names_what_is_not_the_senders_does_nothing(world) -> None:
    from tests.access.forging import events_of, forged, named
    from tests.access.matrix import fits

    found = []
    for one in forged():
        field = re.sub(r"{(.*)}", lambda name: str(named(world, name[1])), one.field)
        answer, events = events_of(world, one.row, one.sender, {field: named(world, one.names)})
        if one.outcome == "=":
            usual, expected = events_of(world, one.row, one.sender, {})
            as_it_should = usual.recorded and events == expected
        else:
            as_it_should = fits(answer, one.outcome)
        if not as_it_should:
            found.append(f"{one.row.view} {field}={one.names} by {one.sender}: {answer} {events}")
    told(found)


def test_what_is_hidden_and_what_is_not_there_are_refused_alike(world) -> None:
    """For each field that names a hidden thing and, in another row, nothing: the same page comes back."""
    from tests.access.canaries import plain
    from tests.access.forging import forged, named
    from tests.access.matrix import address_of, payload, taken_back

    def page(one) -> str:
        client = world.clients[one.sender]
        with taken_back(client):
            body = {**payload(world, one.row), one.field: named(world, one.names)}
            answer = client.post(address_of(world, one.row), body)
        return re.sub(r"\d+", "#", f"{answer.status_code} {plain(answer)}")

    by_field: dict[tuple[str, str], list] = {}
    for one in forged():
        if one.outcome != "=" and one.sender == "focal":
            by_field.setdefault((one.row.view, one.field), []).append(one)
    pairs = [rows for rows in by_field.values() if len(rows) > 1]
    assert len(pairs) >= 3
    told([f"{rows[0].row.view} {rows[0].field}" for rows in pairs if len({page(one) for one in rows}) > 1])


# Names that columns have and no form of ours offers: sent along, they must change nothing.
COLUMNS = (
    "id", "pk", "user", "user_id", "owner", "owner_id", "author", "author_id", "written_by", "written_by_id",
    "created_by", "decided_by_id", "actor", "by", "on_behalf_of", "on_behalf_of_id", "institution_id", "item_id",
    "recommendation_id", "contribution_id", "is_active", "is_staff", "is_superuser", "is_public", "is_demo",
    "published_at", "validated_at", "withdrawn_at", "removed_at", "revoked_at", "expires_at", "token_hash",
    "version_id", "row_version", "grants", "audience", "stored_as", "sha256", "media_type",
)  # fmt: skip


def test_columns_sent_along_change_nothing(world) -> None:
    from tests.access.forging import events_of
    from tests.access.matrix import payload

    forged, found = {name: str(world.users["coordinator"].pk) for name in COLUMNS}, []
    done = [row for row in acts() if "R" in row.post]
    assert len(done) > 90
    for row in done:
        sender = READERS[row.post.index("R")]
        extra = {name: value for name, value in forged.items() if name not in payload(world, row)}
        usual, forgery = events_of(world, row, sender, {}), events_of(world, row, sender, extra)
        if _steady(usual) != _steady(forgery):
            found.append(f"{row.view} as {sender}: {usual} and {forgery}")
    told(found)


def _steady(answered) -> str:
    """Return an answer and its events without what differs each time: numbers of new rows, keys, moments."""
    answer, events = answered
    return re.sub(r"\d+|[0-9a-f]{8}-[0-9a-f-]{27}", "#", f"{answer.status} {answer.to} {events}")


@pytest.mark.parametrize("reader", ["other_focal", "nhri", "administrator"])
@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_IF_NONE_MATCH": "*"},
        {"HTTP_IF_MODIFIED_SINCE": "Wed, 01 Jan 2099 00:00:00 GMT"},
        {"HTTP_RANGE": "bytes=0-0"},
        {"HTTP_IF_MATCH": "*"},
    ],
    ids=lambda header: next(iter(header)),
)
def test_no_condition_tells_what_is_hidden_from_what_is_not_there(world, reader: str, headers) -> None:
    client, others = world.clients[reader], world.others
    for view, pk in (
        ("followup:contribution", world.contributions["draft"].pk),
        ("followup:evidence", world.evidence["draft public"].pk),
        ("followup:reply", others["reply-draft"].pk if reader != "administrator" else others["unsent"].pk),
        ("programme:report-file", others["proof-waiting"].pk),
        ("intake:run", others["run"].pk),
    ):
        for ask in (client.get, client.head):
            hidden, absent = (ask(world.address(view, one), **headers) for one in (pk, 987654321))
            assert hidden.status_code == absent.status_code == 404
            assert set(hidden.headers) == set(absent.headers)
            assert "ETag" not in hidden.headers and "Last-Modified" not in hidden.headers


def test_a_file_is_given_whole_whatever_the_condition(world) -> None:
    """No part of it and no 304: nothing between the reader and the filter answers from an older sight."""
    address = world.address("followup:evidence", world.evidence["draft public"].pk)
    for headers in ({"HTTP_RANGE": "bytes=0-0"}, {"HTTP_IF_NONE_MATCH": "*"}):
        answer = world.clients["focal"].get(address, **headers)
        assert b"".join(answer.streaming_content if answer.streaming else [answer.content]) == (
            b"qinsidedraftpublic"
        )
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_a_text_with_a_null_character_is_refused_before_anything(world) -> None:
    from tawsiya.audit.models import Event

    before = Event.objects.count()
    address = world.address("followup:assignment-refuse", world.assignments["proposed"].pk)
    for body in ({"reason": "For a\0reason"}, {"reason": "For a reason", "a\0b": ""}):
        assert world.clients["focal"].post(address, body).status_code == 400
    assert Event.objects.count() == before


@pytest.mark.parametrize("reader", ["public", "coordinator"])
def test_a_query_with_null_characters_is_answered_as_one_without(world, reader: str) -> None:
    from tests.access.canaries import plain

    for view, query in (
        ("portal:list-json", "q=la{0}w&lead={0}"),
        ("portal:list-json", "body=%0{0}0"),
        ("recommendations:list-json", "institution={0}&status={0}"),
        ("dashboards:answers-json", "institution={0}"),
    ):
        client, address = world.clients[reader], world.address(view)
        asked, without = (client.get(f"{address}?{query.format(null)}") for null in ("%00", ""))
        assert asked.status_code == without.status_code
        assert plain(asked) == plain(without).replace("%00", "")
    assert client.get("/en/public/programmes/a%00b/").status_code == 404
    assert client.get("/calendar/a%00b.ics").status_code == 404


def test_asking_for_what_is_hidden_finds_what_asking_for_nothing_finds(world) -> None:
    """A filter is no way to learn that a questionnaire is being prepared."""
    import json

    def count(reader: str, pk: int) -> int:
        answer = world.clients[reader].get(world.address("followup:replies-json"), {"questionnaire": pk})
        return int(json.loads(answer.content)["count"])

    for reader in ("focal", "other_focal", "observer", "nhri"):
        assert (count(reader, world.others["unsent"].pk), count(reader, 987654321)) == (0, 0)
    assert count("other_focal", world.others["shared"].pk) == 1


def test_groups_are_filtered_by_institution_only_for_who_knows_everyone_involved(world) -> None:
    """Otherwise the filter, though no facet offers it, tells to whom a recommendation is assigned."""
    import json

    def found(reader: str, key: str) -> list[int]:
        query = {"institution": world.institutions[key].pk}
        answer = world.clients[reader].get(world.address("groups:list-json"), query)
        return sorted(row["id"] for row in json.loads(answer.content)["results"])

    group = world.others["group"].pk
    assert group in found("coordinator", "lead")
    assert group not in found("coordinator", "other")
    for reader in ("nhri", "civil", "other_focal", "focal"):
        assert found(reader, "lead") == found(reader, "other")
