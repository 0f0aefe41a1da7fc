"""Reference facts about UN mechanisms, treaties, States and vocabularies, as data files."""
