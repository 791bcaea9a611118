"""Build the region tables of the library from the tables beside the checkout.

    python evaluation/build_regions.py ../shared

`regions.tsv`: provinces, regencies and cities with their capitals; `districts.tsv`: districts; `aliases.tsv`: other
spellings, abbreviations and former names. The codes and names are those of Kepmendagri 300.2.2-2138 of 2025.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src/netralitas_nlp/data/regions"

LEVELS = {"provinsi": "province", "kabupaten": "regency", "kota": "city"}
LEVEL_WORDS = re.compile(r"^(?:Kabupaten|Kota)(?: Administrasi)? ")
#: First halves of names that are written as one word or as two ("Gunungkidul", "Gunung Kidul").
HALVES = (
    "Bukit", "Banjar", "Gunung", "Labuhan", "Lubuk", "Padang", "Palangka", "Pangkal", "Pekan", "Pematang", "Paya",
    "Pulau", "Sawah", "Sungai", "Tanjung", "Tasik", "Tebing", "Prabu", "Kota", "Subulus", "Lhok", "Singka", "Bojo",
    "Banyu", "Purba", "Tulung", "Temang", "Kulon", "Batang", "Dharmas", "Mojo", "Probo", "Situ", "Bondo", "Balik",
)  # fmt: skip
#: Names that are also a common word or a personal name: bare, they count only after a preposition, an office, a body or
#: a level word (02_region_false_friends.tsv and reading).
COMMON = frozenset(
    """
    Batu|Batang|Landak|Metro|Kudus|Palas|Lingga|Sula|Belu|Babar|Buru|Banjar|Bima|Muna|Agam|Aru|Boven|Mabar
    Toba|Tasik|Kaur|Tebo|Asmat|Sigi|Dairi|Mappi|Kobar|Bateng|Buteng|Barut|Balut|Touna|Tuba
    """.replace("\n", "|").replace(" ", "").split("|")
)
#: Names and abbreviations whose other reading is the usual one: a preposition is not enough.
STRICT = frozenset(
    """
    Batu Bara|Batubara|Pati|Karo|Puncak|Benteng|Mitra|Tala|Madina|Pasir|Papar|Basel|Sarai|Loteng|Balam|Matra|Pasel
    Atam|Asel|Atim|Galus|Kota Baru|Psp|Mura|KTT|OKI|OI|BS|BU|RL|PALI|R4|SBT|SBB|MBD|HSS|HST|HSU
    TTS|TTU|KLU|KSB|PPU|KKU|KKR|KKA|KKT|MTB|SBD|KBB|NAD|DKJ|PBD|OKUT|OKUS
    """.replace("\n", "|").replace(" " * 4, "").split("|")
)
#: One-word aliases that abbreviate nothing.
OTHER_NAMES = frozenset(
    {"Barelang", "Jogja", "Jogjakarta", "Jogya", "Pakanbaru", "Padangsidempuan", "Pasir", "Sidempuan", "Solo", "Toraja"}
    | {"Yogya", "Yogyakarta"}
)
#: Abbreviations of the tables that always mean something else in the news: an honorific, a party, polling staff.
NEVER = frozenset({"KH", "PB", "PPP", "PPS", "PPT"})
#: Spellings that the tables do not have: alias and code.
MORE = (
    ("Balubur Limbangan", "32.05.38"), ("Bangka-Belitung", "19"), ("Barelang", "21.71"), ("DI Jogja", "34"),
    ("DI Jogjakarta", "34"), ("Daerah Khusus Ibu Kota Jakarta", "31"), ("Daerah Khusus Jakarta", "31"),
    ("Jogya", "34"), ("Jogya", "34.71"), ("Karang Asem", "51.07"), ("Kepulauan Sitaro", "71.09"),
    ("Kutai Kertanegara", "64.02"), ("Linggau", "16.73"), ("Muara Jambi", "15.05"), ("Pakan Baru", "14.71"),
    ("Pakanbaru", "14.71"), ("Paya Kumbuh", "13.76"), ("Sidempuan", "12.77"), ("Sidimpuan", "12.77"),
    ("Tanah Karo", "12.06"), ("Toraja", "73.18"), ("Toraja", "73.26"), ("Yogyakarta", "34"),
)  # fmt: skip
#: What holds the name of a region and is none.
NONE = (
    "Aceh Merdeka", "Jakarta Raya", "Jawa Pos", "Jogja Raya", "Lebak Bulus", "Malang Raya", "Metro Jaya", "Metro TV",
    "Mitra Kukar", "Papua New Guinea", "Papua Nugini", "Sabang Merauke", "Sabang hingga Merauke",
    "Sabang sampai Merauke", "Semarang Raya", "Surabaya Raya",
)  # fmt: skip


def form_of(alias: str, code: str, name: str, capitals: Collection[str]) -> str:
    """Tell what an alias is to the short name of its region."""
    if code == "-":
        return "none"
    if key(alias) in key(name) or alias in OTHER_NAMES:
        return "alias"
    if alias in capitals:
        return "capital"
    return "alias" if " " in alias and not alias.startswith("Kep.") else "abbreviation"


def weakness(name: str) -> str:
    """Tell how much a bare name needs before it counts."""
    return "strict" if name in STRICT else "common" if name in COMMON else ""


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a tab-separated table."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def key(name: str) -> str:
    """Return a name without its blanks, marks and case."""
    return re.sub(r"[\W_]+", "", name.lower())


def halved(name: str) -> Iterator[str]:
    """Yield a name with its first word written as two."""
    first, *rest = name.split()
    for half in HALVES:
        if first.startswith(half) and len(first) > len(half) + 2:
            yield " ".join([half, first[len(half) :].capitalize(), *rest])


def write(name: str, head: Sequence[str], table: Iterable[Sequence[str]]) -> None:
    """Write a table."""
    text = "".join("\t".join(row) + "\n" for row in [head, *table])
    (OUT / name).write_text(text, encoding="utf-8")


def main() -> None:
    """Write the three tables."""
    shared = Path(sys.argv[1])
    spec = list(rows(shared / "spec/tables/02_regions.tsv"))
    capital = {row["code"]: row["capital"] for row in spec}
    with (shared / "data/regions/regions.csv").open(encoding="utf-8", newline="") as lines:
        units = list(csv.DictReader(lines))
    regions = [
        (u["code"], LEVELS[u["level"]], u["name"], short, capital[u["code"]], weakness(short))
        for u in units
        if u["level"] in LEVELS
        for short in [LEVEL_WORDS.sub("", u["name"])]
    ]
    OUT.mkdir(parents=True, exist_ok=True)
    write("regions.tsv", ("code", "level", "name", "short", "capital", "weak"), regions)
    write("districts.tsv", ("code", "name"), [(u["code"], u["name"]) for u in units if u["level"] == "kecamatan"])

    capitals = {row["capital"] for row in spec}
    codes = {row["key"]: row["code"] for row in spec}
    found = {(alias, row["code"]) for row in spec for alias in row["aliases"].split("|") if alias}
    for row in rows(shared / "spec/tables/02_region_abbreviations.tsv"):
        if row["abbr"] not in capitals or row["target_key"] in codes:
            found.add((row["abbr"], codes.get(row["target_key"], "-")))
    found |= {(alias, code) for code, _, _, short, *_ in regions for alias in halved(short)}
    found |= {*MORE, *((name, "-") for name in NONE)}
    short_of = {code: short for code, _, _, short, *_ in regions}
    table = []
    for alias, code in sorted(found, key=lambda pair: (pair[1], pair[0])):
        if alias not in NEVER and (key(alias) != key(short_of.get(code, "")) or " " in alias):
            form = form_of(alias, code, short_of.get(code, ""), capitals)
            table.append((alias, code, form, "strict" if form == "capital" else weakness(alias)))
    write("aliases.tsv", ("alias", "code", "form", "weak"), table)


if __name__ == "__main__":
    main()
