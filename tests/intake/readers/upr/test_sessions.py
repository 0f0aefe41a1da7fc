"""The Working Group's session, written out in the introduction."""

import pytest

from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.upr_report_sessions import session_of


@pytest.mark.parametrize(
    ("sentence", "session"),
    [
        ("The Working Group held its first session from 7 to 18 April 2008.", 1),
        ("The Working Group held its thirteenth session from 21 May.", 13),
        ("The Working Group held its twentieth session from 27 October.", 20),
        ("The Working Group held its forty-eighth session from 20 to 31 January 2025.", 48),
        ("Le Groupe de travail a tenu sa première session du 7 au 18 avril 2008.", 1),
        ("Le Groupe de travail a tenu sa dix-septième session du 21 octobre.", 17),
        ("Le Groupe de travail a tenu sa trentième session du 7 au 18 mai.", 30),
        ("Le Groupe de travail a tenu sa quarante et unième session du 7 au 18 novembre 2022.", 41),
        ("Le Groupe de travail a tenu sa vingt-septième session du 1er au 12 mai 2017.", 27),
        ("عقد الفريق العامل دورته الأولى في الفترة من 7 إلى 18 نيسان/أبريل 2008.", 1),
        ("عقد الفريق العامل دورته الثالثة عشرة في الفترة من 21 أيار/مايو.", 13),
        ("عقد الفريق العامل دورته العشرين في الفترة من 27 تشرين الأول/أكتوبر.", 20),
        ("عقد الفريق العامل دورته الحادية والأربعين في الفترة من 7 إلى 18 تشرين الثاني/نوفمبر 2022.", 41),
        ("عقد الفريق العامل دورته السابعة والعشرين في الفترة من 1 إلى 12 أيار/مايو 2017.", 27),
        ("El Grupo de Trabajo celebró su 41º período de sesiones del 7 al 18 de noviembre de 2022.", 41),
        ("The Working Group met.", None),
    ],
)
def test_session(sentence, session):
    assert session_of(fold(sentence)) == session
