"""Comments on measures: who makes them, who reads them, how they are answered and kept."""

from datetime import timedelta

import pytest
from django.test import Client

from tawsiya.accounts.choices import InstitutionKind, Role
from tawsiya.accounts.reader import PUBLIC, Reader
from tawsiya.core import clock
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.notifications.models import Notification
from tawsiya.programme.choices import Audience
from tawsiya.programme.commands.comments import answer_comment, comment_on
from tawsiya.programme.commands.measures import remove_measure
from tawsiya.programme.commands.versions import close_consultation
from tawsiya.programme.models import Comment, Measure
from tawsiya.programme.permissions import may_comment
from tawsiya.programme.queries import comments_for, consultation_of, parliaments
from tests import factories
from tests.programme import making

pytestmark = pytest.mark.django_db

# Who may comment, by the audience consulted; written by hand.
COMMENTING = """
reader       sectors parliament nhri organisations
focal        yes     no         no   no
validator    yes     no         no   no
chamber      no      yes        no   no
nhri         no      no         yes  no
civil        no      no         no   yes
coordinator  no      no         no   no
analyst      no      no         no   no
observer     no      no         no   no
admin        no      no         no   no
public       no      no         no   no
"""


def _cast() -> dict[str, Reader]:
    chamber = factories.make_institution(kind=InstitutionKind.PARLIAMENT)
    return {
        "focal": factories.reader_in(None, Role.FOCAL_POINT),
        "validator": factories.reader_in(None, Role.VALIDATOR),
        "chamber": making.focal(chamber),
        "nhri": factories.reader_in(None, Role.NHRI),
        "civil": factories.reader_in(None, Role.CIVIL_SOCIETY),
        "coordinator": factories.coordinator(),
        "analyst": factories.reader_in(None, Role.ANALYST),
        "observer": factories.reader_in(None, Role.OBSERVER),
        "admin": factories.reader_in(None, Role.ADMINISTRATOR),
        "public": PUBLIC,
    }


def _consulted(*audiences: Audience) -> Measure:
    version = making.make_version()
    measure = making.make_measure(version)
    making.consult(version, *audiences)
    return measure


def test_who_comments_when_an_audience_is_consulted() -> None:
    head, *lines = [line.split() for line in COMMENTING.strip().splitlines()]
    cast, asked = _cast(), {name: _consulted(Audience(name)) for name in head[1:]}
    found = [
        [
            name,
            *(
                "yes" if may_comment(cast[name], consultation_of(measure.version), parliaments()) else "no"
                for measure in asked.values()
            ),
        ]
        for name, *_cells in lines
    ]
    assert found == lines


def test_comments_end_with_the_time_of_the_consultation() -> None:
    measure, nhri = _consulted(Audience.NHRI), factories.reader_in(None, Role.NHRI)
    with clock.at(clock.now() + timedelta(days=11)), pytest.raises(PermissionRefused):
        comment_on(measure=measure, text="Too late", language="en", by=nhri)
    with pytest.raises(RuleViolated, match="Write the comment"):
        comment_on(measure=measure, text="  ", language="en", by=nhri)
    close_consultation(version=measure.version, by=factories.coordinator())
    with pytest.raises(PermissionRefused):
        comment_on(measure=measure, text="Closed", language="en", by=nhri)


def test_a_comment_is_read_by_all_once_it_is_answered() -> None:
    cast = _cast()
    measure = _consulted(Audience.NHRI, Audience.SECTORS)
    comment = comment_on(measure=measure, text="Name the courts", language="en", by=cast["nhri"])

    def readers() -> set[str]:
        return {name for name, reader in cast.items() if comments_for(reader).exists()}

    assert readers() == {"nhri", "coordinator", "analyst"}
    with pytest.raises(PermissionRefused):
        answer_comment(comment=comment, text="They are named", language="en", by=cast["focal"])
    answer_comment(comment=comment, text="They are named", language="en", by=cast["analyst"])
    assert readers() == set(cast) - {"civil", "public"}  # organisations were not invited
    told = Notification.objects.get(code="comment.answered")
    assert told.recipient_id == cast["nhri"].user_id
    with pytest.raises(RuleViolated, match="answered already"):
        answer_comment(comment=comment, text="Again", language="en", by=cast["analyst"])


def test_comments_are_kept_whatever_becomes_of_the_version() -> None:
    nhri, desk = factories.reader_in(None, Role.NHRI), factories.coordinator()
    measure = _consulted(Audience.NHRI)
    comment = comment_on(measure=measure, text="Name the courts", language="en", by=nhri)
    close_consultation(version=measure.version, by=desk)
    assert not comments_for(nhri).exists()  # the draft is the delegation's again
    with pytest.raises(RuleViolated, match="comments are kept"):
        remove_measure(measure=measure, by=desk)
    making.adopted(measure.version)
    assert comments_for(nhri).get() == comment
    answer_comment(comment=comment, text="Done", language="en", by=desk)
    assert Comment.objects.get().answer == "Done"


def test_comment_and_answer_on_the_page() -> None:
    factories.make_instance()
    measure = _consulted(Audience.NHRI)
    guest, desk = Client(), Client()
    for client, role in ((guest, Role.NHRI), (desk, Role.ANALYST)):
        client.force_login(
            factories.make_person(role), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    address = f"/en/programmes/measures/{measure.pk}/"
    guest.post(f"{address}comment/", {"text": "Name the courts"})
    assert b"Name the courts" in desk.get(address).content
    assert b"Name the courts" in desk.get(f"/en/programmes/versions/{measure.version_id}/comments/").content
    desk.post(f"/en/programmes/comments/{Comment.objects.get().pk}/answer/", {"text": "They are named"})
    assert b"They are named" in guest.get(address).content
