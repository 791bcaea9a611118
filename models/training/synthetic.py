"""Makes training sentences: titles, degrees and furniture around made-up names; other names in known sentences.

The corpora know no acting heads of regions and few degrees, so the recogniser
takes "Pjs" or "S.STP" into names. The phrases are our own; names are recombined
from parts of persons in the corpora and from Faker's lists.
"""

import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from names_data import NAME_LABELS, Entity, Sentence, Span

_ACTING = (
    "Pjs", "Pjs.", "Pj", "Pj.", "Plt", "Plt.", "Plh", "Plh.", "PLT", "PJ", "Penjabat", "Penjabat (Pj)",
    "Pejabat Sementara", "Penjabat Sementara (Pjs)", "Pejabat Sementara (Pjs)", "Pelaksana Tugas (Plt)",
    "Pelaksana Harian (Plh)", "Pjs)", "Wakil", "Mantan", "Calon", "Bakal Calon", "", "", "", "",
)  # fmt: skip
_HEADS = ("Bupati", "Wali Kota", "Walikota", "Gubernur", "Sekda", "Sekretaris Daerah", "Wabup", "Wagub", "Camat")
_OFFICES = (
    "Kepala Dinas {field}", "Kadis {field}", "Kepala Bidang {field}", "Kabag {field}", "Kepala Badan {field}",
    "Sekretaris Dinas {field}", "Staf Ahli Bidang {field}", "Asisten {field}", "Plt. Kepala Dinas {field}",
    "Menteri {field}", "Wakil Menteri {field}", "Dirjen {field}",
)  # fmt: skip
_FIELDS = (
    "Kesehatan", "Pendidikan", "Perhubungan", "Sosial", "Pertanian", "Pariwisata", "Keuangan", "Perdagangan", "Humas",
    "Pemerintahan", "Kominfo", "Lingkungan Hidup", "Pekerjaan Umum", "Tenaga Kerja", "Dalam Negeri", "Agama",
)  # fmt: skip
_OTHERS = (
    "Ketua", "Ketua DPRD", "Wakil Ketua DPRD", "Ketua Umum", "Sekjen", "Kapolres", "Kapolda", "Kajari", "Dandim",
    "Kepala Desa", "Lurah", "Juru Bicara", "Komisioner", "Anggota", "Rektor", "Direktur", "Direktur Utama", "AKBP",
    "Kombes Pol", "Letkol Inf", "Brigjen TNI", "Jenderal", "Hakim", "Presiden", "Wakil Presiden", "Bapak", "Ibu", "Pak",
    "Prof. Dr.", "Dr.", "Ir.", "Drs.", "H.", "Hj.", "dr.", "Dra.", "Dr. Ir. H.",
)  # fmt: skip
_DEGREES = (
    "S.STP., M.Si.", "S.E.", "S.H., M.H.", "M.Pd.", "S.Sos., M.AP.", "S.T., M.T.", "SE, MM", "SH", "M.Si", "S.IP",
    "S.Ag., M.Pd.I.", "Ph.D.", "MBA", "S.Kom.", "Sp.PD", "MM",
)  # fmt: skip
_FRAMES = (
    "{title} {name} membuka acara itu.",
    "{title}, {name}, mengatakan hal itu di kantornya.",
    "Demikian disampaikan {title} {name} usai rapat.",
    "Acara itu dihadiri {title} {name} dan sejumlah pejabat.",
    "\"Kami akan menindaklanjutinya,\" kata {title} {name}.",
    "\"Silakan dicek,\" ujar {name}, {title}.",
    "{name} dilantik menjadi {title} kemarin.",
    "{title} {name}, {degree}, menerima penghargaan tersebut.",
    "{title} {name} {degree} menyampaikan sambutan.",
    "Sementara itu, {title} - {name} - belum berkomentar.",
    "{title} {name} (kiri) bersama warga.",
    "Baca Juga: {title} {name} Tinjau Lokasi",
    "Baca Juga {title} {name} Hadiri Peresmian",
    "{title} belum dapat dihubungi.",
    "Rapat itu dipimpin {title}.",
    "Ia menggantikan {title} sebelumnya, {name}.",
    "{title} {name} dan {title} {name} tidak hadir.",
    "Turut hadir {title} {name}, {title} {name}, serta {title} {name}.",
    "Penulis: {name}",
    "Editor : {name}",
    "(Foto: {name})",
    "Iklan {title} {name} menjawab pertanyaan itu.",
    "Baca Juga: Jalan Rusak, Warga Menunggu Perbaikan",
    "Baca juga: Cara Mendaftar Bantuan Secara Daring",
    "Simak Video: Detik Detik Banjir Datang",
    "Selesai sudah.{title} {name} pun pulang.",
)  # fmt: skip
_ODD = re.compile(r"[\"?*/]|\d{3}")
_PART = re.compile(r"[A-Z][a-z]{2,}")


