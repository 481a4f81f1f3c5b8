"""What people tell of somebody without naming a form's field, in English: `She lives at ...`."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from workers.forms import called
from workers.forms.asked import COUNTS
from workers.local.extraction import blocks, dates, one_line, shapes

_WHO = (
    r"(?:(?:i|we|he|she|they|who|it)\s*)?"
    r"(?:(?:['\u2019](?:m|s|re|ve|d)|\b(?:am|is|are|was|were|have|has))\s+(?:been\s+)?)?"
    r"(?:(?:currently|now|presently|also)\s+)?"
)
_DATE = f"(?:{dates.DATE.pattern})"
_LIVING = (
    r"(?:wohn(?:t|e|en|haft)|habit(?:e|ons|ent)|demeurant|demeure|viv(?:e|o|imos|en)|resid(?:e|o)|"
    r"abit(?:a|o|iamo)|risied[eo])"
)
_MORE = r"(?:(?:,|\s+(?:et|e|y|und|and))\s.*)?"
_BORN = r"(?:nat[oa]|n\u00e9e?|geboren|nacid[oa]|naci\u00f3)"
# No date, and no number that may be anything.
PHONE = r"(?:(?:\+|\(|0(?!\d[./-]))[\d ()/.-]{6,}\d|\d{3}[-. ]\d{3}[-. ]\d{4})"
_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herr|Frau|Mme|Madame|Monsieur)\.? )"
WORD = r"[A-Z\u00c0-\u00de][\w'\u2019.-]*"
NAME = (
    rf"(?-i:{_TITLE}?{WORD}(?: (?:{WORD}|van|von|de|der|den|del|della|la|le|da|di|bin|al|ten|ter)"
    rf"){{0,4}} (?=\S*[a-z]){WORD})"
)
KIN = (
    r"(?:wife|husband|partner|spouse|mother|father|mum|mom|dad|brother|sister|son|daughter|friend|"
    r"neighbou?r|aunt|uncle|grandmother|grandfather|guardian|fianc[eé]e?|colleague|girlfriend|"
    r"boyfriend|cousin|parent)"
)
_EMERGENCY = (
    r"(?:in\s+(?:an\s+|case\s+of\s+(?:an\s+)?)emergency|if\s+anything\s+happens),?"
    rf"\s+(?:please\s+)?(?:call|contact|notify|ring|phone|reach)\s+(?:(?:his|her|my|their|our)\s+)?"
    rf"(?:(?P<emergency_relationship>{KIN})\s+)?(?P<emergency_name>{NAME})"
    rf"(?:,\s*(?:his|her|my|their|our)\s+(?P<emergency_kin>{KIN}),?)?"
    rf"(?:,?\s*(?:on|at|under)?\s*(?P<emergency_phone>{PHONE}))?"
)
# What somebody says, by the names of what is told: each is one of a form's names below.
_PATTERNS = (
    rf"(?:(?:i|we|he|she|they)\s+(?:have|has)\s+)?(?P<count>\d+|{'|'.join(COUNTS)})\s+"
    r"(?P<counted>[a-z]+(?: [a-z]+)?)(?:\s+(?:in|at|for|of)\s.*)?",
    rf"{_WHO}born(?:\s+on)?\s+(?:the\s+)?(?P<birth_date>{_DATE})"
    r"(?:\s+(?:in|at)\s+(?P<birth_place>.+))?",
    rf"{_WHO}born\s+(?:in|at)\s+(?P<birth_place>[^\d]+?)(?:\s+on\s+(?P<birth_date>{_DATE}))?",
    rf"(?:.{{0,40}}\s)?{_BORN}\s+(?:(?:il|le|am|el)\s+)?(?P<birth_date>{_DATE})"
    rf"(?:\s+(?:a|\u00e0|in|en)\s+(?P<birth_place>[^\d,]+?))?{_MORE}",
    rf"(?:.{{0,40}}\s)?{_BORN}\s+(?:a|\u00e0|in|en)\s+(?P<birth_place>[^\d,]+?)"
    rf"(?:,?\s+(?:il|le|am|el)\s+(?P<birth_date>{_DATE}))?{_MORE}",
    rf"(?:.{{0,40}}\s)?am\s+(?P<birth_date>{_DATE})(?:\s+in\s+(?P<birth_place>[^\d]+?))?\s+geboren{_MORE}",
    rf"(?:.{{0,40}}\s)?{_LIVING}\s+(?:(?:in|au|\u00e0|en|a|am)\s+)?(?:(?:der|dem|la|el|il|le)\s+)?"
    rf"(?P<address>(?=.{{0,60}}\d)[^,;]{{3,60}}(?:,\s*(?-i:[A-Z\u00c0-\u00de\d])[^,;]{{1,40}}?){{0,2}}){_MORE}",
    rf"{_WHO}(?:lives?|living|resides?|residing|based)\s+(?:at|in)\s+(?P<address>(?=.*\d).+)",
    rf"{_WHO}(?:lives?|living|resides?|residing|based)\s+in\s+(?P<city>[^\d]+)",
    rf"(?P<name>{NAME}),?\s+(?:of|living at|residing at)\s+(?P<address>(?=.*\d).+?)"
    r"(?:\s+(?:would like|wants|wishes|applies|requests|needs)\b.*)?",
    rf"{_WHO}(?:works?|working|employed)\s+(?:for|at|by)\s+(?P<employer>.+?)"
    r"(?:\s+as\s+(?:an?\s+|the\s+)?(?P<occupation>.+?))?",
    rf"{_WHO}(?:works?|working|employed)\s+in\s+(?:the\s+)?(?P<department>(?-i:[A-Z])[^\d,;]{{1,60}}?)"
    r"(?:\s+(?:department|team|division))?",
    rf"we(?:\s+are|['\u2019]re)\s+(?:the\s+)?(?P<organisation>{NAME})(?:(?:,|\s+and)\s.*)?",
    rf"{_WHO}(?:works?|working|employed)\s+as\s+(?:an?\s+|the\s+)?(?P<occupation>.+?)"
    r"(?:\s+(?:at|for|with)\s+(?P<employer>.+))?",
    r"(?:an?\s+)?(?P<occupation>(?-i:[a-z])[a-z ]{2,30}?)\s+(?:at|with)\s+"
    r"(?P<employer>(?-i:[A-Z]).+)",
    rf"{_WHO}(?:aged\s+)?(?P<age>\d{{1,3}})(?:\s+years?\s+old|\s+years of age)",
    r"aged\s+(?P<age>\d{1,3})",
    rf"{_WHO}(?:earns?|earning|take[s]? home|makes?)\s+(?P<income>[$€£]?\d[\d.,]*.*)",
    rf"{_WHO}pays?\s+(?P<rent>[$€£]?\d[\d.,]*)\s+(?:a|per|each|every|/)\s?month.*",
    rf"{_WHO}insured\s+(?:with|through|by|at)\s+(?P<insurer>.+)",
    rf"{_WHO}(?:an?\s+)?(?:known\s+)?(?P<allergies>[\w-]+(?:\s[\w-]+)?\sallergy)(?:,.*)?",
    rf"{_WHO}allergic\s+to\s+(?P<allergies>.+)",
    rf"{_WHO}(?:takes|taking|takes regularly|on)\s+(?P<medication>.+?\bmg\b.*)",
    rf"{_WHO}(?:takes|taking)\s+(?P<medication>.+)",
    rf"{_WHO}(?:leaving|moving(?:\s+out)?)\s+because\s+(?P<reason_leaving>.+)",
    rf"{_WHO}(?:comes?|coming|here)\s+because\s+(?:of\s+)?(?P<reason_visit>.+)",
    rf"{_WHO}(?:weighs?|weighing)\s+(?P<weight>\d.+)",
    rf"{_WHO}(?P<height>\d[\d.,]*\s?(?:cm|m)|\d'\s?\d{{1,2}}\"?)\s+tall",
    rf"{_WHO}issued(?:\s+on)?\s+(?P<issue_date>{_DATE})",
    rf"{_WHO}valid\s+(?:until|till|to|through)\s+(?P<expiry_date>{_DATE})",
    r"(?:(?:the|this|my|his|her)\s+\w+\s+)?(?:(?:should|will|shall|to)\s+)?expir(?:es?|ing)"
    rf"(?:\s+on)?\s+(?P<expiry_date>{_DATE})",
    rf"{_WHO}(?:going|travel(?:l?ing)?|flying|off)\s+to\s+(?P<destination>(?-i:[A-Z])[\w' -]*?)"
    r"(?:\s+for\s+(?:an?\s+)?(?P<purpose>.+))?",
    rf"{_WHO}(?:rents?|renting|owns?|owning|bought)\s+(?:an?|the|my|our)\s+(?:flat|house|apartment|room)"
    r"\s+(?:at|in)\s+(?P<address>(?=.*\d).+)",
    rf"{_WHO}(?:(?:like|want|wish)s?\s+to\s+)?rent\s+(?P<property>\d.+?)"
    rf"(?:\s+from\s+(?P<start_date>{_DATE}))?",
    rf"{_WHO}there\s+for\s+(?P<how_long>\d+\s+(?:years?|months?|weeks?))",
    rf"{_WHO}(?:an?\s+)?(?:permanent\s+|temporary\s+|fixed.term\s+)?contract\s+with\s+"
    r"(?P<employer>.+?)(?:\s+since\s+(?P<employed_since>.+))?",
    rf"(?:where\s+)?{_WHO}(?P<occupation>(?:the\s+)?(?:head|director|manager|chair|professor)\s+of\s+.+)",
    rf"{_WHO}(?:needs?|requires?)\s+(?P<special_needs>.*\b(?:access|interpreter|assistance|diet)\b.*)",
    rf"{_WHO}(?:starts?|starting|beginning|begins?|effective|from)(?:\s+(?:on|from))?\s+"
    rf"(?P<start_date>{_DATE})",
    rf"{_WHO}(?:arrives?|arriving|checking in)(?:\s+on)?\s+(?P<arrival>{_DATE})",
    rf"{_WHO}(?:leaves?|leaving|departs?|departing|checking out)(?:\s+on)?\s+"
    rf"(?P<departure>{_DATE})",
    rf"(?:returns?|returning|back)(?:\s+on)?\s+(?P<return_date>{_DATE})",
    rf"{_WHO}(?:trades?|trading|doing business)\s+as\s+(?P<trading_name>.+)",
    rf"{_WHO}founded\s+(?:in\s+)?(?P<founded>\d{{4}}|{_DATE})",
    rf".{{0,60}}\b(?:called|named|name['\u2019]s|name is)\s+(?P<name>{NAME})(?:,.*)?",
    rf"(?:.{{0,40}}\b)?(?:it['\u2019]s|this is)\s+(?:\w+,\s+)?(?P<name>{NAME})(?:,.*)?",
    rf"(?P<name>(?={_TITLE}){NAME})\s+(?:would|wants|needs|wishes|is|has|applies)\b.*",
    rf"(?P<name>{NAME})\s+(?:would like|wants|needs|wishes|is applying|applies)\b.*",
    rf"(?:(?:you\s+)?(?:can|may)\s+)?(?:reach|call|phone|ring|get|find|text)\s+(?:me|him|her|them|us)\b"
    rf".{{0,30}}\s(?:at|on|under)\s+(?P<phone>{PHONE})",
    rf"(?:mine|my\s+(?:own\s+)?(?:cell|mobile|number|phone))\b[^\d+(]{{0,30}}(?P<phone>{PHONE})",
    rf"(?:i\s+am|i['\u2019]m)\s+(?P<guardian>{NAME}),?\s+(?:and\s+)?(?:his|her|their|the)\s+"
    rf"(?:child['\u2019]?s?\s+)?(?P<guardian_kin>{KIN})",
    r"(?:je suis|ich bin|soy|sono) (?:sa|la|son|le|seine|ihre|die|sein|ihr|der|su|sua|suo|il) "
    r"(?P<guardian_kin>m\u00e8re|p\u00e8re|tuteur|tutrice|mutter|vater|madre|padre|tutor|tutora),?\s+"
    rf"(?P<guardian>{NAME}){_MORE}",
    rf"(?:i\s+am|i['\u2019]m|this is)\s+(?P<name>{NAME})\s+(?:from|of|in)\s+(?:the\s+)?"
    r"(?P<department>(?-i:[A-Z])[^\d,;]{1,60}?)\s+(?:department|team|division)",
    rf"(?:i\s+am|i['\u2019]m|this is)\s+(?P<name>{NAME})"
    r"(?:\s+(?:from|of|at|with)\s+(?:the\s+)?(?P<company>.+))?",
    rf"{_WHO}(?P<nationality>(?-i:[A-Z][a-z]+(?:an|ish|ese|ch|sh|ss|ek|ean|ic|i)))"
    r"(?:(?:,| and) [a-z ,]+)?",
    rf"(?:or\s+)?(?:call|ring)\s+(?P<phone>{PHONE})",
    r"(?:(?:you\s+)?(?:can|may)\s+)?(?:e-?mail|write\s+to|contact|reach)\s+(?:me|him|her|them|us)\s+at\s+"
    rf"(?P<email>{shapes.SHAPES['email'].pattern})",
    rf"(?:(?:or|at|under)\s+)*(?P<email>{shapes.SHAPES['email'].pattern})",
    rf"(?:(?:or|on|at|under)\s+)*(?P<phone>{PHONE})",
    rf"(?P<website>{shapes.SHAPES['website'].pattern})",
    _EMERGENCY,
    rf"(?:please\s+)?(?:(?:can|could)\s+you\s+)?(?:fill|complete|register|enrol|enroll|sign\s+up|prepare|do)\b"
    rf"(?:\s+(?:this|it|the|form|in|out|up|application))*(?:\s+for)?\s+(?P<name>{NAME})"
    rf"(?:\s+\((?:surname|last name|family name)\s+(?P<last_name>[^)]+)\))?(?:(?:\s+for|,)\s.+)?",
    r"(?:new\s+)?(?P<who>patient|client|customer|member|applicant|tenant|employee|student|guest|"
    rf"travell?er|passenger|claimant|insured):?\s+(?P<name>{NAME})(?:,\s.+)?",
)
_TOLD = tuple(re.compile(rf"(?:{pattern})\s*", re.I) for pattern in _PATTERNS)
_OF_ANOTHER = re.compile(_EMERGENCY, re.I)
# So far from its end a text has its writer's name.
_SIGNING_LINES = 4
_SIGNED = re.compile(rf"(?:.{{0,200}}[,.!] )?(?P<name>{NAME})[.,]?")
_CLOSING = re.compile(
    r"\b(?:thanks?|thx|cheers|regards|wishes|sincerely|faithfully|truly|best|love|ta|bye|gr[uü](?:ß|ss)e?)\b",
    re.I,
)
_LONGEST, _LONGEST_FIRM = 300, 80
# A clause with a subject of its own is no part of a value.
_GOES_ON = re.compile(
    r"(?:,|;|\.|\s+and|\s+but)\s+(?:so\s+)?(?:i|he|she|they|we|it|his|her|my|where|who)\b.*$"
    r"|\s(?:and|but)\s(?:has|have|had|is|are|was|were|will|would|can|could|wants?|needs?|earns?)\b.*$"
    r"|\s[-\u2013\u2014]\s.*$",
    re.I | re.S,
)
# `Our place is`, or `deliver to`, is no part of an address.
_BEFORE_ADDRESS = re.compile(
    r"(?P<name>[^\d,;:]{1,80}?)\s(?:is|are|at|to)\s(?=[A-Z\u00c0-\u00de\d])(?=[^\n]*\d)"
)
_SAYS = re.compile(r"\s(?:is|are|was|were)\s")
# `the organisation Roe Institute in the country Norway`
_APPOSED = re.compile(r"^(?:the|our)\s+[a-z]+\s+(?=[A-Z])|\s+in\s+the\s+[a-z]+\s+[A-Z].*$", re.S)


def told(clause: str, is_known: Callable[[str], object]) -> list[tuple[str, str]]:
    """What a clause tells: pairs of the form's name of something, and its value.

    Args:
        clause: a part of a sentence.
        is_known: whether the form has a field of a name.
    """
    for pattern in _TOLD if len(clause) <= _LONGEST else ():
        found = pattern.fullmatch(clause)
        if not found:
            continue
        pairs = []
        groups = found.groupdict()
        who = groups.pop("who", None)
        if counted := groups.pop("counted", None):
            groups = {f"number of {counted}": groups["count"]}
        last, whole = groups.get("last_name"), groups.get("name")
        if last and whole and whole.endswith(f" {last}"):
            groups["first_name"] = groups.pop("name").removesuffix(f" {last}")
        for what, value in groups.items():
            named = (who, f"{who} name") if who and what == "name" else ()
            name = value and next(filter(is_known, (*named, *called.names(what))), None)
            if name:
                pairs.append((name, _APPOSED.sub("", _GOES_ON.sub("", value)).strip()))
        if pairs:
            return pairs
    firm = next(filter(is_known, called.names("legal_name")), None)
    if firm and _is_firm(clause):
        return [(firm, clause)]
    street = next(filter(is_known, called.STREET), None)
    before = _BEFORE_ADDRESS.match(clause)
    if before and is_known(before["name"]):
        return [(before["name"], clause[before.end() :])]  # `The business address is ...`
    clause = clause[before.end() :] if before else clause
    told_street = one_line.split(clause).get("street", "") if len(clause) <= _LONGEST else ""
    return [(street, clause)] if street and blocks.is_street(told_street) else []


def signed(text: str, is_known: Callable[[str], object]) -> list[tuple[str, str]]:
    """Who wrote a text, by the name that stands below it, as `told` has it."""
    lines = [line.strip() for line in text.strip().splitlines()]
    name = next(filter(is_known, called.names("signed")), None)
    for before, line in list(pairwise(lines))[-_SIGNING_LINES:] if name else ():
        found = _SIGNED.fullmatch(line)
        is_close = found and (not before or _CLOSING.search(before) or _CLOSING.search(line))
        if found and name and is_close:
            return [(name, found["name"])]
    return []


def _is_firm(clause: str) -> bool:
    # The full stop of `S.r.l.` may have been taken for the sentence's.
    is_short = len(clause) <= _LONGEST_FIRM and ":" not in clause and not _SAYS.search(clause)
    is_named = clause[:1].isupper() and not clause.split()[-1].islower()  # `She weighs 70 kg`
    return (
        is_short
        and is_named
        and any(blocks.LEGAL_FORM.search(text) for text in (clause, f"{clause}."))
    )


def is_of_another(sentence: str) -> bool:
    """Whether a sentence is about whom to call in an emergency, with that person's number."""
    return len(sentence) <= _LONGEST and _OF_ANOTHER.fullmatch(sentence) is not None
