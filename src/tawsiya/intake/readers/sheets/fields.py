"""What a column of a ministry's spreadsheet can hold, and the words by which headers name it."""

from __future__ import annotations

from dataclasses import dataclass

SYMBOL = "symbol"
PARAGRAPH = "paragraph"
SUBPARAGRAPH = "subparagraph"
TEXT = "text"
TEXT_AR = "text_ar"
TEXT_FR = "text_fr"
TEXT_EN = "text_en"
STATES = "states"
POSITION = "position"
THEMES = "themes"
PERSONS = "persons"
SDGS = "sdgs"
KIND = "kind"
BODY = "body"
HEADING = "heading"
DATE = "date"
EXTERNAL_ID = "external_id"
LANGUAGE = "language"
STATUS = "status"
STATUS_ON = "status_on"
LEAD = "lead"
SUPPORT = "support"
DEADLINE = "deadline"
LETTER = "letter"
LETTER_ON = "letter_on"
MEASURES = "measures"

TEXTS = (TEXT, TEXT_AR, TEXT_FR, TEXT_EN)
ISSUED = (
    SYMBOL, PARAGRAPH, SUBPARAGRAPH, *TEXTS, STATES, POSITION, THEMES, PERSONS, SDGS, KIND, BODY, HEADING,
    DATE, EXTERNAL_ID,
)  # fmt: skip
"""What the UN said."""
NATIONAL = (STATUS, STATUS_ON, LEAD, SUPPORT, DEADLINE, LETTER, LETTER_ON, MEASURES)
"""What a State's existing tracker says of its own work."""
FIELDS = (*ISSUED, *NATIONAL)
SEVERAL = frozenset({THEMES, PERSONS, SDGS, STATES, SUPPORT, MEASURES, HEADING})
"""Fields that several columns may hold together; of the others there is one column each."""
FIXED = (SYMBOL, LANGUAGE, POSITION, KIND, BODY, DATE)
"""Fields that may have one value for all rows."""
LANGUAGES = ("en", "fr", "ar")
TEXT_LANGUAGES = {TEXT_EN: "en", TEXT_FR: "fr", TEXT_AR: "ar"}


@dataclass(frozen=True, slots=True)
class Words:
    """Headers that name a field: ``whole`` as they stand, ``parts`` wherever they occur in one (folded)."""

    whole: tuple[str, ...]
    parts: tuple[str, ...] = ()


