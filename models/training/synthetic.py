"""Makes training sentences: titles, degrees and furniture around made-up names; other names in known sentences.

The corpora know no acting heads of regions and few degrees, so the recogniser
takes "Pjs" or "S.STP" into names. The phrases are our own; names are recombined
from parts of persons in the corpora and from Faker's lists.
"""

import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
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
# Offices that are followed by a region, or by a body and its region.
_REGIONAL = (
    "Ketua KPU", "Ketua Bawaslu", "Ketua DPRD", "Wakil Ketua DPRD", "Anggota DPRD", "Ketua PKK", "Ketua KONI",
    "Kapolres", "Kapolda", "Dandim", "Danrem", "Kajari", "Kepala Desa", "Kades", "Lurah", "Camat", "Ketua PMI",
    "Kepala BPBD", "Kepala BKD", "Kepala Bappeda", "Kepala Kantor", "Kasatpol PP", "Kadis PU", "Sekretaris KPU",
    "Rektor Universitas", "Ketua DPD Partai", "Kabid Humas Polda", "Direktur RSUD", "Kepala Inspektorat",
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
    "{title} {name} {deed}",
    "{title} {name} {deed}",
    "Baca Juga: {title} {name} {deed}",
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
_UNTITLED = re.compile(r"(?:^|[,.:] |\b(?:[Kk]ata|[Uu]jar|[Mm]enurut|dan|oleh|dengan|bahwa|kepada|ucap|tutur|jelas) )$")
_PUBLIC_BODY = re.compile(
    r"(?:Badan|Bank|Dinas|Komisi|Komite|Kementerian|Kejaksaan|Kepolisian|Komando|Dewan|Partai|Lembaga|Satuan|Direktorat"
    r"|Forum|Himpunan|Ikatan|Asosiasi|Pusat|Universitas|Institut|Majelis|Mahkamah|Organisasi|Otoritas|Perusahaan"
    r"|Persatuan|Perhimpunan|Pemerintah|Rumah Sakit|Sekolah|Serikat|Tentara|Tim|Unit|Yayasan|Balai|Gerakan)\b"
)
_BODY = re.compile(
    r"(?:Dinas|Badan|Bidang|KPU|Bawaslu|DPRD|DPD|PKK|KONI|PMI|BPBD|BKD|Bappeda|Kantor|PU|Universitas|Polda|RSUD"
    r"|Inspektorat|TNI|Pol|Inf|Desa)\b.*"
)
_ODD = re.compile(r"[\"?*/]|\d{3}")
_DEEDS = (
    "Ajak", "Minta", "Buka", "Lantik", "Resmikan", "Serahkan", "Pimpin", "Hadiri", "Terima", "Dorong", "Imbau",
    "Tinjau", "Sambut", "Lepas", "Bagikan", "Targetkan", "Pastikan", "Janjikan", "Tegur", "Apresiasi",
)  # fmt: skip
_THINGS = (
    "Bantuan Sosial", "Masyarakat Waspada", "Ratusan Siswa", "Peserta Lomba", "Kepala Sekolah", "Jalan Desa",
    "Penghargaan", "Petani Muda", "Rapat Kerja", "Jemaah Haji", "Stok Beras Aman", "Gedung Baru", "Atlet Daerah",
)  # fmt: skip
# First parts that the corpora and the lists hardly know.
_FIRST = (
    "Moh.", "Moch.", "Muh.", "Abd.", "La Ode", "La", "Wa Ode", "Teuku", "Cut", "Andi", "I Made", "I Wayan", "Ni Luh",
    "I Gusti", "Ida Bagus", "Umbu", "Rambu", "Tengku", "Raden", "Daeng", "Sri", "M.", "A.", "R.", "Yohanes", "Yosef",
)  # fmt: skip
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


def _title(chance: random.Random, regions: list[str]) -> str:
    """Make a title; half of them with a region."""
    region = chance.choice(regions)
    draw = chance.random()
    if draw < 0.4:
        words = (chance.choice(_ACTING), chance.choice(_HEADS), region if chance.random() < 0.75 else "")
        return " ".join(word for word in words if word)
    if draw < 0.65:
        kind = chance.choice(("", "", "Kabupaten", "Kota", "Provinsi"))
        return " ".join(word for word in (chance.choice(_REGIONAL), kind, region) if word)
    if draw < 0.82:
        return chance.choice(_OFFICES).format(field=chance.choice(_FIELDS))
    return chance.choice(_OTHERS)


def _unsure_bodies(title: str) -> Iterator[Span]:
    """Yield what may be a body or place in a title, which the corpora mark now so, now otherwise."""
    for match in _BODY.finditer(title):
        yield match.span()


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
        parts = [chance.choice(_FIRST), chance.choice(last)] if chance.random() < 0.12 else [chance.choice(first)]
        parts.extend(chance.choice(last) for _ in range(chance.choice((0, 1, 1, 1, 1, 2, 2))))
        return " ".join(parts)

    made = []
    for _ in range(count):
        text = ""
        entities: list[Entity] = []
        unsure: list[Span] = []
        capitals = chance.random() < 0.15
        for part in re.split(r"(\{\w+\})", chance.choice(_FRAMES)):
            start = len(text)
            if part == "{name}":
                text += name()
                entities.append((start, len(text), "PER"))
            elif part == "{title}":
                words = _title(chance, regions)
                text += words
                unsure.extend((start + left, start + right) for left, right in _unsure_bodies(words))
            elif part == "{degree}":
                text += chance.choice(_DEGREES)
            elif part == "{deed}":
                text += f"{chance.choice(_DEEDS)} {chance.choice(_THINGS)}"
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
    sentences: Iterable[Sentence],
    others: Iterable[Sentence],
    data: Path,
    share: float,
    seed: int = 11,
    titles: float = 0.3,
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
    titles
        How many of the persons behind a verb of speech, a comma or the like get a title in front.
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
    regions = _regions(data)
    for region in regions:
        pool["LOC", _shape(region)].setdefault(region)
    with (data / "lists/gov_abbreviations_mined.csv").open(encoding="utf-8", newline="") as table:
        for line in csv.DictReader(table):
            if int(line["count"]) > 1 and _PUBLIC_BODY.match(line["expansion"]):
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
            if label == "PER" and _UNTITLED.search(row.text[:start]) and chance.random() < titles:
                title = _title(chance, regions)
                unsure.extend((len(text) + left, len(text) + right) for left, right in _unsure_bodies(title))
                text += title + " "
                now.setdefault(name, name)
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
