"""What goes wrong with data or models, in words for the person who gave them."""


class LearnError(Exception):
    """The data cannot be learnt from, or a model cannot be used. The message says why, in English."""
