"""What holds of every article: records refer to each other, to the text and to the tables."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from typing import Any

import pytest

from netralitas_nlp import Article, Extractor, Level, Span
from netralitas_nlp._gazetteer import Gazetteer

EXTRACTOR = Extractor()
GAZETTEER = Gazetteer.load()
PUBLISHED = dt.date(2024, 10, 8)
HEADS = (
    "Wabup Minta Camat Netral\n\nSLEMAN, SUARAKITA.ID - ",
    "TANJUNG REDEB – ",
    "Jakarta (ANTARA) - ",
    "Ikrar Netralitas Dibacakan\n\nFoto: Prokopim\n\n",
    "",
)
SENTENCES = (
    "Wakil Bupati Sleman, Hj. Endah Kartikasari, S.E., M.M., meminta seluruh camat netral, Senin (7/10/2024).",
    "Pj Gubernur Kalimantan Timur Prof. Dr. Bagas Nugraha hadir bersama Kapolda Kaltim Irjen Pol Wirawan Aditya.",
    "Kepala Badan Kesatuan Bangsa dan Politik (Kesbangpol) Berau, Tarmizi Hakim, menyebut ada lima laporan.",
    "“Kami tidak memihak,” kata Endah di Pendopo Parasamya, Rabu.",
    "Ketua KPU dan Bawaslu Kota Bandung datang pada 27 November mendatang pukul 09.00 WIB.",
    "Menteri Dalam Negeri mengirim surat Nomor 100/45/SJ tanggal 12 September 2024 kepada Pemkab Kutai Timur.",
    "Rapat itu dihadiri Dinas Sosial, Dinas Kesehatan serta Dinas Perhubungan Berau dan PT Sinar Melati.",
    "Mantan Bupati Berau Fadli Rahmatullah, yang juga Ketua DPD Partai Golkar Berau, tidak hadir.",
    "Camat Depok dan Lurah Caturtunggal, Sukirman, menandatangani pakta integritas periode 2024-2029.",
    "Tersangka berinisial AS (31) diperiksa di Polres Sleman sejak kemarin.",
    "Bupati itu lalu menyalami Tarmizi.Selanjutnya ia pulang ke Tanjung Redeb (8/10).",
    "”Jangan terpancing,” pesan Pj Gubernur. “Awasi bersama, lalu laporkan.” Menurutnya, semua saksi sudah dilatih.",
    "\"Kami siap,\" ujarnya seraya menambahkan bahwa gudang logistik sudah penuh.\"Tinggal menunggu hari,\" kata dia.",
    "Tarmizi menegaskan bahwa laporan itu masih dikaji. Hal itu, lanjut dia, memakan waktu lima hari.",
    "Diskusi bertajuk “Menjaga Suara Rakyat” itu dibuka seorang warga, “Mari kita mulai,” katanya.",
)
TAILS = (
    "\nBaca Juga: Bupati Berau Lantik Joko Susilo sebagai Camat Kelay\n",
    " Baca juga: Pj Wali Kota Bandung Temui Rudi Hartono di Kota Cimahi\n\n",
    "\n\nEditor: Mulyadi Saputra\nPewarta: Yuni\n",
    "(ndi)",
    "\n\nHalaman 1 2 Selanjutnya\nCopyright © Suara Kita 2024\n",
)


def articles(count: int) -> Iterator[str]:
    draw = random.Random(7)
    for _ in range(count):
        paragraphs = [" ".join(draw.sample(SENTENCES, draw.randint(1, 4))) for _ in range(draw.randint(1, 5))]
        paragraphs.insert(draw.randint(0, len(paragraphs)), draw.choice(TAILS))
        yield draw.choice(HEADS) + "\n\n".join(paragraphs) + draw.choice(TAILS)


TEXTS = [*articles(60)]
READ = [EXTRACTOR.extract(text, id=str(number), published=PUBLISHED) for number, text in enumerate(TEXTS)]


@pytest.fixture(params=READ, ids=lambda article: str(article.id))
def article(request: pytest.FixtureRequest) -> Article:
    read: Article = request.param
    return read


def walk(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def test_the_texts_hold_every_kind_of_record() -> None:
    for layer in (
        "people", "officials", "organizations", "places", "dates", "references", "quotes", "credits", "furniture",
    ):  # fmt: skip
        assert sum(len(getattr(read, layer)) for read in READ) > 10, layer
    assert any(read.headline for read in READ)
    assert any(read.dateline for read in READ)


def test_reading_again_gives_the_same() -> None:
    again = [Extractor().extract(TEXTS[0], id="0", published=PUBLISHED)]
    again += [EXTRACTOR.extract(text, id=str(n), published=PUBLISHED) for n, text in enumerate(TEXTS[1:], 1)]
    assert again == READ


def test_pipe_is_extract_for_each() -> None:
    expected = [EXTRACTOR.extract(text) for text in TEXTS]
    assert list(EXTRACTOR.pipe(TEXTS)) == expected
    assert list(EXTRACTOR.pipe(reversed(TEXTS))) == expected[::-1]
    assert list(EXTRACTOR.pipe(((text, n) for n, text in enumerate(TEXTS)), as_tuples=True)) == [
        (read, n) for n, read in enumerate(expected)
    ]


def test_pipe_is_lazy() -> None:
    taken = []

    def texts() -> Iterator[str]:
        for text in TEXTS:
            taken.append(text)
            yield text

    stream = EXTRACTOR.pipe(texts())
    assert taken == []
    assert next(stream) == EXTRACTOR.extract(TEXTS[0])
    assert len(taken) < len(TEXTS)


def test_every_span_slices_back(article: Article) -> None:
    spanned = [node for node in walk(article.to_dict()) if node.get("span") and "text" in node]
    assert spanned
    for node in spanned:
        assert article.text[slice(*node["span"])] == node["text"]
        assert node["text"].strip()


def test_people_have_an_id_of_their_own_and_are_named(article: Article) -> None:
    ids = [person.id for person in article.people]
    assert len(ids) == len(set(ids))
    spans = [mention.span for person in article.people for mention in person.mentions]
    assert len(spans) == len(set(spans))
    assert all(person.mentions and person.name for person in article.people)


def test_offices_refer_to_people(article: Article) -> None:
    ids = {person.id for person in article.people}
    assert {official.person for official in article.officials} <= ids | {None}
    offices = [(o.person, o.status, o.tenure, o.role, o.title, o.area) for o in article.officials]
    assert len(offices) == len(set(offices))
    assert all(official.mentions for official in article.officials)


def test_quotes_refer_to_people_and_to_each_other(article: Article) -> None:
    ids = {person.id for person in article.people}
    assert {quote.speaker for quote in article.quotes} <= ids | {None}
    for number, quote in enumerate(article.quotes):
        if quote.part_of is not None:
            assert quote.part_of < number
            assert article.quotes[quote.part_of].speaker == quote.speaker
    spans = [quote.span for quote in article.quotes]
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert not article.headline or all(span.start >= article.headline.span.end for span in spans)


def test_every_code_is_in_the_gazetteer(article: Article) -> None:
    for node in walk(article.to_dict()):
        if node.get("code") and "level" in node:
            region = GAZETTEER.by_code(node["code"])
            assert region is not None
            assert Level(node["level"]) is region.level


def test_every_record_tells_its_rule(article: Article) -> None:
    layers = (
        article.people, article.officials, article.organizations, article.places, article.dates, article.quotes
    )  # fmt: skip
    assert all(record.rule for layer in layers for record in layer)
    assert all(record.rule for layer in (article.credits, article.furniture) for record in layer)


def test_enumerations_and_json(article: Article) -> None:
    data = json.loads(article.to_json())
    assert data == article.to_dict()
    assert Article.from_dict(data) == article
    for node in walk(data):
        assert not any(isinstance(value, StrEnum) for value in node.values())


def test_nothing_is_read_in_furniture_or_credits(article: Article) -> None:
    closed = [zone.span for zone in article.furniture] + [credit.span for credit in article.credits]
    layers = (article.people, article.officials, article.organizations)
    spans = [mention.span for layer in layers for record in layer for mention in record.mentions]
    spans += [date.span for date in article.dates] + [place.span for place in article.places]
    # a quote may go on behind furniture, but neither begins nor ends in it
    spans += [Span(at, at + 1) for quote in article.quotes for at in (quote.span.start, quote.span.end - 1)]
    for start, end in spans:
        assert not any(start < zone.end and zone.start < end for zone in closed)


def test_dates_are_on_the_calendar(article: Article) -> None:
    for date in article.dates:
        assert (date.start is None) == (date.end is None) == date.value.startswith("XXXX")
        assert date.start is None or date.end is None or date.start <= date.end
        assert (date.weekday is None) == (date.weekday_agrees is None)


def test_without_a_day_of_publication_nothing_is_anchored_to_one() -> None:
    bare = EXTRACTOR.extract("Pertemuan digelar kemarin dan dilanjutkan 27 November mendatang.")
    assert bare.published is None
    assert [date.value for date in bare.dates] == ["XXXX-11-27"]
