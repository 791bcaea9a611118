"""The bodies that an article names: offices, agencies, governments, units, parties, companies, associations, media."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from netralitas_nlp._context import Context
from netralitas_nlp._gazetteer import Gazetteer, Region, RegionMatch, resolve
from netralitas_nlp._text import Words
from netralitas_nlp.layers.organization_names import OrganizationMatch, OrganizationRules, listed, match
from netralitas_nlp.types import Organization, OrganizationKind

__all__ = ["OrganizationMatch", "OrganizationRules", "find", "match"]

#: The word before a body that only issued what is cited.
_CITED = frozenset(
    {"peraturan", "keputusan", "edaran", "instruksi", "maklumat", "tentang", "perkara", "permen", "kepmen"}
)
#: Offices that hold the name of their body: "Kadis Kominfo".
_OFFICES = frozenset({"kadis", "kabag", "kabid", "kasat", "karo"})
#: Words after the sponsor or the federation in the name of a contest.
_EVENTS = frozenset(
    {"cup", "league", "liga", "basketball", "championship", "championships", "masters", "open", "grand", "u"}
)
#: Ranks that "TNI" belongs to: "Letjen TNI".
_RANKS = frozenset(
    {"jenderal", "letjen", "mayjen", "brigjen", "laksamana", "laksda", "laksma", "marsekal", "marsda", "marsma"}
)
#: Offices whose own field stands after "Bidang", and the words for such a field.
_OFFICES_WITH_TOPIC = frozenset({"deputi", "asisten", "ahli", "koordinator", "ketua", "direktur", "muda"})
_TOPIC_HEADS = frozenset({"bidang", "pusat", "bagian"})
#: Words before an abbreviation that is a tax or another thing there.
_OTHERWISE = {
    "pbb": frozenset({"pajak", "tarif", "tagihan", "membayar", "pembayaran", "pelunasan", "penggratisan", "wajib"}),
    "pmi": frozenset(
        {
            "bagi", "calon", "deportasi", "eks", "jenazah", "keluarga", "kepulangan", "mantan", "melindungi", "orang",
            "para", "pelindungan", "pemulangan", "penempatan", "pengiriman", "perlindungan", "purna", "ribu", "seorang",
            "terhadap",
        }
    ),
    "pn": frozenset({"usia"}),
    "kai": frozenset({"sppd"}),
    "aff": frozenset({"piala"}),
    "ma": frozenset({"mts", "smk", "sma", "smp", "mi", "ra"}),
}  # fmt: skip
#: Abbreviations of bodies that are degrees too.
_DEGREES = frozenset({"MA", "PA"})
#: Words behind "PMI" where it is the purchasing managers' index, or workers abroad.
_AFTER_INDEX = frozenset({"manufaktur", "china", "jasa", "ilegal", "nonprosedural", "bermasalah", "asal"})
_AND = frozenset({"dan", "serta", "maupun", "atau"})
_SMALL_WORDS = frozenset({"dan", "di", "untuk", "dengan", "atas", "ke", "dari", "yang"})


def find(
    context: Context,
    rules: OrganizationRules,
    gazetteer: Gazetteer,
    *,
    taken: Sequence[tuple[int, int]] = (),
    near: Sequence[Region] = (),
) -> list[Organization]:
    """Return the bodies that an article names, in the order of their first mention.

    Parameters
    ----------
    context
        The article.
    rules
        The names to look for.
    gazetteer
        The regions that may belong to a name.
    taken
        Disjoint stretches, in the order of the text, in which no name of a body starts: people, datelines, law titles.
    near
        The regions known of the article; they decide between two of one name.

    Returns
    -------
    list of Organization
        One for each body, with all its mentions: long form, abbreviation and later short form.
    """
    words = context.words
    hits = _hits(words, rules, gazetteer, taken)
    shared = _share_regions(words, hits)
    bodies = [body for body in _bodies(hits) if not _is_any_region(words, body, rules)]
    aliases = _alias_mentions(words, bodies, hits)
    records = [_record(context, body, shared, aliases.get(k, ()), near) for k, body in enumerate(bodies)]
    return sorted(records, key=lambda record: record.mentions[0].span)


def _hits(
    words: Words, rules: OrganizationRules, gazetteer: Gazetteer, taken: Sequence[tuple[int, int]]
) -> list[OrganizationMatch]:
    """Return the names of bodies that count, from left to right."""
    starts = [start for start, _ in taken]
    hits: list[OrganizationMatch] = []
    other: set[str] = set()
    at = 0
    for i in words.among(rules.openers):
        if i < at:
            continue
        lower = words.lowers[i]
        k = bisect_right(starts, words.starts[i]) - 1
        if k >= 0 and words.starts[i] < taken[k][1]:
            continue
        if lower in _TOPIC_HEADS and i and words.lowers[i - 1] in _OFFICES_WITH_TOPIC:
            continue
        found = match(words, i, rules, gazetteer)
        if found is None:
            continue
        at = found.end
        if _means_other(words, found, rules) or (i and words.lowers[i - 1] in _OTHERWISE.get(lower, ())):
            other.add(words.texts[i])
        elif words.texts[i] not in other and not _is_excluded(words, found, rules):
            hits.append(found)
            further = listed(words, found, rules, gazetteer)
            hits += further
            at = further[-1].end if further else at
    return [found for found in hits if words.texts[found.start] not in other] if other else hits


def _means_other(words: Words, found: OrganizationMatch, rules: OrganizationRules) -> bool:
    """Return whether brackets define an abbreviation as something else: "Pajak Kendaraan Bermotor (PKB)".

    Words that open the name of a body are a misspelt one.
    """
    i = found.start
    text = words.texts[i]
    if found.end != i + 1 or not text.isupper() or not words.gaps[i].endswith("(") or words.gaps[i + 1][:1] != ")":
        return False
    letters = list(text.lower())
    k = i - 1
    while k >= 0 and i - k < 14 and letters:
        lower = words.lowers[k]
        if lower[0] == letters[-1]:
            letters.pop()
        elif lower not in _SMALL_WORDS:
            return False
        k -= 1
    return not letters and words.lowers[k + 1] not in rules.steps


def _is_code(words: Words, i: int) -> bool:
    """Return whether a word is a part of a letter's number: "800/214/BKPSDM/IX/2024"."""
    return i > 0 and words.gaps[i].endswith(("/", "/ ")) and words.lowers[i - 1][-1:].isdigit()


