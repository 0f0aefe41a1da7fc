"""The pages of the style guide and what they show. Texts in English, French and Arabic, in this order."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

DATA = Path(__file__).resolve().parents[2] / "src/tawsiya/sample/data"
ROWS = json.loads((DATA / "upr.json").read_text("utf-8"))
ORDER = ("en", "fr", "ar")
STATUSES = [
    "not_started",
    "in_progress",
    "partly_implemented",
    "implemented",
    "in_progress",
    "no_longer_applicable",
    "partly_implemented",
]


def t(language: str, *texts: str) -> str:
    """Return one of three texts."""
    return texts[ORDER.index(language)]


def when(days: int) -> dt.date:
    """Return the day so many days from now."""
    return timezone.localdate() + dt.timedelta(days=days)


def shell(lang: str) -> dict[str, Any]:
    """Return what every page needs."""
    from tawsiya.core import instance

    def entry(icon: str, label: str, badge: int | None = None, active: bool = False) -> dict[str, Any]:
        return {
            "label": label,
            "url": "#",
            "icon": icon,
            "badge": badge,
            "active": active,
        }

    return {
        "person": t(lang, "Nadia Idurar", "Nadia Idurar", "نادية إدورار"),
        "user": {"is_authenticated": True, "email": "n.idurar@tamourt.example"},
        "role_label": t(lang, "Coordinator", "Coordonnatrice", "المنسقة"),
        "instance": instance.current(),
        "unread_notifications": 12,
        "csrf_token": "x",
        "navigation": [
            entry("house", t(lang, "My work", "Mon travail", "عملي"), 7),
            entry(
                "list-check",
                t(lang, "Recommendations", "Recommandations", "التوصيات"),
                active=True,
            ),
            entry(
                "journal-check",
                t(lang, "Contributions", "Contributions", "المساهمات"),
                4,
            ),
            entry("file-earmark-arrow-up", t(lang, "Imports", "Imports", "الاستيراد")),
            {"label": t(lang, "Reference", "Référentiel", "المرجع")},
            entry(
                "bank",
                t(
                    lang,
                    "UN documents",
                    "Documents des Nations Unies",
                    "وثائق الأمم المتحدة",
                ),
            ),
            entry("building", t(lang, "Institutions", "Institutions", "المؤسسات")),
            entry("globe2", t(lang, "Publication", "Publication", "النشر")),
        ],
        "portal_navigation": [
            {
                "label": t(lang, "Recommendations", "Recommandations", "التوصيات"),
                "url": "#",
                "active": True,
            },
            {"label": t(lang, "Documents", "Documents", "الوثائق"), "url": "#"},
            {
                "label": t(lang, "Open data", "Données ouvertes", "البيانات المفتوحة"),
                "url": "#",
            },
        ],
    }


def home(lang: str) -> dict[str, Any]:
    """Return a coordinator's home page."""
    return {
        "tasks": [
            {
                "title": ROWS[i]["texts"][lang],
                "url": "#",
                "icon": icon,
                "meta": meta,
                "deadline": when(days) if days is not None else None,
                "status": status,
            }
            for i, icon, meta, days, status in [
                (
                    3,
                    "journal-check",
                    t(
                        lang,
                        "Ministry of Justice",
                        "Ministère de la justice",
                        "وزارة العدل",
                    ),
                    -4,
                    "with_delegation",
                ),
                (
                    8,
                    "journal-check",
                    t(
                        lang,
                        "Ministry of Health",
                        "Ministère de la santé",
                        "وزارة الصحة",
                    ),
                    9,
                    "with_delegation",
                ),
                (
                    17,
                    "x-circle",
                    t(
                        lang,
                        "Ministry of Labour",
                        "Ministère du travail",
                        "وزارة الشغل",
                    ),
                    None,
                    "refused",
                ),
                (40, "dash-circle", "A/HRC/55/918", 60, "unassigned"),
            ]
        ],
        "tiles": [
            (
                94,
                t(
                    lang,
                    "recommendations received",
                    "recommandations reçues",
                    "توصية متوصل بها",
                ),
                "",
                "list-check",
            ),
            (
                7,
                t(
                    lang,
                    "awaiting your decision",
                    "en attente de votre décision",
                    "في انتظار قراركم",
                ),
                "warning",
                "hourglass-split",
            ),
            (
                3,
                t(lang, "overdue", "en retard", "متأخرة عن الأجل"),
                "danger",
                "exclamation-triangle-fill",
            ),
            (1234, t(lang, "published", "publiées", "منشورة"), "", "globe2"),
        ],
        "segments": [
            {"code": "not_started", "count": 12, "url": "#"},
            {"code": "in_progress", "count": 31, "url": "#"},
            {"code": "partly_implemented", "count": 22, "url": "#"},
            {"code": "implemented", "count": 25, "url": "#"},
            {"code": "no_longer_applicable", "count": 4, "url": "#"},
        ],
        "events": events(lang),
        "progress_label": t(
            lang,
            "Contributions received",
            "Contributions reçues",
            "المساهمات المتوصل بها",
        ),
    }


