"""Trains the recogniser's layer of words on tags first: proper nouns of news, parts of speech of treebanks.

A tagger of proper nouns learns from ten times as many words what a name looks
like and where it may stand; the recogniser starts from what it learnt.
"""

import gzip
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.pipeline.tok2vec import Tok2Vec
from spacy.tokens import Doc
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from thinc.api import Adam, fix_random_seed

TREEBANKS = ("id_gsd/id_gsd-ud-train.v2.0.conllu", "id_csui/id_csui-ud-train.conllu")
_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "upstream": "tok2vec"}
_RATE = 0.0015
# Words before the full rate.
_WARM_UP = 40_000


def _news(data: Path, nlp: Language) -> Iterator[Doc]:
    """Yield the sentences of the part-of-speech corpus with its tags."""
    with gzip.open(data / "pos/kumparan_nlp_id/dataset_postag.base.tsv.gz", "rt", encoding="utf-8") as stream:
        for block in stream.read().strip().split("\n\n"):
            rows = [line.split("\t") for line in block.split("\n") if "\t" in line]
            yield Doc(nlp.vocab, words=[row[0] for row in rows], tags=[row[1] for row in rows])


def _trees(path: Path, nlp: Language) -> Iterator[Doc]:
    """Yield the sentences of a treebank with parts of speech."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line[:1].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        yield Doc(nlp.vocab, words=[row[1] for row in rows], pos=[row[3] for row in rows])


def tagged(data: Path, nlp: Language) -> list[Example]:
    """Read everything that is tagged.

    Parameters
    ----------
    data
        The data folder.
    nlp
        Holds the vocabulary.

    Returns
    -------
    list of Example
        News with tags, treebanks with parts of speech.
    """
    docs = [*_news(data, nlp)]
    for name in TREEBANKS:
        docs.extend(_trees(data / "ud" / name, nlp))
    return [Example(Doc(nlp.vocab, words=[token.text for token in doc]), doc) for doc in docs if len(doc)]


def pretrain(nlp: Language, model: dict[str, Any], data: Path, *, seed: int, epochs: int = 4) -> bytes:
    """Train taggers over one layer of words.

    Parameters
    ----------
    nlp
        An empty pipeline, which gets the taggers.
    model
        The config of the layer.
    data
        The data folder.
    seed
        Where chance starts.
    epochs
        How often everything is read.

    Returns
    -------
    bytes
        The weights of the layer.
    """
    fix_random_seed(seed)
    listener = {**_LISTENER, "width": model["encode"]["width"]}
    head = {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": listener}
    layer = cast(Tok2Vec, nlp.add_pipe("tok2vec", config={"model": model}))
    nlp.add_pipe("tagger", config={"model": head, "label_smoothing": 0.05})
    nlp.add_pipe("morphologizer", config={"model": head})
    examples = tagged(data, nlp)
    nlp.initialize(lambda: examples)
    optimizer = Adam(_RATE, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    chance = random.Random(seed)
    total = sum(len(example.reference) for example in examples) * epochs
    seen = 0
    for _ in range(epochs):
        chance.shuffle(examples)
        for batch in minibatch_by_words(examples, size=800):
            seen += sum(len(example.reference) for example in batch)
            optimizer.learn_rate = _RATE * min(1.0, seen / _WARM_UP) * max(0.05, 1.0 - seen / total)
            nlp.update(batch, sgd=optimizer, drop=0.2)
    with nlp.use_params(optimizer.averages):
        return layer.model.to_bytes()


def start(nlp: Language, ner: dict[str, Any], examples: list[Example], weights: bytes, out: Path) -> None:
    """Write an untrained recogniser over a trained layer of words.

    Parameters
    ----------
    nlp
        An empty pipeline, which gets the recogniser.
    ner
        The recogniser's config.
    examples
        Hold all its labels.
    weights
        Of the layer.
    out
        The folder to write.
    """
    settings = {key: value for key, value in ner.items() if key != "factory"}
    recogniser = cast(EntityRecognizer, nlp.add_pipe("ner", config=settings))
    nlp.initialize(lambda: examples)
    # The parser's own layer is the words' one with a projection behind it.
    recogniser.model.get_ref("tok2vec").layers[0].from_bytes(weights)
    nlp.to_disk(out)
