"""Concluding observations and a visit report about a fictional State, in the form of the real ones.

Blocks: ("front", line), ("heading", text), ("main", number, text), ("item", path, text), ("plain", text)
for a paragraph without number. Every sentence is written for these tests.
"""

ENGLISH = (
    ("front", "CAT/C/XTM/CO/2"),
    ("front", "Distr.: General"),
    ("front", "12 June 2023"),
    ("front", "Committee against Torture"),
    ("front", "Concluding observations on the second periodic report of Tamourt*"),
    ("main", "1", ("The Committee considered the second periodic report of Tamourt (CAT/C/XTM/2) at its 2001st"
     " meeting, held on 2 May 2023, and adopted the present concluding observations at its 2015th meeting,"
     " held on 11 May 2023.")),
    ("heading", "A. Introduction"),
    ("main", "2", "The Committee thanks the State party for its report and for the answers of its delegation."),
    ("heading", "B. Positive aspects"),
    ("main", "3", "The Committee welcomes the fact that the State party has:"),
    ("item", "a", "Adopted a law on legal aid;"),
    ("item", "b", "Opened two shelters. It encourages the State party to open others."),
    ("heading", "C. Principal subjects of concern and recommendations"),
    ("heading", "Fundamental legal safeguards"),
    ("main", "4", "While noting the training of judges, the Committee is concerned that:"),
    ("item", "a", "Detainees wait for days before they see a lawyer, which should not happen;"),
    ("item", "b", "Registers are kept on loose sheets, in particular:"),
    ("item", "b.i", "In the northern stations;"),
    ("item", "b.ii", "In the port (arts. 2 and 11)."),
    ("plain", "The State party should:"),
    ("item", "a", "Let every detainee see a lawyer from the first hour;"),
    ("item", "b", "Keep registers that cannot be altered."),
    ("plain", "The Committee also draws attention to paragraph 3 above."),
    ("heading", "Prisons"),
    ("main", "5", ("The Committee regrets that 2030 places are still missing. The State party should build no"
     " prison without light (art. 11).")),
    ("main", "6", ("The Committee notes the reform of 2019. It regrets its slow pace (see CAT/C/XTM/CO/1, para."
     " 9).")),
    ("main", "7", ("The Committee, recalling its previous concluding observations, urges the State party to"
     " close the old fort.")),
    ("heading", "Follow-up procedure"),
    ("main", "8", ("The Committee requests the State party to provide, by 11 May 2024, information on follow-up"
     " to its recommendations on registers (see para. 4 (b) above) and on the old fort (para. 7).")),
    ("heading", "Other issues"),
    ("main", "9", "The State party is requested to disseminate widely the present concluding observations."),
    ("main", "10", ("The Committee invites the State party to submit its third periodic report by"
     " 11 May 2027.")),
)  # fmt: skip
ENGLISH_RECORDS = [
    # kind, paragraph, part, ordinal, follow-up
    ("other", "1", None, 1, None),
    ("other", "2", None, 1, None),
    ("other", "3", None, 1, None),
    ("other", "3", "a", 1, None),
    ("recommendation", "3", "b", 1, None),
    ("concern", "4", None, 1, None),
    ("concern", "4", "a", 1, None),
    ("concern", "4", "b", 1, "2024-05-11"),
    ("concern", "4", "b.i", 1, "2024-05-11"),
    ("concern", "4", "b.ii", 1, "2024-05-11"),
    ("recommendation", "4", None, 2, None),
    ("recommendation", "4", "a", 2, None),
    ("recommendation", "4", "b", 2, "2024-05-11"),
    ("recommendation", "4", None, 3, None),
    ("recommendation", "5", None, 1, None),
    ("concern", "6", None, 1, None),
    ("recommendation", "7", None, 1, "2024-05-11"),
    ("recommendation", "8", None, 1, None),
    ("recommendation", "9", None, 1, None),
    ("recommendation", "10", None, 1, None),
]
ENGLISH_DEADLINES = [
    ("follow_up", "2024-05-11", None, "8", ("4 (b)", "7")),
    ("report", "2027-05-11", None, "10", ()),
]

