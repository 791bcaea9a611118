"""Build the region tables of the library from the tables beside the checkout.

    python evaluation/build_regions.py ../shared

`regions.tsv`: provinces, regencies and cities with their capitals; `districts.tsv`: districts; `aliases.tsv`: other
spellings, abbreviations and former names. The codes and names are those of Kepmendagri 300.2.2-2138 of 2025.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src/netralitas_nlp/data/regions"

LEVELS = {"provinsi": "province", "kabupaten": "regency", "kota": "city"}
LEVEL_WORDS = re.compile(r"^(?:Kabupaten|Kota)(?: Administrasi)? ")
#: First halves of names that are written as one word or as two ("Gunungkidul", "Gunung Kidul").
HALVES = (
    "Bukit", "Banjar", "Gunung", "Labuhan", "Lubuk", "Padang", "Palangka", "Pangkal", "Pekan", "Pematang", "Payakum",
    "Pulau", "Sawah", "Sungai", "Tanjung", "Tasik", "Tebing", "Prabu", "Kota", "Subulus", "Lhok", "Singka", "Bojo",
    "Banyu", "Purba", "Tulung", "Temang", "Kulon", "Batang", "Dharmas", "Mojo", "Probo", "Situ", "Bondo", "Balik",
)  # fmt: skip
#: Names and abbreviations that are also a common word, a personal name or another abbreviation: they count only after
#: an office, a body or a level word (02_region_false_friends.tsv and reading).
WEAK = frozenset(
    "Batu Metro Pati Kudus Batang Landak Puncak Benteng Mitra Tala Madina Palas Lingga Sula Belu KH KTT OKI OI Mura BS BU"
    " RL PB PPS PPT PPP PALI Psp Pasir Papar Basel Babar Sarai R4 Loteng Balam Tuba Matra Buru Banjar Batubara Karo Bima"
    " Muna Agam SBT SBB MBD HSS HST HSU TTS TTU KLU KSB PPU KKU KKR KKA KKT MTB SBD KBB Aru Boven Mabar Toba Tasik DKI"
    " Kaur Tebo Asmat Pasel Tanjung Raya Salak Waris Mulia Kepi Palangka Atam Asel Atim Galus Barut Balut".split()
) | {"Batu Bara", "Kota Baru"}
#: Spellings that the tables do not have: alias and code.
MORE = (
    ("Daerah Khusus Jakarta", "31"), ("Jogya", "34.71"), ("Jogya", "34"), ("DI Aceh", "11"), ("DI Jogja", "34"),
    ("DI Jogjakarta", "34"), ("Jakarta Raya", "-"), ("Metro Jaya", "-"), ("Metro TV", "-"), ("Surabaya Raya", "-"),
    ("Malang Raya", "-"), ("Semarang Raya", "-"), ("Jogja Raya", "-"), ("Jawa Pos", "-"), ("Pakan Baru", "14.71"),
)  # fmt: skip


def spelling(alias: str, name: str) -> str:
    """Tell an abbreviation from another spelling: it leaves out letters inside the words."""
    words = {key(word) for word in name.split()} | {key(name)}
    return "alias" if key(alias) in key(name) or {key(word) for word in alias.split()} & words else "abbreviation"


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a tab-separated table."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def key(name: str) -> str:
    """Return a name without its blanks, marks and case."""
    return re.sub(r"[\W_]+", "", name.lower())


def halved(name: str) -> Iterator[str]:
    """Yield a one-word name as two words."""
    for half in HALVES:
        if name.startswith(half) and len(name) > len(half) + 2 and name[len(half)].islower():
            yield f"{half} {name[len(half):].capitalize()}"


def write(name: str, head: tuple[str, ...], table: list[tuple[str, ...]]) -> None:
    text = "".join("\t".join(row) + "\n" for row in [head, *table])
    (OUT / name).write_text(text, encoding="utf-8")


def main() -> None:
    shared = Path(sys.argv[1])
    spec = list(rows(shared / "spec/tables/02_regions.tsv"))
    capital = {row["code"]: row["capital"] for row in spec}
    with (shared / "data/regions/regions.csv").open(encoding="utf-8", newline="") as lines:
        units = list(csv.DictReader(lines))
    regions = [
        (u["code"], LEVELS[u["level"]], u["name"], short, capital[u["code"]], "yes" if short in WEAK else "")
        for u in units
        if u["level"] in LEVELS
        for short in [LEVEL_WORDS.sub("", u["name"])]
    ]
    write("regions.tsv", ("code", "level", "name", "short", "capital", "weak"), regions)
    write("districts.tsv", ("code", "name"), [(u["code"], u["name"]) for u in units if u["level"] == "kecamatan"])

    capitals = {row["capital"] for row in spec}
    codes = {row["key"]: row["code"] for row in spec}
    found = {(alias, row["code"]) for row in spec for alias in row["aliases"].split("|") if alias}
    for row in rows(shared / "spec/tables/02_region_abbreviations.tsv"):
        if row["abbr"] not in capitals or row["target_key"] in codes:
            found.add((row["abbr"], codes.get(row["target_key"], "-")))
    found |= {(alias, code) for code, _, _, short, *_ in regions for alias in halved(short)}
    found |= {(alias, code) for alias, code in MORE}
    short_of = {code: short for code, _, _, short, *_ in regions}
    table = []
    for alias, code in sorted(found, key=lambda pair: (pair[1], pair[0])):
        if key(alias) != key(short_of.get(code, "")) or " " in alias:
            form = "none" if code == "-" else "capital" if alias in capitals else spelling(alias, short_of[code])
            table.append((alias, code, form, "yes" if alias in WEAK else ""))
    write("aliases.tsv", ("alias", "code", "form", "weak"), table)


if __name__ == "__main__":
    main()
