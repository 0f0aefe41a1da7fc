"""Short reports written for the tests in the exact form of the real ones, in three languages.

A block is ``(kind, text)``: "front" lines of the first page, "heading", "main" numbered paragraphs of
the report, "item" numbered recommendations, "plain" paragraphs without a number.
"""

Block = tuple[str, ...]

ENGLISH = (
    ("front", "A/HRC/52/99"),
    ("front", "Distr.: General"),
    ("front", "6 January 2023"),
    ("front", "Original: English"),
    ("front", "Human Rights Council"),
    ("front", "Fifty-second session"),
    ("front", "Universal periodic review"),
    ("front", "Report of the Working Group on the Universal Periodic Review*"),
    ("front", "Morocco"),
    ("heading", "Introduction"),
    (
        "main",
        "1",
        (
            "The Working Group held its forty-first session from 7 to 18 November 2022. The national"
            " report (A/HRC/WG.6/41/MAR/1) was before it."
        ),
    ),
    ("main", "2", "The troika was selected by drawing of lots:"),
    ("plain", "(a) The first member came from Africa;"),
    ("plain", "(b) The second member came from Asia."),
    ("heading", "I. Summary of the proceedings of the review process"),
    ("heading", "A. Presentation by the State under review"),
    ("main", "3", "The delegation thanked everybody and spoke of the recommendations of 2017."),
    ("heading", "II. Conclusions and/or recommendations"),
    (
        "main",
        "4",
        (
            "The recommendations formulated during the interactive dialogue and listed below have been"
            " examined by Morocco and enjoy the support of Morocco:"
        ),
    ),
    (
        "item",
        "4.1",
        (
            "Build schools in the mountains (Chile) (Republic of Korea) (Congo) (Democratic Republic"
            " of the Congo);"
        ),
    ),
    (
        "item",
        "4.2",
        ("Plant trees (Spain) or consider planting hedges (State of Palestine) along the roads (Türkiye);"),
    ),
    (
        "main",
        "5",
        (
            "The following recommendations enjoy the support of Morocco, which considers that they have"
            " already been implemented:"
        ),
    ),
    (
        "item",
        "5.1",
        (
            "Publish the yearly report of the ombudsman (Iran (Islamic Republic of), Bolivia"
            " (Plurinational State of));"
        ),
    ),
    (
        "main",
        "6",
        (
            "The following recommendations will be examined by Morocco, which will provide responses in"
            " due time, but no later than the fifty-second session of the Human Rights Council:"
        ),
    ),
    ("item", "6.1", "Ratify the convention on seeds (CS) (Norway);"),
    ("main", "7", "The recommendations below did not enjoy the support of Morocco:"),
    ("item", "7.1", "Move the capital (Atlantis);"),
    (
        "main",
        "8",
        (
            "All conclusions and/or recommendations contained in the present report reflect the position"
            " of the submitting States."
        ),
    ),
    ("heading", "III. Voluntary pledges and commitments"),
    ("main", "9", "Morocco pledged:"),
    ("plain", "(a) To translate the outcome;"),
    ("plain", "(b) To report after two years."),
    ("heading", "Annex"),
    ("heading", "Composition of the delegation"),
    ("plain", "1. The minister;"),
)

