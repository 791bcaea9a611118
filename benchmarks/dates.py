"""Time `netralitas_nlp.dates.find` against dateparser on the same articles.

python benchmarks/dates.py
"""

from __future__ import annotations

import statistics

from dateparser.search import search_dates
from timing import Row, alternate, articles, ratio

from netralitas_nlp import dates

COUNT = 60
#: How often our side reads the texts in a round: it is too quick to be timed once.
REPEATS = 5


def measure() -> list[Row]:
    texts = articles(COUNT)
    size = sum(map(len, texts))

    def ours() -> None:
        for _ in range(REPEATS):
            for text in texts:
                dates.find(text)

    def theirs() -> None:
        for text in texts:
            search_dates(text, languages=["id"])

    own, parser = alternate([ours, theirs], 3)
    own = [took / REPEATS for took in own]
    return [
        ("articles, characters on average", f"{len(texts)}, {size / len(texts):.0f}"),
        ("characters a second, dates.find", f"{size / statistics.median(own) / 1e6:.2f} million"),
        ("characters a second, dateparser's search_dates", f"{size / statistics.median(parser):.0f}"),
        ("dateparser's time / ours, per round", ratio(parser, own)),
    ]


def main() -> None:
    for name, value in measure():
        print(f"{name:<50} {value}")


if __name__ == "__main__":
    main()