FRENCH = (
    ("front", "CEDAW/C/XTM/CO/4"),
    ("front", "Distr. générale"),
    ("front", "6 mars 2022"),
    ("front", "Comité pour l’élimination de la discrimination à l’égard des femmes"),
    ("front", "Observations finales concernant le quatrième rapport périodique de Tamourt*"),
    ("main", "1", ("Le Comité a examiné le quatrième rapport périodique de Tamourt à ses 1801e et 1802e séances,"
     " le 15 février 2022.")),
    ("heading", "A. Introduction"),
    ("main", "2", "Le Comité accueille avec satisfaction le rapport et remercie l’État partie."),
    ("heading", "B. Aspects positifs"),
    ("main", "3", "Le Comité salue l’adoption :"),
    ("item", "a", "De la loi relative aux crèches ;"),
    ("item", "b", "Du plan pour l’eau des villages."),
    ("heading", "C. Principaux sujets de préoccupation et recommandations"),
    ("heading", "Accès à la justice"),
    ("main", "4", ("Le Comité note que les tribunaux sont éloignés, comme il l’avait relevé, et constate avec"
     " préoccupation :")),
    ("item", "a", "Que les frais restent élevés ;"),
    ("item", "b", "Que la demande d’aide se fait dans une seule langue."),
    ("main", "5", "Rappelant sa recommandation générale no 33 (2015), le Comité recommande à l’État partie :"),
    ("item", "a", "De supprimer les frais ;"),
    ("item", "b", "D’ouvrir des guichets :"),
    ("item", "b.i", "Dans les villages ;"),
    ("item", "b.ii", "Sur les marchés."),
    ("heading", "Éducation"),
    ("main", "6", "L’absence de cars scolaires inquiète le Comité. L’État partie devrait en financer."),
    ("main", "7", "L’État partie est invité à réviser les manuels."),
    ("heading", "Suite donnée aux observations finales"),
    ("main", "8", ("Le Comité prie l’État partie de lui soumettre, dans un délai de deux ans, des informations"
     " écrites sur les mesures prises pour appliquer les recommandations énoncées aux paragraphes 5 a) et 7"
     " ci-dessus.")),
    ("heading", "Établissement du prochain rapport"),
    ("main", "9", ("Le Comité prie l’État partie de soumettre son cinquième rapport périodique en février"
     " 2026.")),
)  # fmt: skip
FRENCH_RECORDS = [
    ("other", "1", None, 1, None),
    ("other", "2", None, 1, None),
    ("other", "3", None, 1, None),
    ("other", "3", "a", 1, None),
    ("other", "3", "b", 1, None),
    ("concern", "4", None, 1, None),
    ("concern", "4", "a", 1, None),
    ("concern", "4", "b", 1, None),
    ("recommendation", "5", None, 1, None),
    ("recommendation", "5", "a", 1, "2024-02-25"),
    ("recommendation", "5", "b", 1, None),
    ("recommendation", "5", "b.i", 1, None),
    ("recommendation", "5", "b.ii", 1, None),
    ("recommendation", "6", None, 1, None),
    ("recommendation", "7", None, 1, "2024-02-25"),
    ("recommendation", "8", None, 1, None),
    ("recommendation", "9", None, 1, None),
]
FRENCH_NOTE = "Adoptées par le Comité à sa quatre-vingt-unième session (7-25 février 2022)."
FRENCH_DEADLINES = [
    ("follow_up", "2024-02-25", 24, "8", ("5 (a)", "7")),
    ("report", "2026-02-28", None, "9", ()),
]

ARABIC = (
    ("front", "CCPR/C/XTM/CO/3"),
    ("front", "27 تشرين الثاني/نوفمبر 2024"),
    ("front", "اللجنة المعنية بحقوق الإنسان"),
    ("front", "الملاحظات الختامية بشأن التقرير الدوري الثالث لتامورت"),
    ("main", "1", ("نظرت اللجنة في التقرير الدوري الثالث لتامورت في جلستيها المعقودتين في 14 و15 تشرين"
     " الأول/أكتوبر 2024. واعتمدت هذه الملاحظات الختامية في جلستها المعقودة في 4 تشرين الثاني/نوفمبر 2024.")),
    ("heading", "ألف- مقدمة"),
    ("main", "2", "تعرب اللجنة عن تقديرها للوفد وترحب بردوده."),
    ("heading", "باء- الجوانب الإيجابية"),
    ("main", "3", "ترحب اللجنة بالتدابير الآتية:"),
    ("item", "a", "قانون السجل المدني؛"),
    ("item", "b", "خطة المياه."),
    ("heading", "جيم- المسائل الرئيسية المثيرة للقلق والتوصيات"),
    ("heading", "المساواة"),
    ("main", "4", "تلاحظ اللجنة أن القانون قديم. وتشعر بالقلق إزاء ما يلي:"),
    ("item", "a", "بعد المدارس عن القرى؛"),
    ("item", "b", "قلة المعلمات."),
    ("main", "5", "ينبغي للدولة الطرف أن تقوم بما يلي:"),
    ("item", "a", "بناء المدارس؛"),
    ("item", "b", "تعيين معلمات في الأماكن الآتية:"),
    ("item", "b.i", "القرى الجبلية؛"),
    ("item", "b.ii", "الجزر."),
    ("heading", "حرية التعبير"),
    ("main", "6", "تأسف اللجنة لإغلاق صحيفتين. وتوصي الدولة الطرف بالسماح بصدورهما."),
    ("main", "7", "وتحث اللجنة الدولة الطرف على مراجعة قانون الطباعة."),
    ("heading", "دال- النشر والمتابعة"),
    ("main", "8", ("وفقا للفقرة 1 من المادة 75 من النظام الداخلي، يطلب إلى الدولة الطرف أن تقدم، في غضون سنة"
     " واحدة من اعتماد هذه الملاحظات، معلومات عن تنفيذ التوصيات الواردة في الفقرتين 5(أ) و7 أعلاه.")),
    ("main", "9", ("تطلب اللجنة إلى الدولة الطرف أن تقدم تقريرها الدوري الرابع في موعد أقصاه 4 تشرين"
     " الثاني/نوفمبر 2030.")),
)  # fmt: skip
ARABIC_RECORDS = [
    ("other", "1", None, 1, None),
    ("other", "2", None, 1, None),
    ("other", "3", None, 1, None),
    ("other", "3", "a", 1, None),
    ("other", "3", "b", 1, None),
    ("concern", "4", None, 1, None),
    ("concern", "4", "a", 1, None),
    ("concern", "4", "b", 1, None),
    ("recommendation", "5", None, 1, None),
    ("recommendation", "5", "a", 1, "2025-11-04"),
    ("recommendation", "5", "b", 1, None),
    ("recommendation", "5", "b.i", 1, None),
    ("recommendation", "5", "b.ii", 1, None),
    ("recommendation", "6", None, 1, None),
    ("recommendation", "7", None, 1, "2025-11-04"),
    ("recommendation", "8", None, 1, None),
    ("recommendation", "9", None, 1, None),
]
ARABIC_DEADLINES = [
    ("follow_up", "2025-11-04", 12, "8", ("5 (a)", "7")),
    ("report", "2030-11-04", None, "9", ()),
]
