"""Keep a model as arrays (NumPy's own format, never a pickle) and JSON, and read it back with suspicion."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from tawsiya.core.learn.calibration import Calibration
from tawsiya.core.learn.errors import LearnError
from tawsiya.core.learn.features import BLOCKS, Block, Vectoriser
from tawsiya.core.learn.model import Model

FORMAT = 1
ABOUT, ARRAYS = "model.json", "arrays.npz"
_LARGEST = 2_000_000_000


def dump(model: Model) -> tuple[dict[str, Any], bytes]:
    """Return a model as JSON values and the bytes of its arrays. Weights are kept to three digits."""
    arrays: dict[str, Any] = {
        "weights": model.weights.astype(np.float16),
        "bias": model.bias,
        "slopes": model.calibration.slopes,
        "offsets": model.calibration.offsets,
        "cuts": model.cuts,
    }
    for block in model.vectoriser.blocks:
        names = "\n".join(block.vocabulary).encode()
        arrays[f"{block.name}_names"] = np.frombuffer(names, np.uint8)
        arrays[f"{block.name}_idf"] = block.idf
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    data = file.getvalue()
    about = {
        "format": FORMAT,
        "labels": list(model.labels),
        "single": model.single,
        "threshold": model.threshold,
        "precision": model.precision,
        "blocks": [block.name for block in model.vectoriser.blocks],
        "figures": model.figures,
        "fingerprint": model.fingerprint,
        "arrays_sha256": hashlib.sha256(data).hexdigest(),
    }
    return about, data


def load(about: Any, data: bytes) -> Model:
    """Return the model that `dump` wrote.

    Raises:
        LearnError: the JSON is of another format, the arrays are not those it was written with, hold pickled
            objects, or do not fit each other.
    """
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise LearnError("This is no model of Tawsiya, or one of another version: fit it again.")
    if hashlib.sha256(data).hexdigest() != about.get("arrays_sha256"):
        raise LearnError("The model is damaged: its arrays are not those it was written with.")
    try:
        return _read(about, data)
    except (KeyError, TypeError, ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise LearnError(f"The model is damaged: {error}.") from error


def _read(about: dict[str, Any], data: bytes) -> Model:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > _LARGEST:
            raise LearnError("The model is damaged: its arrays are larger than any model is.")
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        blocks = []
        for name in about["blocks"]:
            if name not in BLOCKS:
                raise ValueError(f"unknown features {name!r}")
            names = arrays[f"{name}_names"].tobytes().decode()
            words = names.split("\n") if names else []
            idf = arrays[f"{name}_idf"]
            if len(idf) != len(words) or len(set(words)) != len(words):
                raise ValueError("features and their weights differ in number")
            blocks.append(Block(name, {word: place for place, word in enumerate(words)}, idf))
        vectoriser = Vectoriser(blocks)
        model = Model(
            labels=tuple(map(str, about["labels"])),
            single=bool(about["single"]),
            vectoriser=vectoriser,
            weights=arrays["weights"].astype(np.float32),
            bias=arrays["bias"],
            calibration=Calibration(arrays["slopes"], arrays["offsets"], bool(about["single"])),
            threshold=float(about["threshold"]),
            cuts=arrays["cuts"],
            precision=float(about["precision"]),
            figures=dict(about["figures"]),
            fingerprint=str(about["fingerprint"]),
        )
    size = len(model.labels)
    slopes = (size, size) if model.single else (size,)
    fits = (
        (model.weights, (vectoriser.width, size)),
        (model.calibration.slopes, slopes),
        (model.calibration.offsets, (size,)),
        (model.bias, (size,)),
        (model.cuts, (2, size)),
    )
    if any(array.shape != shape for array, shape in fits):
        raise ValueError("the arrays do not fit each other")
    if not all(np.isfinite(array).all() for array, _shape in fits):
        raise ValueError("some weights are no numbers")
    return model


def write_folder(model: Model, folder: Path) -> None:
    """Write a model into a folder, made where it is missing; an older model there is replaced.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    about, data = dump(model)
    (folder / ARRAYS).write_bytes(data)
    (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_folder(folder: Path) -> Model:
    """Return the model in a folder.

    Raises:
        LearnError: there is none, or it is damaged.
    """
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        data = (folder / ARRAYS).read_bytes()
    except FileNotFoundError as error:
        raise LearnError(
            f"There is no model in {folder}: {Path(str(error.filename)).name} is missing."
        ) from error
    except (OSError, ValueError) as error:
        raise LearnError(f"The model in {folder} cannot be read: {error}.") from error
    return load(about, data)
