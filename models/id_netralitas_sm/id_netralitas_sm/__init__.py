"""A spaCy pipeline for Indonesian news; see the model card in README.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import get_model_meta, load_model_from_init_py

__version__: str = get_model_meta(Path(__file__).parent)["version"]


def load(**overrides: Any) -> Language:
    """Load the pipeline.

    Parameters
    ----------
    **overrides
        What `spacy.load` takes: ``exclude``, ``disable``, ``enable``, ``vocab``, ``config``.
    """
    return load_model_from_init_py(__file__, **overrides)