def _is_excluded(words: Words, found: OrganizationMatch, rules: OrganizationRules) -> bool:
    """Return whether a name is no mention: part of a letter's number, an address, the issuer of what is cited."""
    i = found.start
    before, after = words.gaps[i], words.gaps[found.end]
    previous = words.lowers[i - 1] if i else ""
    following = words.lowers[found.end] if found.end < len(words.lowers) else ""
    if not before and i and not found.short:
        return True
    if _is_code(words, i):
        return True
    if before.endswith(("@", "#", "_", ".")) or after.startswith(("@", "_")):
        return True
    if after.startswith(("/", " / ")) and following[:1].isdigit():
        return True
    if after == "." and following in {"com", "id", "co", "go", "net", "org"}:
        return True
    if previous in _CITED and before in {" ", "  "}:
        return True
    if (previous in _OFFICES and found.short) or (found.rule == "tni" and (previous in _RANKS or following == "purn")):
        return True
    if following in _EVENTS and after == " " and found.area is None:
        return True
    if len(words.texts[i]) < 4 and words.texts[i].isupper() and found.end == i + 1 and _is_initials(words, i, rules):
        return True
    if before.strip() in {"-", "–"} and after.startswith(")") and _is_signature(words, found):
        return True
    if found.rule == "pmi" and following in _AFTER_INDEX:
        return True
    if words.texts[i] in _DEGREES and found.end == i + 1 and _is_degree(words, i):
        return True
    if found.kind is OrganizationKind.MEDIA:
        return _is_outlet(words, found)
    return False


def _is_initials(words: Words, i: int, rules: OrganizationRules) -> bool:
    """Return whether two or three capitals stand for a person: "berinisial MA", "DS, AR, dan MA"."""
    k = i - 1
    if k > 0 and words.lowers[k] == "dan":
        k -= 1
    elif k < 0 or (words.gaps[i] != ", " and not words.lowers[k].endswith("inisial")):
        return False
    before = words.texts[k]
    return words.lowers[k].endswith("inisial") or (
        len(before) < 4 and before.isupper() and before.lower() not in rules.steps
    )


def _is_signature(words: Words, found: OrganizationMatch) -> bool:
    """Return whether a name and its office sign a paragraph: "(Rina - Dinas Kominfo Berau)"."""
    closes = "\n" in words.gaps[found.end] or found.end == len(words.texts)
    return closes and any("(" in gap for gap in words.gaps[max(0, found.start - 3) : found.start])


