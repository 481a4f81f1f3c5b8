"""Values that are known by their shape: addresses of mail and web, accounts, tax ids."""

from __future__ import annotations

import re

# Countries that VAT numbers begin with.
COUNTRIES = frozenset(
    {
        "ATU",
        "BE",
        "CHE",
        "DE",
        "DK",
        "ES",
        "EU",
        "FI",
        "FR",
        "GB",
        "IE",
        "IT",
        "LU",
        "NL",
        "PL",
        "PT",
    }
    | {"SE"}
)

SHAPES: dict[str, re.Pattern[str]] = {
    "email": re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"),
    "website": re.compile(r"(?:https?://|www\.)[^\s,;<>()]+[^\s,;<>().]", re.IGNORECASE),
    "iban": re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b"),
    "bic": re.compile(r"\b[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b"),
    "taxid": re.compile(
        r"\b(?:NL\d{4}\.\d\d\.\d{3}\.B\d\d"
        r"|(?:ATU|DE|FR|IT|ES|NL|BE|LU|GB|PL|IE|PT|DK|SE|FI|CHE|EU)[ -]?"
        r"(?=(?:[A-Z.]*\d){7})[A-Z0-9.]{7,14}(?: ?MWST)?"
        # Of these some are words before a number elsewhere.
        r"|(?:BG|CY|CZ|EE|EL|HR|HU|LT|LV|MT|RO|SI|SK)(?=[A-Z0-9]*\d{6})[A-Z0-9]{8,12}"
        r"|\d{2}[A-Z]{5}\d{4}[A-Z][A-Z\d]Z[A-Z\d]|(?<![\d+(]-)(?<![+(-])\d{2}-\d{7})\b"
    ),
    # Of many kinds, but no amount and no percentage.
    "taxnumber": re.compile(
        r"(?<![\w.,])(?:[A-Z]{1,3} ?|[A-Z]-)?(?=(?:[ ./A-Z-]{0,2}\d){5})\d[A-Z0-9]{0,20}"
        r"(?:[ ./-][A-Z0-9]{0,9}\d[A-Z0-9]{0,9}){0,5}(?:-[A-Z])?(?![\w,%])"
    ),
    "phone": re.compile(r"(?<![\w/.-])(?:\+|00)?\(?\d[\d ()/.\u2011-]{5,}\d(?![\w/-])"),
    "postal": re.compile(
        r"(?<![\w.,-])(?:[A-Z]{1,2}-)?(?:\d{5}(?:-\d{4})?|\d{4} ?[A-Z]{2}|\d{4})\b"
    ),
}
# What is unmistakable without a label.
UNMISTAKABLE = ("email", "website", "iban", "taxid")
# How long the account numbers of a country are.
_ACCOUNT_LENGTHS = {
    "AT": 20, "BE": 16, "CH": 21, "CZ": 24, "DE": 22, "DK": 18, "ES": 24, "FI": 18, "FR": 27,
    "GB": 22, "IE": 22, "IT": 27, "LU": 20, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "SE": 24,
}  # fmt: skip
# A number in groups of digits, which is longer than a quantity.
_GROUPS = re.compile(r"\d{2,4} \d{2,4}(?: \d{1,6}){1,5}(?![\w.,]\d)")
_FORMATS = {"email": "email", "idn-email": "email", "uri": "website", "url": "website"}
_FORMATS |= {"iban": "iban", "phone": "phone"}
# What a street is called, in the cases that it is written in.
WAY = re.compile(
    r"\b(?:[Ss]treet|St|[Rr]oad|Rd|[Aa]venue|Ave|[Ll]ane|Ln|[Dd]rive|Dr|[Ww]ay|[Bb]oulevard|Blvd|"
    r"[Pp]arkway|Pkwy|[Tt]urnpike|[Hh]ighway|Hwy|[Cc]ourt|[Tt]errace|"
    r"[Rr]ue|[Cc]hemin|[Pp]lace|[Cc]alle|[Vv]ia|[Pp]laza|[Ss]uite)\b\.?(?! \d)|"
    r"[Ss]tra(?:ß|ss)e\b|[Ww]eg\b|[Ss]traat\b"
)
WAY_ANY_CASE = re.compile(WAY.pattern, re.IGNORECASE)


def find(shape: str, text: str) -> re.Match[str] | None:
    """The first text of a shape in a text, or None."""
    if shape != "iban":
        return SHAPES[shape].search(text)
    return next(filter(None, map(_account, SHAPES["iban"].finditer(text))), None)


def _account(match: re.Match[str]) -> re.Match[str] | None:
    # Words that follow look like its groups: it ends where its check digits are right.
    whole = of_full_length(match)
    if whole is not None:
        return whole if is_iban(whole.group()) else None
    ends = [match.end(), *(match.start() + at for at, char in _backwards(match) if char == " ")]
    for end in ends:
        if is_iban(match.string[match.start() : end]):
            return SHAPES["iban"].match(match.string, match.start(), end)
    return None


def of_full_length(match: re.Match[str]) -> re.Match[str] | None:
    """An account number without the words behind it, where its country says how long it is."""
    length = _ACCOUNT_LENGTHS.get(match.group()[:2], 0)
    ends = [at for at, char in enumerate(match.group(), 1) if char != " "]
    if not length or len(ends) < length:
        return None
    end = match.start() + ends[length - 1]
    is_whole = not match.string[end : end + 1].isalnum()
    return SHAPES["iban"].match(match.string, match.start(), end) if is_whole else None


def _backwards(match: re.Match[str]) -> list[tuple[int, str]]:
    return list(enumerate(match.group()))[::-1]


def groups_of(text: str) -> int:
    """How many words of a text are its first number's: three of `441 870 336, Lyon`."""
    groups = _GROUPS.match(text)
    return len(groups.group().split()) if groups else 1


def is_iban(text: str) -> bool:
    """Whether an account number's check digits are right."""
    plain = text.replace(" ", "")
    if not 15 <= len(plain) <= 34:
        return False
    digits = "".join(str(int(char, 36)) for char in plain[4:] + plain[:4])
    return int(digits) % 97 == 1


def of_format(name: object) -> str | None:
    """The shape that a schema's `format` stands for, or None."""
    return _FORMATS.get(name) if isinstance(name, str) else None