FRENCH = (
    ("front", "A/HRC/52/99"),
    ("front", "Distr. générale"),
    ("front", "6 janvier 2023"),
    ("front", "Français"),
    ("front", "Conseil des droits de l’homme"),
    ("front", "Examen périodique universel"),
    ("front", "Rapport du Groupe de travail sur l’Examen périodique universel*"),
    ("front", "Maroc"),
    ("heading", "Introduction"),
    (
        "main",
        "1",
        (
            "Le Groupe de travail a tenu sa quarante et unième session du 7 au 18 novembre 2022, saisi du"
            " rapport national (A/HRC/WG.6/41/MAR/1)."
        ),
    ),
    ("heading", "I. Résumé des débats au titre du processus d’examen"),
    ("main", "2", "La délégation a remercié les participants."),
    ("heading", "II. Conclusions et/ou recommandations"),
    (
        "main",
        "3",
        (
            "Les recommandations formulées au cours du dialogue et énumérées ci-après ont été examinées par"
            " le Maroc et recueillent son adhésion :"
        ),
    ),
    ("item", "3.1", "Construire des écoles à la montagne (Chili) (République de Corée) (Côte d’Ivoire) ;"),
    (
        "main",
        "4",
        (
            "Les recommandations ci-après seront examinées par le Maroc, qui y répondra en temps voulu, mais"
            " au plus tard à la cinquante-deuxième session du Conseil :"
        ),
    ),
    ("item", "4.1", "Planter des arbres le long des routes (Türkiye) ;"),
    ("item", "4.2", "Ouvrir des bibliothèques (Pays-Bas) ;"),
    ("main", "5", "Les recommandations ci-après n’ont pas recueilli l’adhésion du Maroc :"),
    ("item", "5.1", "Déplacer la capitale (Norvège) ;"),
    ("main", "6", "Les recommandations ci-après ont été notées par le Maroc :"),
    ("item", "6.1", "Peindre les ponts en bleu (Espagne)."),
    ("heading", "III. Engagements exprimés volontairement par l’État examiné"),
    ("main", "7", "Le Maroc s’est engagé à publier un rapport à mi-parcours."),
    ("heading", "Annexe"),
    ("heading", "Composition de la délégation"),
)

ARABIC = (
    ("front", "A/HRC/52/99"),
    ("front", "Distr.: General"),
    ("front", "6 January 2023"),
    ("front", "Arabic"),
    ("front", "مجلس حقوق الإنسان"),
    ("front", "الاستعراض الدوري الشامل"),
    ("front", "تقرير الفريق العامل المعني بالاستعراض الدوري الشامل*"),
    ("front", "المغرب"),
    ("heading", "مقدمة"),
    (
        "main",
        "1",
        (
            "عقد الفريق العامل دورته الحادية والأربعين من 7 إلى 18 تشرين الثاني/نوفمبر 2022، وعُرض عليه"
            " التقرير الوطني (A/HRC/WG.6/41/MAR/1)."
        ),
    ),
    ("heading", "أولاً- موجز مداولات عملية الاستعراض"),
    ("main", "2", "شكر الوفد جميع المشاركين."),
    ("heading", "ثانياً- الاستنتاجات و/أو التوصيات"),
    ("main", "3", "نظر المغرب في التوصيات التي قُدمت أثناء الحوار والمدرجة أدناه، وهي تحظى بتأييده:"),
    ("item", "3.1", "بناء المدارس في الجبال (شيلي) (جمهورية كوريا) (كوت ديفوار)؛"),
    (
        "main",
        "4",
        (
            "سينظر المغرب في التوصيات التالية وسيقدم ردوداً عليها في الوقت المناسب، في موعد أقصاه الدورة"
            " الثانية والخمسون لمجلس حقوق الإنسان:"
        ),
    ),
    ("item", "4.1", "غرس الأشجار على جوانب الطرق (النرويج)؛"),
    ("item", "4.2", "فتح المكتبات (هولندا)؛"),
    ("main", "5", "لم تحظ التوصيات التالية بتأييد المغرب:"),
    ("item", "5.1", "نقل العاصمة (إسبانيا)؛"),
    ("main", "6", "أحاط المغرب علماً بالتوصيات التالية:"),
    ("item", "6.1", "طلاء الجسور باللون الأزرق (الجزائر)."),
    ("heading", "ثالثاً- التعهدات والالتزامات الطوعية"),
    ("main", "7", "تعهد المغرب بنشر تقرير منتصف المدة."),
    ("heading", "المرفق"),
    ("heading", "تشكيلة الوفد"),
)
