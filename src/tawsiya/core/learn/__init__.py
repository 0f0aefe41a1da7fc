"""Learning labels from texts that people labelled: numpy, without Django (docs/classifier.md)."""

from tawsiya.core.learn.errors import LearnError
from tawsiya.core.learn.explain import Spoken, spoken_words
from tawsiya.core.learn.fitting import Settings, fit
from tawsiya.core.learn.model import Model, Prediction
from tawsiya.core.learn.neighbours import Neighbours
from tawsiya.core.learn.store import dump, load, read_folder, write_folder

__all__ = [
    "LearnError",
    "Model",
    "Neighbours",
    "Prediction",
    "Settings",
    "Spoken",
    "dump",
    "fit",
    "load",
    "read_folder",
    "spoken_words",
    "write_folder",
]