def events(lang: str) -> list[dict[str, Any]]:
    """Return a history."""
    now = timezone.now()
    return [
        {
            "when": now - dt.timedelta(hours=3),
            "who": t(lang, "Karim Azemmur", "Karim Azemmur", "كريم أزمور"),
            "text": t(
                lang,
                "The validator sent the contribution back",
                "Le valideur a renvoyé la contribution",
                "أعاد المصادق المساهمة",
            ),
            "reason": t(
                lang,
                "Article 7 of law 27-14 is quoted in its former wording; give the figures of 2024 as well.",
                "L’article 7 de la loi 27-14 est cité dans son ancienne version ; ajouter les chiffres 2024.",
                "المادة 7 من القانون رقم 27.14 واردة بصيغتها القديمة؛ يرجى إدراج أرقام سنة 2024 أيضا.",
            ),
            "icon": "reply",
            "tone": "warning",
        },
        {
            "when": now - dt.timedelta(days=2),
            "who": t(lang, "Lina Ouzeggane", "Lina Ouzeggane", "لينا أوزكان"),
            "text": t(
                lang,
                "The focal point submitted the contribution",
                "Le point focal a soumis la contribution",
                "قدمت نقطة الاتصال المساهمة",
            ),
            "icon": "send",
            "tone": "info",
        },
        {
            "when": now - dt.timedelta(days=40),
            "who": t(lang, "Nadia Idurar", "Nadia Idurar", "نادية إدورار"),
            "text": t(
                lang,
                "Assigned to the Ministry of Justice, letter 1432/2025",
                "Affectée au Ministère de la justice, lettre 1432/2025",
                "أُسندت إلى وزارة العدل، الرسالة 1432/2025",
            ),
            "icon": "person-check",
        },
    ]


