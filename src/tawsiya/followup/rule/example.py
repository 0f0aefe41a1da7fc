"""The rule from which a coordinator begins the first version: an example, in force once it is published."""

from tawsiya.followup.rule.tree import Content, Node

_DONE = ["implemented"]
_MOVING = ["in_progress", "partly_implemented", "implemented"]


def _is(code: str, **parameters: object) -> Node:
    return {"is": code, **parameters}


def example() -> Content:
    """Return the example: a status follows from what is proven, and a claim alone is not proof."""
    return {
        "common": [
            {
                "status": "implemented",
                "labels": {
                    "en": "What was asked is done, and proven",
                    "fr": "Ce qui était demandé est fait, preuves à l’appui",
                    "ar": "أُنجز المطلوب وثبت بالأدلة",
                },
                "when": {
                    "all": [
                        _is("proposed_status", by="lead", among=_DONE),
                        _is("evidence", at_least=1, kind="any"),
                        {
                            "any": [
                                _is("law_stage", by="every", stage="published"),
                                _is("measure_progress", by="every", among=["completed"]),
                                _is("indicators_met", by="every"),
                            ]
                        },
                        {"not": _is("indicator_missed")},
                    ]
                },
            },
            {
                "status": "partly_implemented",
                "labels": {
                    "en": "A part is done and proven",
                    "fr": "Une partie est faite, preuves à l’appui",
                    "ar": "أُنجز جزء وثبت بالأدلة",
                },
                "when": {
                    "any": [
                        {
                            "all": [
                                _is(
                                    "proposed_status", by="some", among=["partly_implemented", "implemented"]
                                ),
                                _is("evidence", at_least=1, kind="any"),
                            ]
                        },
                        _is("law_stage", by="some", stage="adopted"),
                        _is("measure_progress", by="some", among=["completed"]),
                        _is("milestones_reached", percent=50),
                    ]
                },
            },
            {
                "status": "in_progress",
                "labels": {
                    "en": "Work is under way",
                    "fr": "Des travaux sont en cours",
                    "ar": "العمل جارٍ",
                },
                "when": {
                    "any": [
                        _is("proposed_status", by="some", among=_MOVING),
                        _is("measure_progress", by="some", among=["under_way", "completed"]),
                        _is("law_stage", by="some", stage="government"),
                    ]
                },
            },
            {
                "status": "not_started",
                "labels": {
                    "en": "The institutions say that nothing has begun",
                    "fr": "Les institutions déclarent que rien n’a commencé",
                    "ar": "صرّحت المؤسسات بأن لا شيء بدأ",
                },
                "when": {
                    "any": [
                        _is("proposed_status", by="every", among=["not_started"]),
                        _is("measure_progress", by="every", among=["planned"]),
                    ]
                },
            },
        ],
        "noted": [
            {
                "status": "acted_upon",
                "labels": {
                    "en": "Acted upon though noted, and proven",
                    "fr": "Suivie d’effet bien que notée, preuves à l’appui",
                    "ar": "تم التفاعل معها رغم الإحاطة بها علما، وثبت ذلك بالأدلة",
                },
                "when": {
                    "any": [
                        {
                            "all": [
                                _is("proposed_status", by="some", among=["acted_upon"]),
                                _is("evidence", at_least=1, kind="any"),
                            ]
                        },
                        _is("law_stage", by="some", stage="adopted"),
                    ]
                },
            },
            {
                "status": "under_study",
                "labels": {
                    "en": "An institution studies it",
                    "fr": "Une institution l’étudie",
                    "ar": "تدرسها إحدى المؤسسات",
                },
                "when": {
                    "any": [
                        _is("proposed_status", by="some", among=["under_study", "acted_upon"]),
                        _is("measures", at_least=1),
                    ]
                },
            },
            {
                "status": "no_action",
                "labels": {
                    "en": "The institutions say that nothing is done",
                    "fr": "Les institutions déclarent que rien n’est fait",
                    "ar": "صرّحت المؤسسات بعدم القيام بأي إجراء",
                },
                "when": {"all": [_is("proposed_status", by="every", among=["no_action"])]},
            },
        ],
        "parts": [
            {
                "status": "implemented",
                "labels": {
                    "en": "Every lettered part is implemented",
                    "fr": "Chaque sous-paragraphe est réalisé",
                    "ar": "كل الفقرات الفرعية منجزة",
                },
                "when": {
                    "all": [
                        _is("parts_status", by="every", among=["implemented", "no_longer_applicable"]),
                        _is("parts_status", by="some", among=_DONE),
                    ]
                },
            },
            {
                "status": "no_longer_applicable",
                "labels": {
                    "en": "No lettered part applies any longer",
                    "fr": "Aucun sous-paragraphe n’est plus d’actualité",
                    "ar": "لم تعد أي فقرة فرعية قائمة",
                },
                "when": {"all": [_is("parts_status", by="every", among=["no_longer_applicable"])]},
            },
            {
                "status": "partly_implemented",
                "labels": {
                    "en": "A lettered part is implemented, wholly or partly",
                    "fr": "Un sous-paragraphe est réalisé, en tout ou en partie",
                    "ar": "فقرة فرعية منجزة كليا أو جزئيا",
                },
                "when": {
                    "all": [_is("parts_status", by="some", among=["partly_implemented", "implemented"])]
                },
            },
            {
                "status": "in_progress",
                "labels": {
                    "en": "A lettered part is in progress",
                    "fr": "Un sous-paragraphe est en cours",
                    "ar": "فقرة فرعية في طور الإنجاز",
                },
                "when": {"all": [_is("parts_status", by="some", among=["in_progress"])]},
            },
            {
                "status": "not_started",
                "labels": {
                    "en": "No lettered part is begun",
                    "fr": "Aucun sous-paragraphe n’est entamé",
                    "ar": "لم يُشرع في أي فقرة فرعية",
                },
                "when": {
                    "all": [_is("parts_status", by="every", among=["not_started", "no_longer_applicable"])]
                },
            },
        ],
    }