def _is_degree(words: Words, i: int) -> bool:
    """Return whether a degree follows a name: "Rahmat Hidayat, MA, menilai"."""
    before = words.texts[i - 1] if i else ""
    closed = words.gaps[i + 1][:1] in {",", ")", "."} or words.gaps[i + 1] == ""
    listed_on = words.gaps[i + 1] == ", " and i + 1 < len(words.texts) and words.texts[i + 1].isupper()
    return words.gaps[i] in {", ", ","} and closed and not listed_on and before[:1].isupper() and not before.isupper()


def _is_outlet(words: Words, found: OrganizationMatch) -> bool:
    """Return whether a medium stands as the outlet of a dateline or a credit: "Solo (ANTARA) -"."""
    before, after = words.gaps[found.start], words.gaps[found.end]
    if before.endswith(("(", "/")) and after.startswith((")", "/")):
        return True
    if after in {"/", " / "} and words.texts[found.end : found.end + 1] and words.texts[found.end][0].isupper():
        return True  # a photograph's credit: "ANTARA/Rina Hapsari"
    if after.startswith(("-", " -", " –", "–", " —", " |")):
        return True
    ahead = words.gaps[found.end + 1 : found.end + 4]
    return after.startswith(",") and any(gap.strip() in {"-", "–", "—", "--", ":"} for gap in ahead)


def _share_regions(words: Words, hits: list[OrganizationMatch]) -> dict[int, RegionMatch]:
    """Give the region at the end of a list to the members without one.

    A region after a bracket there ("…, serta Dinas C (XYZ) Berau") belongs to the whole list, not to the last name.

    Returns
    -------
    dict
        The region of each such member, by the index of its first word.
    """
    shared: dict[int, RegionMatch] = {}
    run = 0
    for k, found in enumerate(hits):
        run = run + 1 if k > 0 and _islisted(words, hits[k - 1].end, found.start) else 1
        if found.area is None:
            continue
        for member in hits[k - run + 1 : k]:
            if member.area_open and member.parent is None and not member.nation:
                shared[member.start] = found.area
        if run > 1 and found.alias is not None and found.alias[1] <= found.area.start:
            shared[found.start] = found.area
            hits[k] = found._replace(area=None, area_name="", area_text="")
        run = 0
    return shared


def _islisted(words: Words, end: int, start: int) -> bool:
    """Return whether what stands between two names makes them a list."""
    if end == start:
        return words.gaps[end].lstrip(")").strip() in {",", "&", "/"}
    return end + 1 == start and words.lowers[end] in _AND and "\n" not in words.gaps[end] + words.gaps[start]


@dataclass(slots=True)
class _Body:
    """What the article says of one body."""

    hits: list[OrganizationMatch]


def _bodies(hits: Sequence[OrganizationMatch]) -> list[_Body]:
    """Put the namings of each body together.

    A naming without an area is the body of its kind that was last named with one, else the first that is; a party
    without one is the whole party.
    """
    if any(found.alias for found in hits):
        hits = _as_companies(_as_defined(hits))
    tails: dict[str, set[str]] = {}
    for found in hits:
        tails.setdefault(found.rule, set()).add(found.key)
    hits = [
        found._replace(key=next(iter(tails[found.rule] - {found.rule})))
        if found.key == found.rule and not found.nation and len(tails[found.rule]) == 2
        else found
        for found in hits
    ]
    bodies: list[_Body] = []
    by_code: dict[tuple[str, str], _Body] = {}
    latest: dict[str, _Body] = {}
    for found in hits:
        codes = _codes(found)
        if codes:
            body = next((by_code[found.key, code] for code in codes if (found.key, code) in by_code), None)
            if body is None:
                bodies.append(body := _Body([]))
                latest.setdefault(found.key, body)
            for code in codes:
                by_code[found.key, code] = body
            body.hits.append(found)
    for found in hits:
        if codes := _codes(found):
            latest[found.key] = by_code[found.key, next(iter(codes))]
        else:
            if found.key not in latest:
                latest[found.key] = _Body([])
                bodies.append(latest[found.key])
            latest[found.key].hits.append(found)
    return bodies


def _is_any_region(words: Words, body: _Body, rules: OrganizationRules) -> bool:
    """Return whether a parliament is that of any region: none is named, and nobody of it: "kepada DPRD"."""
    if any(found.rule != "dprd" or _codes(found) for found in body.hits):
        return False
    return rules.offices.isdisjoint(words.lowers[found.start - 1] if found.start else "" for found in body.hits)


