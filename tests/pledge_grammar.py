"""Articles about pledges from a grammar: openings × styles × points × interruptions, with the points to find."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Sample(NamedTuple):
    """A text, its points as they stand there, and how it was made."""

    text: str
    points: list[str]
    style: str


#: Each with the polarity that its words have.
POINTS = [
    ("menjaga dan menegakkan netralitas pegawai dalam pelayanan publik", "do"),
    ("menghindari konflik kepentingan dalam bentuk apa pun", "refrain"),
    ("tidak melakukan intimidasi kepada bawahan maupun warga", "refrain"),
    ("menggunakan media sosial secara bijak", "do"),
    ("tidak menyebarkan ujaran kebencian serta berita bohong", "refrain"),
    ("menolak politik uang dan segala jenis pemberian", "refrain"),
    ("bersikap netral selama masa kampanye", "do"),
    ("tidak memihak kepada pasangan calon mana pun", "refrain"),
    ("tidak memakai mobil dinas, rumah jabatan, maupun uang kantor untuk kampanye", "refrain"),
    ("melayani seluruh warga tanpa membeda-bedakan pilihan politik", "do"),
    ("siap menerima sanksi sesuai ketentuan apabila melanggar", "do"),
    ("mengajak keluarga datang ke TPS pada hari pemungutan suara", "do"),
    ("tidak mengunggah, menyukai, ataupun membagikan gambar calon", "refrain"),
    ("menjunjung tinggi Pancasila dan UUD 1945", "do"),
    ("mendukung terselenggaranya pemilihan yang aman dan damai", "do"),
    ("tunduk dan patuh pada peraturan perundang-undangan", "do"),
    ("menolak hadiah dari tim kampanye", "refrain"),
    ("tidak akan hadir dalam kampanye, baik pada hari kerja maupun hari libur", "refrain"),
    ("melaporkan dugaan pelanggaran kepada Bawaslu", "do"),
    ("setia kepada negara dan pemerintah yang sah", "do"),
]
ORDINALS = ["pertama", "kedua", "ketiga", "keempat", "kelima", "keenam", "ketujuh"]
NUMBERS = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh"]
ROMANS = ["i", "ii", "iii", "iv", "v", "vi", "vii"]
KINDS = ["ikrar", "deklarasi", "pakta integritas", "komitmen bersama"]
PLEDGORS = [
    "Sebanyak 120 pegawai Kecamatan Melati", "Seluruh lurah se-Kota Lestari", "Para guru di Kabupaten Lereng",
    "Ratusan ASN Pemkab Lereng", "Segenap pegawai honorer Dinas Sosial Lereng",
]  # fmt: skip
ACTS = ["mengucapkan", "membacakan", "menandatangani", "meneken"]
LINKS = ["Baca Juga: Harga Cabai Naik di Pasar Melati", "ADVERTISEMENT", "BACA JUGA : Warga Melati Panen Raya Padi"]
COMMENTS = [
    "Camat Melati, Rusdi Halim, mengangguk saat butir itu dibacakan.",
    "Suara peserta terdengar sampai ke jalan raya.",
]
FRAGMENTS = ["Baik sebelum, selama maupun sesudah pemungutan suara", "Termasuk di lingkungan tempat tinggal"]
AFTER = [
    "Acara ditutup dengan doa bersama.",
    "Kedua paslon menyambut baik acara itu.",
    "Bupati Lereng, Surya Lesmana, hadir sejak pagi.",
    "",
]


def sample(draw: random.Random) -> Sample:
    """Draw one article."""
    style = draw.choice(sorted(STYLES))
    kind = draw.choice(KINDS)
    points = [text for text, _ in draw.sample(POINTS, draw.randint(2, 6))]
    body, found = STYLES[style](draw, points)
    opening = f"{draw.choice(PLEDGORS)} {draw.choice(ACTS)} {kind} netralitas, Senin (7/10/2024)."
    lead = draw.choice(_leads(kind, len(points), style))
    joint = "\n\n" if style in LINES or draw.random() < 0.3 else " "
    if lead.endswith((",", "yaitu", "sepakat")):
        joint = " "
    text = f"{opening} {lead}{joint}{body}".rstrip()
    closing = draw.choice(["", f"Demikian {kind} ini kami buat dengan penuh tanggung jawab."])
    return Sample("\n\n".join(part for part in (text, closing, draw.choice(AFTER)) if part), found, style)


def _leads(kind: str, count: int, style: str) -> Sequence[str]:
    if style in {"semicolons", "commas"}:
        return [f"Isi {kind} itu, yaitu", f"Dalam {kind} itu, peserta sepakat"]
    leads = [
        f"Ada {NUMBERS[count]} poin dalam {kind} itu.",
        f"{kind.capitalize()} itu memuat {NUMBERS[count]} butir.",
        f"Berikut isi {kind} tersebut:",
        f"Adapun bunyi {kind} itu sebagai berikut.",
    ]
    return [*leads, "Kami, pegawai Kecamatan Melati, berjanji:"] if style in LINES else leads


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _words(draw: random.Random, points: Sequence[str]) -> tuple[str, list[str]]:
    """Pertama, … . Kedua … — with fragments, links and comments between the points."""
    comma = draw.choice([", ", " "])
    apart = draw.random() < 0.6
    parts = []
    found = []
    for number, point in enumerate(points):
        if draw.random() < 0.15:
            point = f"{point}. {draw.choice(FRAGMENTS)}"
        found.append(point)
        parts.append(f"{_capital(ORDINALS[number])}{comma}{point}.")
        if apart and number + 1 < len(points) and draw.random() < 0.3:
            parts.append(draw.choice([*LINKS, *COMMENTS]))
    return ("\n\n" if apart else " ").join(parts), found


def _one_sentence(draw: random.Random, points: Sequence[str]) -> tuple[str, list[str]]:
    """Pertama …, kedua …, dan ketiga …."""
    comma = draw.choice([", ", " "])
    parts = [f"{ORDINALS[number]}{comma}{point}" for number, point in enumerate(points)]
    return f"{_capital(', '.join(parts[:-1]))}, dan {parts[-1]}.", list(points)


def _that(draw: random.Random, points: Sequence[str]) -> tuple[str, list[str]]:
    """Yang pertama …, poin kedua …."""
    head = draw.choice(["Yang", "Poin", "Butir"])
    last = draw.random() < 0.3
    names = [*ORDINALS[: len(points) - 1], "terakhir" if last else ORDINALS[len(points) - 1]]
    joints = [draw.choice([", ", " ", " adalah "]) for _ in points]
    parts = [f"{head} {name}{joint}{point}." for name, joint, point in zip(names, joints, points, strict=True)]
    return draw.choice([" ", "\n\n"]).join(parts), list(points)


def _connectives(draw: random.Random, points: Sequence[str]) -> tuple[str, list[str]]:
    """Pertama, … . Selanjutnya, … . Terakhir, …."""
    middle = [draw.choice(["Selanjutnya", "Kemudian", "Berikutnya", "Selain itu"]) for _ in points[2:]]
    names = ["Pertama", *middle, "Terakhir"]
    return " ".join(f"{name}, {point}." for name, point in zip(names, points, strict=True)), list(points)


def _numbered(draw: random.Random, points: Sequence[str], marks: Sequence[str]) -> tuple[str, list[str]]:
    end = draw.choice([";", ".", ""])
    found = [_capital(point) if draw.random() < 0.5 else point for point in points]
    gap = draw.choice(["\n", "\n\n"])
    parts = []
    for number, point in enumerate(found):
        parts.append(f"{marks[number]} {point}{'.' if number + 1 == len(points) else end}")
        if gap == "\n\n" and number + 1 < len(points) and draw.random() < 0.2:
            parts.append(draw.choice(LINKS))
    return gap.join(parts), found


def _digits(draw: random.Random, points: Sequence[str]) -> tuple[str, list[str]]:
    form = draw.choice(["{}.", "{})", "({})"])
    return _numbered(draw, points, [form.format(number) for number in range(1, 9)])


def _letters(draw: random.Random, points: Sequence[str]) -> tuple[str, list[str]]:
    form = draw.choice(["{}.", "{})", "({})"])
    return _numbered(draw, points, [form.format(letter) for letter in "abcdefgh"])


def _romans(draw: random.Random, points: Sequence[str]) -> tuple[str, list[str]]:
    return _numbered(draw, points, [f"({number})" for number in ROMANS])


def _bullets(draw: random.Random, points: Sequence[str]) -> tuple[str, list[str]]:
    return _numbered(draw, points, [draw.choice("•-–*✓")] * 8)


def _running_digits(draw: random.Random, points: Sequence[str]) -> tuple[str, list[str]]:
    """(1) …; (2) …; dan (3) … in one sentence."""
    form = draw.choice(["{})", "({})"])
    mark = draw.choice([";", ","])
    parts = [f"{form.format(number)} {point}" for number, point in enumerate(points, 1)]
    return f"{f'{mark} '.join(parts[:-1])}{mark} dan {parts[-1]}.", list(points)


def _cardinals(draw: random.Random, points: Sequence[str]) -> tuple[str, list[str]]:
    mark = draw.choice([",", ":"])
    parts = [f"{_capital(NUMBERS[number])}{mark} {point}." for number, point in enumerate(points, 1)]
    return " ".join(parts), list(points)


def _quoted(draw: random.Random, points: Sequence[str]) -> tuple[str, list[str]]:
    """Each point a quotation of its own, or all of them in one."""
    if draw.random() < 0.5:
        parts = [f'"{_capital(ORDINALS[number])}, {point}."' for number, point in enumerate(points)]
        return "\n\n".join(parts), list(points)
    said = " ".join(f"{_capital(ORDINALS[number])}, {point}." for number, point in enumerate(points))
    return f'"{said[:-1]}," ujar Rusdi Halim.', list(points)


def _semicolons(draw: random.Random, points: Sequence[str]) -> tuple[str, list[str]]:
    return f"{'; '.join(points[:-1])}; {draw.choice(['dan', 'serta'])} {points[-1]}.", list(points)


def _commas(draw: random.Random, points: Sequence[str]) -> tuple[str, list[str]]:
    return f"{', '.join(points[:-1])}, {draw.choice(['dan', 'serta'])} {points[-1]}.", list(points)


STYLES: dict[str, Callable[[random.Random, Sequence[str]], tuple[str, list[str]]]] = {
    "bullets": _bullets,
    "cardinals": _cardinals,
    "commas": _commas,
    "connectives": _connectives,
    "digits": _digits,
    "letters": _letters,
    "one sentence": _one_sentence,
    "quoted": _quoted,
    "romans": _romans,
    "running digits": _running_digits,
    "semicolons": _semicolons,
    "words": _words,
    "yang": _that,
}
LINES = frozenset({"bullets", "digits", "letters", "romans"})