def listing(lang: str) -> dict[str, Any]:
    """Return a list with facets."""
    rows = [
        {
            "text": row["texts"][lang],
            "symbol": row["document"],
            "paragraph": row["paragraph"],
            "position": row["position"],
            "status": STATUSES[i % len(STATUSES)] if row["position"] == "supported" else "under_study",
            "lead": t(lang, "Ministry of Justice", "Ministère de la justice", "وزارة العدل"),
            "deadline": when(10 * i - 20),
            "done": i == 3,
        }
        for i, row in enumerate(ROWS[:8])
    ]

    def facet(name: str, label: str, *options: tuple[str, int, bool]) -> dict[str, Any]:
        return {
            "name": name,
            "label": label,
            "options": [
                {"value": str(i), "label": o[0], "count": o[1], "chosen": o[2]} for i, o in enumerate(options)
            ],
        }

    themes = [row["heading"][lang] for row in ROWS[::5]]
    return {
        "search_query": "",
        "rows": rows,
        "page": Paginator(range(194), 8).page(2),
        "facets": [
            facet(
                "body",
                t(lang, "Mechanism", "Mécanisme", "الآلية"),
                (
                    t(
                        lang,
                        "Universal Periodic Review",
                        "Examen périodique universel",
                        "الاستعراض الدوري الشامل",
                    ),
                    94,
                    True,
                ),
                ("CEDAW", 21, False),
                ("CCPR", 14, False),
                (
                    t(
                        lang,
                        "Special procedures",
                        "Procédures spéciales",
                        "الإجراءات الخاصة",
                    ),
                    0,
                    False,
                ),
            ),
            facet(
                "position",
                t(lang, "Position", "Position", "الموقف"),
                (t(lang, "Supported", "Acceptée", "مقبولة"), 78, False),
                (t(lang, "Noted", "Notée", "أُحيط بها علما"), 16, False),
            ),
            facet(
                "theme",
                t(lang, "Theme", "Thème", "الموضوع"),
                *[(theme, 20 - i, False) for i, theme in enumerate(dict.fromkeys(themes))],
            ),
        ],
        "chips": [
            {
                "facet": t(lang, "Mechanism", "Mécanisme", "الآلية"),
                "label": t(
                    lang,
                    "Universal Periodic Review",
                    "Examen périodique universel",
                    "الاستعراض الدوري الشامل",
                ),
                "url": "#",
            },
            {
                "facet": t(lang, "Document", "Document", "الوثيقة"),
                "label": "A/HRC/55/918",
                "url": "#",
            },
        ],
        "clear_url": "#",
    }


def detail(lang: str) -> dict[str, Any]:
    """Return one recommendation."""
    row = ROWS[0]
    others = [code for code in ORDER if code != lang]
    return {
        "row": row,
        "heading": row["heading"][lang],
        "texts": [
            {
                "language": code,
                "text": row["texts"][code],
                "status": "official" if code == "en" else "unofficial",
            }
            for code in [lang, *others]
        ],
        "steps": [
            {"label": t(lang, "Assigned", "Affectée", "مسندة"), "state": "done"},
            {
                "label": t(lang, "Contribution", "Contribution", "المساهمة"),
                "state": "done",
            },
            {
                "label": t(lang, "Validation", "Validation", "المصادقة"),
                "state": "current",
                "hint": t(
                    lang,
                    "Ministry of Justice",
                    "Ministère de la justice",
                    "وزارة العدل",
                ),
            },
            {"label": t(lang, "Status", "Statut", "الوضعية"), "state": "next"},
            {"label": t(lang, "Publication", "Publication", "النشر"), "state": "next"},
        ],
        "facts": [
            {
                "label": t(lang, "Position", "Position", "الموقف"),
                "value": t(lang, "Supported", "Acceptée", "مقبولة"),
            },
            {
                "label": t(lang, "Recommending States", "États auteurs", "الدول الموصية"),
                "value": t(lang, "Denmark, Ghana", "Danemark, Ghana", "الدانمرك، غانا"),
            },
            {
                "label": t(lang, "SDG", "ODD", "أهداف التنمية المستدامة"),
                "value": "16 · 16.3",
            },
            {"label": t(lang, "Deadline", "Échéance", "الأجل"), "value": ""},
        ],
        "tabs": [
            {
                "label": t(lang, "Overview", "Aperçu", "نظرة عامة"),
                "url": "#",
                "active": True,
            },
            {
                "label": t(lang, "Contributions", "Contributions", "المساهمات"),
                "url": "#",
                "badge": 2,
            },
            {
                "label": t(lang, "Evidence", "Éléments de preuve", "الإثباتات"),
                "url": "#",
                "badge": 0,
            },
            {"label": t(lang, "History", "Historique", "السجل"), "url": "#"},
        ],
        "events": events(lang),
        "dialog_title": t(
            lang,
            "Send the contribution back?",
            "Renvoyer la contribution ?",
            "هل تريدون إعادة المساهمة؟",
        ),
        "dialog_text": t(
            lang,
            "The focal point can edit it again and sees your reason.",
            "Le point focal pourra la modifier et verra votre motif.",
            "ستتمكن نقطة الاتصال من تعديلها وستطلع على السبب.",
        ),
        "dialog_label": t(lang, "Send back", "Renvoyer", "إعادة"),
    }