def _as_defined(hits: Sequence[OrganizationMatch]) -> list[OrganizationMatch]:
    """Let an abbreviation mean the body for which the article introduces it: "Badan Pemenangan Nasional (BPN)"."""
    defined = {
        found.written.removeprefix("PT "): found for found in hits if found.alias and found.written and not found.short
    }
    return [
        found._replace(rule=of.rule, key=of.key, name=of.name, kind=of.kind)
        if found.short and found.parent is None and (of := defined.get(found.written or "")) and of.rule != found.rule
        else found
        for found in hits
    ]


def _as_companies(hits: Sequence[OrganizationMatch]) -> list[OrganizationMatch]:
    """Let the short name of a company mean the one that the article introduces by it."""
    keys = {f"{found.rule}:{alias}": found.key for found in hits if (alias := _company_alias(found))}
    return [
        found._replace(key=keys[found.key], short=True, written=found.name)
        if keys.get(found.key, found.key) != found.key
        else found
        for found in hits
    ]


def _company_alias(found: OrganizationMatch) -> str:
    """Return the short name that brackets give a company, without "PT"."""
    if found.alias is None or found.written is None or found.short or ":" not in found.key:
        return ""
    return found.written.partition(" ")[2].lower()


def _codes(found: OrganizationMatch, *, below: bool = False) -> frozenset[str]:
    if found.parent is not None:
        return _codes(found.parent, below=True) or frozenset({found.parent.key})
    if found.nation:
        return frozenset({"RI"})
    if found.area is None:
        return frozenset({"RI"}) if found.kind is OrganizationKind.PARTAI and not below else frozenset()
    return frozenset(region.code for region in found.area.candidates)


def _alias_mentions(
    words: Words, bodies: Sequence[_Body], hits: Sequence[OrganizationMatch]
) -> dict[int, list[tuple[int, int]]]:
    """Return the later places of abbreviations that the article itself defines, by the index of their body."""
    wanted: dict[str, tuple[int, tuple[str, ...]]] = {}
    for k, body in enumerate(bodies):
        for found in body.hits:
            if found.alias is not None and (found.parent is None or found.written != found.head_short):
                texts = tuple(words.texts[slice(*found.alias)])
                wanted.setdefault(texts[0], (k, texts))
    places: dict[int, list[tuple[int, int]]] = {}
    if wanted:
        covered = {i for found in hits for i in range(found.start, found.last)}
        for i, text in enumerate(words.texts):
            if text in wanted and i not in covered and not _is_code(words, i):
                k, texts = wanted[text]
                if tuple(words.texts[i : i + len(texts)]) == texts:
                    places.setdefault(k, []).append((i, i + len(texts)))
    return places


def _record(
    context: Context,
    body: _Body,
    shared: Mapping[int, RegionMatch],
    aliases: Iterable[tuple[int, int]],
    near: Sequence[Region],
) -> Organization:
    words = context.words
    hits = sorted(body.hits, key=attrgetter("start"))
    best = max(hits, key=_fullness) if len(hits) > 1 else hits[0]
    long = next((found for found in hits if not found.short), best)
    kept = best.parent or best.name.startswith(long.name)
    name = best.full_name if kept else best._replace(name=long.name).full_name
    abbreviated = [found for found in hits if found.written]
    written = max(abbreviated, key=_fullness) if abbreviated else None
    area = best.area
    if area is None and shared:
        area = next((shared[found.start] for found in hits if found.start in shared), None)
    regions = resolve(area, level=best.level, near=near) if area is not None else ()
    mentions = sorted({(found.start, found.last) for found in hits}.union(aliases))
    return Organization(
        name=name,
        abbreviation=written.full_abbreviation if written else None,
        kind=best.kind,
        area=regions[0].area if len(regions) == 1 else None,
        mentions=tuple([context.mention(words.starts[start], words.ends[last - 1]) for start, last in mentions]),
        rule=f"organization.{best.rule}",
        flags=("region_distributed",) if area is not None and best.area is None else (),
    )


def _fullness(found: OrganizationMatch) -> tuple[bool, bool, bool]:
    """Return how much of the body a naming tells: its area, with the level word, and its long name."""
    return bool(_codes(found)), found.area is not None and found.area.level is not None, not found.short
