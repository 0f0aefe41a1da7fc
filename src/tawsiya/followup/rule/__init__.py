"""The rule of assessment: its conditions, the tree they form, the facts they read, and what it proposes.

`tree` and `conditions` never ask the database: facts in, a derivation out. `facts` reads the database,
`proposals` joins the two. The rule itself is data (`followup.models.AssessmentRule`), never code.
"""
