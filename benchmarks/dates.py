"""Time the dates layer, and compare it with dateparser on the same texts.

    python benchmarks/dates.py [ARTICLES.jsonl]

Prints the time for one article of 2,200 characters, split into the words and the layer, and how many times as fast
`netralitas_nlp.dates.find` is as `dateparser.search.search_dates(text, languages=["id"])`. Without a file it times
an article of its own.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from netralitas_nlp import dates
from netralitas_nlp._rules import builtin
from netralitas_nlp._text import make_view, split_words
from netralitas_nlp.layers import dates as layer

LEAD = (
    "SINTANG - Sekretaris Daerah Ratna Puspita meminta seluruh aparatur sipil negara menjaga netralitas menjelang "
    "pemungutan suara 27 November mendatang. Hal itu disampaikannya seusai apel di halaman kantor bupati, Senin "
    "(7/10/2024) pagi. Surat edaran Nomor 800/112/BKPSDM/2024 tanggal 23 September 2024 berlaku bagi 1.250 pegawai.\n\n"
)
BODY = (
    'Menurut Ratna, pegawai yang terlibat kampanye akan diperiksa oleh inspektorat bersama badan pengawas. "Kami tidak '
    'ingin ada pegawai yang datang ke posko salah satu pasangan calon, apalagi memakai mobil dinas," katanya. Ia juga '
    "meminta para camat dan lurah mengingatkan perangkat desa agar tidak membagikan ajakan memilih di media sosial, "
    "karena sanksinya sudah diatur dalam peraturan pemerintah tentang disiplin pegawai negeri sipil.\n\n"
)
LENGTH = 2200


def main() -> None:
    texts = _texts(Path(sys.argv[1])) if len(sys.argv) > 1 else [(LEAD + BODY * 5)[:LENGTH]]
    size = statistics.mean(map(len, texts))
    rules = layer.DateRules.load([builtin("dates.toml")])
    views = [make_view(text) for text in texts]
    words = [split_words(view) for view in views]

    def scan_all() -> None:
        for text, view, split in zip(texts, views, words, strict=True):
            layer.find(text, view, split, rules, None)

    def find_all() -> None:
        for text in texts:
            dates.find(text)

    per_layer = _best(scan_all, 20) / len(texts)
    ours = _best(find_all, 20) / len(texts)
    print(f"{len(texts)} articles of {size:.0f} characters on average")
    print(f"layer alone    {per_layer * 1e6:10.0f} µs an article, {per_layer * 1e6 * LENGTH / size:.0f} for {LENGTH}")
    print(f"dates.find     {ours * 1e6:10.0f} µs an article")
    try:
        from dateparser.search import search_dates
    except ImportError:
        print("dateparser is not installed: no comparison")
        return
    sample = texts[:5]
    search_dates(sample[0][:100], languages=["id"])

    def search_all() -> None:
        for text in sample:
            search_dates(text, languages=["id"])

    theirs = _best(search_all, 1) / len(sample)

    def find_sample() -> None:
        for text in sample:
            dates.find(text)

    own = _best(find_sample, 20) / len(sample)
    print(f"search_dates   {theirs * 1e6:10.0f} µs an article")
    print(f"ratio          {theirs / own:10.0f}")


def _texts(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines if line.strip()]


def _best(run: Callable[[], None], rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        begin = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - begin)
    return best


if __name__ == "__main__":
    main()