def form(lang: str) -> dict[str, Any]:
    """Return a contribution's form with errors."""

    class Contribution(forms.Form):
        measures = forms.CharField(
            label=t(lang, "Measures taken", "Mesures prises", "التدابير المتخذة"),
            help_text=t(
                lang,
                "What was done, when, with what result.",
                "Ce qui a été fait, quand, avec quel résultat.",
                "ما تم إنجازه، ومتى، وبأي نتيجة.",
            ),
            widget=forms.Textarea(attrs={"rows": 5}),
        )
        status = forms.ChoiceField(
            label=t(lang, "Status proposed", "Statut proposé", "الوضعية المقترحة"),
            choices=[
                ("", "—"),
                ("a", t(lang, "In progress", "En cours", "في طور الإنجاز")),
            ],
        )
        language = forms.ChoiceField(
            label=t(lang, "Language of the text", "Langue du texte", "لغة النص"),
            choices=[("ar", "العربية"), ("fr", "Français"), ("en", "English")],
            widget=forms.RadioSelect,
        )
        deadline = forms.DateField(
            label=t(lang, "Deadline", "Échéance", "الأجل"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}),
        )
        evidence = forms.FileField(
            label=t(lang, "Evidence", "Éléments de preuve", "الإثباتات"),
            required=False,
            help_text=t(
                lang,
                "PDF, Word, Excel or picture, 25 MB at most.",
                "PDF, Word, Excel ou image, 25 Mo au plus.",
                "ملف PDF أو Word أو Excel أو صورة، في حدود 25 ميغابايت.",
            ),
        )
        confirm = forms.BooleanField(
            label=t(
                lang,
                "These facts can be published",
                "Ces faits peuvent être publiés",
                "يمكن نشر هذه الوقائع",
            ),
            required=False,
        )

    return {"form": Contribution({"measures": "", "status": "a", "language": lang})}


def reason(lang: str) -> dict[str, Any]:
    """Return why something was refused."""
    return {
        "reason": t(
            lang,
            "An author never validates his own text.",
            "Un auteur ne valide jamais son propre texte.",
            "لا يصادق محرر النص على نصه.",
        )
    }


def login(lang: str) -> dict[str, Any]:
    """Return the sign-in page."""

    class SignIn(forms.Form):
        login = forms.EmailField(
            label=t(lang, "E-mail address", "Adresse électronique", "البريد الإلكتروني"),
            widget=forms.EmailInput(attrs={"dir": "ltr"}),
        )
        password = forms.CharField(
            label=t(lang, "Password", "Mot de passe", "كلمة المرور"),
            widget=forms.PasswordInput(attrs={"dir": "ltr"}),
        )

    return {"form": SignIn(), "user": None}


def error(lang: str) -> dict[str, Any]:
    """Return what an error page has when all is lost."""
    return {}


Page = tuple[str, Callable[[str], dict[str, Any]]]
PAGES: dict[str, Page] = {
    "home": ("pages/home.html", home),
    "list": ("pages/list.html", listing),
    "detail": ("pages/detail.html", detail),
    "form": ("pages/form.html", form),
    "states": ("pages/states.html", detail),
    "login": ("pages/login.html", login),
    "portal": ("pages/portal.html", lambda lang: {**home(lang), **listing(lang)}),
    "403": ("403.html", reason),
    "500": ("500.html", error),
}