def _parts(sentences: Iterable[Sentence], data: Path) -> tuple[list[str], list[str]]:
    """First and last parts of names, each once."""
    first: dict[str, None] = {}
    last: dict[str, None] = {}
    for sentence in sentences:
        for start, end, label in sentence.entities:
            parts = sentence.text[start:end].split()
            if label == "PER" and 1 < len(parts) < 5 and all(_PART.fullmatch(part) for part in parts):
                first.setdefault(parts[0])
                last.update(dict.fromkeys(parts[1:]))
    with (data / "lists/person_names_faker_id.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["kind"].startswith("first"):
                first.setdefault(row["name"])
            elif row["kind"].startswith("last"):
                last.setdefault(row["name"])
    return list(first), list(last)


def _regions(data: Path) -> list[str]:
    with (data / "regions/regions.csv").open(encoding="utf-8", newline="") as rows:
        return [
            re.sub(r"^(?:Kabupaten|Kota)(?: Administrasi)? ", "", row["name"])
            for row in csv.DictReader(rows)
            if row["level"] in {"provinsi", "kabupaten", "kota"}
        ]


def titled(sentences: Iterable[Sentence], data: Path, count: int, seed: int = 7) -> list[Sentence]:
    """Make sentences whose persons are marked; titles with their regions, as in idner, and furniture are outside.

    Parameters
    ----------
    sentences
        Where parts of names come from.
    data
        The data folder.
    count
        How many to make.
    seed
        Where chance starts.

    Returns
    -------
    list of Sentence
        Without words of their own: they are for training only.
    """
    chance = random.Random(seed)
    first, last = _parts(sentences, data)
    regions = _regions(data)

    def name() -> str:
        parts = [chance.choice(first)]
        parts.extend(chance.choice(last) for _ in range(chance.choice((0, 1, 1, 1, 1, 2, 2))))
        return " ".join(parts)

    def title() -> str:

        draw = chance.random()
        if draw < 0.5:
            region = chance.choice(regions) if chance.random() < 0.7 else ""
            words = (chance.choice(_ACTING), chance.choice(_HEADS), region)
            return " ".join(word for word in words if word)
        if draw < 0.75:
            return chance.choice(_OFFICES).format(field=chance.choice(_FIELDS))
        return chance.choice(_OTHERS)

    made = []
    for _ in range(count):
        text = ""
        entities: list[Entity] = []
        unsure: list[Span] = []
        capitals = chance.random() < 0.08
        for part in re.split(r"(\{\w+\})", chance.choice(_FRAMES)):
            start = len(text)
            if part == "{name}":
                text += name()
                entities.append((start, len(text), "PER"))
            elif part == "{title}":
                words = title()
                text += words
                # "Dinas Kesehatan", "Ketua DPRD": whether the body is marked as one differs from corpus to corpus.
                body = re.search(r"(?:Dinas|Badan|Bidang|DPRD|TNI|Pol|Inf)\b.*", words)
                if body:
                    unsure.append((start + body.start(), start + body.end()))
            elif part == "{degree}":
                text += chance.choice(_DEGREES)
            else:
                text += part
        made.append(Sentence(text.upper() if capitals else text, (), tuple(entities), "titled", tuple(unsure)))
    return made


def _shape(name: str) -> str:
    """Class a name by what it may stand in for: a short form in capitals, one word, or more."""
    if name.isupper() and " " not in name:
        return "short"
    return "one" if " " not in name else "many"


def swapped(
    sentences: Iterable[Sentence], others: Iterable[Sentence], data: Path, share: float, seed: int = 11
) -> list[Sentence]:
    """Put other names of the same type and shape in place of those of known sentences.

    Parameters
    ----------
    sentences
        The sentences, whose own names are in the pool too.
    others
        Sentences whose names are in the pool.
    data
        The data folder: names of regions, abbreviations of public bodies and lists of personal names are the others.
    share
        How many of the names are replaced.
    seed
        Where chance starts.

    Returns
    -------
    list of Sentence
        Those sentences in which at least one name is another now; without words of their own.
    """
    rows = list(sentences)
    chance = random.Random(seed)
    first, last = _parts(rows, data)
    pool: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for row in (*rows, *others):
        for start, end, label in row.entities:
            name = row.text[start:end]
            if name[0].isupper() and not _ODD.search(name) and len(name.split()) < 8:
                pool[label, _shape(name)].setdefault(name)
    for region in _regions(data):
        pool["LOC", _shape(region)].setdefault(region)
    with (data / "lists/gov_abbreviations_mined.csv").open(encoding="utf-8", newline="") as table:
        for line in csv.DictReader(table):
            if int(line["count"]) > 1:
                pool["ORG", _shape(line["abbr"])].setdefault(line["abbr"])
                pool["ORG", _shape(line["expansion"])].setdefault(line["expansion"])
                # A body with its short form in brackets is one name in idner, and rare there.
                pool["ORG", "many"].setdefault(f"{line['expansion']} ({line['abbr']})")
    choices = {key: list(names) for key, names in pool.items()}

    def other(name: str, label: str) -> str:
        if label == "PER" and chance.random() < 0.7:
            parts = [chance.choice(first), *(chance.choice(last) for _ in name.split()[1:])]
            return " ".join(parts)
        return chance.choice(choices[label, _shape(name)])

    made = []
    for row in rows:
        text = ""
        at = 0
        entities: list[Entity] = []
        unsure: list[Span] = []
        # A name that comes twice stays one name.
        now: dict[str, str] = {}
        doubts = iter(sorted(row.unsure))
        doubt = next(doubts, None)
        for start, end, label in sorted(row.entities):
            while doubt is not None and doubt[1] <= start:
                unsure.append((doubt[0] - at + len(text), doubt[1] - at + len(text)))
                doubt = next(doubts, None)
            while doubt is not None and doubt[0] < end:
                doubt = next(doubts, None)
            text += row.text[at:start]
            name = row.text[start:end]
            if label in NAME_LABELS and name[0].isupper() and name not in now and chance.random() < share:
                now[name] = other(name, label)
            entities.append((len(text), len(text) + len(now.get(name, name)), label))
            text += now.get(name, name)
            at = end
        while doubt is not None:
            unsure.append((doubt[0] - at + len(text), doubt[1] - at + len(text)))
            doubt = next(doubts, None)
        text += row.text[at:]
        if now:
            made.append(replace(row, text=text, words=(), entities=tuple(entities), unsure=tuple(unsure)))
    return made
