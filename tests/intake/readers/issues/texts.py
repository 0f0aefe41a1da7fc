"""Lists of issues about a fictional State, in the form of the real ones; every sentence is written for these
tests. Blocks as in `tests.intake.readers.observations.texts`.
"""

ENGLISH = (
    ("front", "CCPR/C/XTM/Q/3"),
    ("front", "Distr.: General"),
    ("front", "14 August 2030"),
    ("front", "Human Rights Committee"),
    ("front", "List of issues in relation to the third periodic report of Tamourt*"),
    ("heading", "Constitutional and legal framework (art. 2)"),
    ("main", "1", ("Please say which courts have applied the Covenant since 2026, and describe the training of"
     " judges (see CCPR/C/XTM/CO/2, para. 7).")),
    ("heading", "Right to life (art. 6)"),
    ("main", "2", "Regarding the old quarry, please provide information on:"),
    ("item", "a", "The inquiry of 2029 and its findings;"),
    ("item", "b", "Compensation, disaggregated by:"),
    ("item", "b.i", "Sex;"),
    ("item", "b.ii", "District."),
    ("plain", "Please comment on reports that the site was reopened."),
    ("main", "3", ("Please explain the delay in closing the fort. In doing so, address the following:")),
    ("item", "a", "The number of persons held there;"),
    ("item", "b", "Visits of the mechanism."),
    ("heading", "Dissemination"),
    ("main", "4", "Please indicate the steps taken to make the report known."),
)  # fmt: skip
# A heading without a letter above paragraph 1 cannot be told from the lines of the front page.
ENGLISH_QUESTIONS = [
    ("1", ("Please say which courts have applied the Covenant since 2026, and describe the training of judges"
     " (see CCPR/C/XTM/CO/2, para. 7)."), ""),
    ("2 (a)", ("Regarding the old quarry, please provide information on: The inquiry of 2029 and its"
     " findings;"), "Right to life (art. 6)"),
    ("2 (b) (i)", ("Regarding the old quarry, please provide information on: Compensation, disaggregated by:"
     " Sex;"), "Right to life (art. 6)"),
    ("2 (b) (ii)", ("Regarding the old quarry, please provide information on: Compensation, disaggregated by:"
     " District."), "Right to life (art. 6)"),
    ("2", "Please comment on reports that the site was reopened.", "Right to life (art. 6)"),
    ("3 (a)", ("Please explain the delay in closing the fort. In doing so, address the following: The number"
     " of persons held there;"), "Right to life (art. 6)"),
    ("3 (b)", ("Please explain the delay in closing the fort. In doing so, address the following: Visits of"
     " the mechanism."), "Right to life (art. 6)"),
    ("4", "Please indicate the steps taken to make the report known.", "Dissemination"),
]  # fmt: skip

FRENCH = (
    ("front", "CEDAW/C/XTM/QPR/5"),
    ("front", "Distr. générale"),
    ("front", "3 mars 2031"),
    ("front", "Comité pour l’élimination de la discrimination à l’égard des femmes"),
    ("front", "Liste de points et de questions établie avant la soumission du cinquième rapport de Tamourt"),
    ("heading", "Accès à la justice"),
    ("main", "1", "Donner des renseignements sur l’aide juridictionnelle, en précisant :"),
    ("item", "a", "Le nombre de bénéficiaires ;"),
    ("item", "b", "Le budget de 2030."),
    ("heading", "Éducation"),
    ("main", "2", "Indiquer combien de filles ont quitté l’école en 2030."),
)
FRENCH_QUESTIONS = [
    ("1 (a)", ("Donner des renseignements sur l’aide juridictionnelle, en précisant : Le nombre de"
     " bénéficiaires ;")),
    ("1 (b)", "Donner des renseignements sur l’aide juridictionnelle, en précisant : Le budget de 2030."),
    ("2", "Indiquer combien de filles ont quitté l’école en 2030."),
]  # fmt: skip

ARABIC = (
    ("front", "CRPD/C/XTM/Q/1"),
    ("front", "Distr.: General"),
    ("front", "٣ آذار/مارس ٢٠٣١"),
    ("front", "اللجنة المعنية بحقوق الأشخاص ذوي الإعاقة"),
    ("front", "قائمة المسائل المتعلقة بالتقرير الأولي لتامورت"),
    ("heading", "التعليم"),
    ("main", "1", "يرجى تقديم معلومات عما يلي:"),
    ("item", "a", "عدد المدارس التي هُيئت مداخلها؛"),
    ("item", "b", "تدريب المعلمين."),
    ("main", "2", "يرجى بيان ميزانية عام 2030."),
)
ARABIC_QUESTIONS = [
    ("1 (a)", "يرجى تقديم معلومات عما يلي: عدد المدارس التي هُيئت مداخلها؛"),
    ("1 (b)", "يرجى تقديم معلومات عما يلي: تدريب المعلمين."),
    ("2", "يرجى بيان ميزانية عام 2030."),
]