WORDS: dict[str, Words] = {
    SYMBOL: Words(
        ("symbol", "un symbol", "document", "document symbol", "reference", "reference onu", "cote",
         "symbole",
         "source", "الرمز", "رمز الوثيقه", "الوثيقه", "المرجع", "المصدر"),
        ("document symbol", "cote du document", "symbole du document", "رمز الوثيقه"),
    ),
    PARAGRAPH: Words(
        ("paragraph", "para", "number", "no", "n", "num", "nr", "recommendation number", "paragraphe",
         "numero",
         "n de la recommandation", "numero de la recommandation", "no de la recommandation", "الفقره",
         "رقم",
         "الرقم", "رقم الفقره", "رقم التوصيه", "paragraph number", "rec no", "id recommandation"),
        ("paragraph", "numero de la reco", "رقم الفقره", "رقم التوصيه"),
    ),
    SUBPARAGRAPH: Words(
        ("subparagraph", "sub paragraph", "letter", "item", "alinea", "sous paragraphe", "lettre",
         "الفقره الفرعيه", "البند", "الحرف"),
        ("subparagraph", "sub paragraph", "sous paragraphe", "الفقره الفرعيه"),
    ),
    TEXT: Words(
        ("text", "recommendation", "recommendations", "texte", "recommandation", "recommandations",
         "libelle",
         "intitule", "نص التوصيه", "التوصيه", "التوصيات", "النص", "خلاصه التوصيه"),
        ("text of the rec", "texte de la rec", "libelle de la rec", "intitule de la rec", "نص التوصي"),
    ),
    STATES: Words(
        ("states", "recommending state", "recommending states", "country", "countries", "pays",
         "etat auteur",
         "pays auteur", "الدوله", "الدول", "الدوله الموصيه", "البلد"),
        ("recommending", "pays ayant", "etat ayant", "etats ayant", "pays auteur", "etat auteur",
         "etats auteurs",
         "الدوله الموصيه", "الدول الموصيه", "الدوله صاحبه", "الجهه الموصيه"),
    ),
    POSITION: Words(
        ("position", "response", "answer", "decision", "reponse", "avis", "الموقف", "الرد", "موقف الدوله"),
        ("position", "موقف"),
    ),
    THEMES: Words(
        ("theme", "themes", "topic", "topics", "subject", "right", "rights", "thematique",
         "thematiques", "droit",
         "droits", "sujet", "domaine", "axe", "الموضوع", "المواضيع", "المجال", "الحق", "المحور"),
        ("thematique", "theme", "المواضيع"),
    ),
    PERSONS: Words(
        ("persons", "affected persons", "groups", "group", "target group", "personnes concernees",
         "groupes",
         "population cible", "categories", "الفئات", "الفئه", "الاشخاص", "الفئات المعنيه",
         "الفئه المستهدفه"),
        ("affected person", "personnes concern", "الفئات", "الفئه المستهدفه"),
    ),
    SDGS: Words(
        ("sdg", "sdgs", "odd", "goals", "targets", "objectifs", "اهداف التنميه", "الاهداف"),
        ("sdg", "odd", "sustainable development", "developpement durable", "التنميه المستدامه"),
    ),
    KIND: Words(("kind", "type", "nature", "النوع", "الصنف"), ("type of rec", "type de rec",
    "نوع التوصيه")),
    BODY: Words(
        ("body", "mechanism", "committee", "treaty body", "organe", "mecanisme", "comite",
         "organe de traite",
         "الهيئه", "الاليه", "اللجنه", "هيئه المعاهده"),
        ("treaty body", "recommending body", "organe de traite", "mecanisme", "هيئه المعاهده", "الاليه"),
    ),
    HEADING: Words(
        ("heading", "section", "chapter", "rubrique", "chapitre", "titre", "العنوان", "الفصل", "الباب",
         "القسم"),
        ("rubrique",),
    ),
    DATE: Words(
        ("date", "year", "annee", "date of adoption", "date d adoption", "publication date", "التاريخ",
         "السنه",
         "تاريخ الاعتماد"),
        ("date of adoption", "date d adoption", "date of publication", "date de publication",
         "تاريخ الاعتماد"),
    ),
    EXTERNAL_ID: Words(("annotation id", "ohchr annotation id", "uhri id", "id uhri"), ("annotation id",)),
    STATUS: Words(
        ("status", "state of implementation", "statut", "etat d avancement", "avancement",
         "الحاله", "الوضعيه", "حاله التنفيذ", "وضعيه التنفيذ", "مستوي الانجاز"),
        ("status", "statut", "etat de mise en", "etat d avancement", "degre de realisation",
         "niveau de mise en",
         "state of implementation", "حاله التنفيذ", "حاله الانجاز", "وضعيه", "مدي التنفيذ"),
    ),
    STATUS_ON: Words(
        ("status date", "date of status", "date du statut", "updated", "last update", "mise a jour",
         "date de mise a jour", "تاريخ الحاله", "تاريخ التحيين", "اخر تحيين"),
        ("status date", "date of status", "date du statut", "last update", "mise a jour", "تاريخ التحيين",
         "تاريخ الحاله"),
    ),
    LEAD: Words(
        ("lead", "lead institution", "institution", "ministry", "department", "responsible", "pilote",
         "ministere",
         "departement", "responsable", "chef de file", "المؤسسه", "الوزاره", "القطاع", "الجهه المسؤوله",
         "القطاع المعني", "الجهه المكلفه"),
        ("lead ", "responsible", "responsable", "chef de file", "pilote", "departement concerne",
         "secteur concerne", "الجهه المسووله", "الجهه المسؤوله", "القطاع المسو", "القطاع المسؤ",
         "القطاع المعني",
         "الجهه المكلفه", "القطاع الحكومي"),
    ),
    SUPPORT: Words(
        ("support", "supporting institutions", "partners", "partenaires", "appui", "الشركاء", "المتدخلون",
         "الجهات المسانده"),
        ("supporting", "partner", "partenaire", "associe", "en appui", "الشريكه", "الشركاء", "المتدخل",
         "المسانده"),
    ),
    DEADLINE: Words(
        ("deadline", "due", "due date", "echeance", "delai", "date limite", "الاجل", "الموعد النهائي",
         "اجل التنفيذ"),
        ("deadline", "echeance", "date limite", "due date", "الاجل", "اجل"),
    ),
    LETTER: Words(
        ("letter", "letter reference", "courrier", "reference du courrier", "n du courrier", "lettre n",
         "المراسله", "رقم المراسله", "مرجع المراسله"),
        ("letter ref", "reference du courrier", "reference de la lettre", "n du courrier",
         "numero du courrier",
         "رقم المراسله", "مرجع المراسله", "عدد المراسله"),
    ),
    LETTER_ON: Words(
        ("letter date", "date of letter", "date du courrier", "date de la lettre", "date d envoi",
         "تاريخ المراسله", "تاريخ الارسال"),
        ("letter date", "date of letter", "date of the letter", "date du courrier", "date de la lettre",
         "date d envoi", "تاريخ المراسله"),
    ),
    MEASURES: Words(
        ("measures", "measures taken", "comment", "comments", "actions", "action taken", "progress",
         "remarks",
         "mesures", "mesures prises", "commentaire", "commentaires", "observations", "realisations",
         "actions realisees", "التدابير", "الاجراءات", "التدابير المتخذه", "المنجزات", "ملاحظات", "تعليق"),
        ("measures", "mesures", "actions", "realisations", "التدابير", "الاجراءات المتخذه", "المنجزات",
         "comment",
         "ملاحظات"),
    ),
}  # fmt: skip

LANGUAGE_WORDS: dict[str, tuple[str, ...]] = {
    "en": ("english", "anglais", "en", "eng", "ang", "الانجليزيه", "بالانجليزيه", "انجليزي"),
    "fr": ("french", "francais", "fr", "fra", "الفرنسيه", "بالفرنسيه", "فرنسي"),
    "ar": ("arabic", "arabe", "ar", "ara", "العربيه", "بالعربيه", "عربي"),
}
"""Words of a header that say the language of a text."""
