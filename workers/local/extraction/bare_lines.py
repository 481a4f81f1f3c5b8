"""Lines of rows that no header stands above: a text, its amount, and how many at what price."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from workers.local.extraction import labels, numbers, sums
from workers.local.extraction.segments import Segment, Sheet, has_digit
from workers.local.extraction.values import Values

_MOST_QUANTITY = 10_000
_DIGITS = re.compile(r"[\d.,%]+")
_TIMES = "[xX*@\N{MULTIPLICATION SIGN}\N{LATIN SMALL LETTER A WITH GRAVE}]"
_COUNT = re.compile(rf"\d{{1,3}} ?{_TIMES}? ?[^\W\d].*")
_TIMES_WORD = re.compile(_TIMES)
_COUNTED_WORD = re.compile(rf"\d{{1,3}}{_TIMES}")
_SIGN = r"[-+(\N{MINUS SIGN}\N{EN DASH}]? ?(?:[$\u20ac\u00a3\u00a5\u20b9]|[A-Z]{3})? ?"
_MONEY = rf"{_SIGN}-?\d{{1,3}}(?:[., ]?\d{{3}}){{0,3}}[.,]\d\d[-)]?"
# Behind an amount tills print the letter of its tax, others its currency.
_AMOUNT = re.compile(rf"{_MONEY}(?: ?(?:[A-Z*]{{1,3}}|[$\u20ac\u00a3\u20b9]))?")
_MOST_AMOUNT_WORDS = 4
# How far amounts under one another may end apart, in characters: a sign behind takes room.
_ASKEW = 1.5
# `2 @ 6.50`, `38,42 l x 1,689 EUR/l`
_MULTIPLIED = re.compile(
    rf"(?P<count>\d{{1,4}}(?:[.,]\d{{1,3}})?) ?[^\W\d_]{{0,6}}\.? ?{_TIMES} ?"
    r"(?P<price>[$\u20ac\u00a3\u20b9]? ?(?:\d{1,5}(?:[.,]\d{1,3}){0,2}|[.,]\d{2,3}))"
    r"(?: ?[^\d\s]{1,3})?(?: ?/ ?\S{1,8})?"
)
_UNIT_PRICE = re.compile(
    rf"{_TIMES}? ?{_SIGN}\d{{1,5}}(?:[.,]\d{{3}})?[.,]\d{{2,3}}(?: ?[^\d\s]{{1,3}})?"
)
_CENT = Decimal("0.01")


class Minor(Enum):
    """Which taxes and discounts may be rows: none; those with a name of their own; or all."""

    NONE = "none"
    NAMED = "named"
    ALL = "all"


@dataclass(frozen=True)
class Told:
    """What a row says of how many there are, or of the price of one, and where."""

    text: str
    segment: Segment


@dataclass(frozen=True)
class Row:
    """A row.

    Attributes:
        text: what it is of; None where the line before has to say it.
        amount: its amount.
        value: that as a number.
        quantity: how many there are.
        price: what one is.
        segments: all that it is made of.
    """

    text: Segment | None
    amount: Segment
    value: Decimal
    quantity: Told | None = None
    price: Told | None = None
    segments: tuple[Segment, ...] = ()


def amount(segment: Segment) -> tuple[Segment | None, Segment] | None:
    """What stands before the amount that ends a segment, and that; None if none ends it."""
    count = len(segment.words)
    for start in range(max(0, count - _MOST_AMOUNT_WORDS), count):
        part = segment.part(start)
        if _AMOUNT.fullmatch(part.text):
            return segment.part(0, start) if start else None, part
    return None


def ends(part: Segment) -> float:
    """Where the digits of an amount end, which stand under one another."""
    last = max((word for word in part.words if has_digit(word.text)), key=lambda word: word.right)
    behind = len(last.text) - len(last.text.rstrip("-)"))
    return last.right - behind * (last.right - last.left) / len(last.text)


def at(line: Sequence[Segment], right: float, sheet: Sheet) -> int | None:
    """Which of a line's segments ends with an amount at a place from the left; None if none."""
    for place, one in enumerate(line):
        found = amount(one) if abs(one.right - right) <= 6 * sheet.character else None
        if found and abs(ends(found[1]) - right) <= _ASKEW * sheet.character:
            return place
    return None


def row(line: Sequence[Segment], values: Values, minor: Minor) -> Row | None:
    """The row that segments are of which the last has the amount; None if it is none.

    Args:
        line: the segments, from the left.
        values: reads texts.
        minor: whether it may be a tax or a discount.
    """
    found = amount(line[-1])
    value = values.number(found[1].text) if found else None
    if found is None or value is None or not numbers.has_cents(value):
        return None
    before = [*line[:-1], *([found[0]] if found[0] else [])]
    told = Row(None, found[1], value, segments=(line[-1],))
    while before and not _has_word(before[-1].text) and not is_multiplied(before[-1].text):
        # Between the text and the amount stand the price of one, and the rate of the tax.
        number = before.pop()
        told = replace(told, price=told.price or _price(number), segments=(*told.segments, number))
    if not before:
        return None
    if both := multiplied(before[-1], told.value, values):
        segments = (*told.segments, before[-1])
        return replace(told, quantity=both[0], price=both[1], segments=segments)
    text = before[-1]
    if ":" in text.text or _is_sum(text.text, found[1].text, value, minor):
        return None
    count = before[-2] if len(before) > 1 and _is_count(before[-2], values) else None
    quantity = (
        Told(count.text.rstrip("xX*\N{MULTIPLICATION SIGN}").strip(), count) if count else None
    )
    segments = (*told.segments, *line[-3 if count else -2 : -1])
    return _priced(replace(told, text=text, quantity=quantity, segments=segments), values)


def multiplied(segment: Segment, value: Decimal, values: Values) -> tuple[Told, Told] | None:
    """How many at what price, if a text says that, and their product is an amount."""
    both = factors(segment.text, value, values)
    return (Told(both[0], segment), Told(both[1], segment)) if both else None


def factors(text: str, value: Decimal, values: Values) -> tuple[str, str] | None:
    """How many at what price a text says, if their product is an amount."""
    match = _MULTIPLIED.fullmatch(text)
    if match is None or not _makes(match["count"], match["price"], value, values):
        return None
    return match["count"], match["price"].strip()


def is_multiplied(text: str) -> bool:
    """Whether a text says how many there are at what price, and nothing else."""
    return _MULTIPLIED.fullmatch(text) is not None


def counted(rows: Sequence[Row]) -> list[Row]:
    """Rows whose texts begin with how many there are, without that.

    `2 x Wiener Melange` says so itself, `2 Wiener Melange` where every row begins so.
    """
    begun = [one for one in rows if one.quantity is None and one.text and _begins(one.text)]
    is_every = len(begun) == len(rows)
    return [
        _parted(one) if one in begun and (is_every or _is_times(one.text)) else one for one in rows
    ]


def named(one: Row, above: Segment | None, values: Values) -> Row | None:
    """A row with the text of the line before it, if its own line has none; None if none has.

    Args:
        one: the row.
        above: that line, which else may say how many there are at what price.
        values: reads texts.
    """
    if one.text is not None:
        return _times(one, above, values)
    if above is None or is_multiplied(above.text) or ":" in above.text:
        return None
    return replace(one, text=above, segments=(*one.segments, above))


def _times(one: Row, above: Segment | None, values: Values) -> Row:
    both = multiplied(above, one.value, values) if above and one.quantity is None else None
    if above is None or both is None:
        return one
    return replace(one, quantity=both[0], price=both[1], segments=(*one.segments, above))


def whole(line: Sequence[Segment]) -> Segment:
    """Segments of a line as one."""
    words = tuple(word for segment in line for word in segment.words)
    seen = tuple(word for segment in line for word in segment.seen)
    return replace(line[0], words=words, seen=seen)


def _begins(text: Segment) -> bool:
    return len(text.words) > 1 and _COUNT.fullmatch(text.text) is not None


def _is_times(text: Segment | None) -> bool:
    return text is not None and (
        _COUNTED_WORD.fullmatch(text.words[0].text) is not None
        or (len(text.words) > 2 and _TIMES_WORD.fullmatch(text.words[1].text) is not None)
    )


def _parted(one: Row) -> Row:
    if one.text is None:
        return one
    count = one.text.part(0, 1)
    is_apart = len(one.text.words) > 2 and _TIMES_WORD.fullmatch(one.text.words[1].text)
    quantity = Told(count.text.rstrip("xX*@\N{MULTIPLICATION SIGN}"), count)
    return replace(one, text=one.text.part(2 if is_apart else 1), quantity=quantity)


def _price(segment: Segment) -> Told | None:
    match = _UNIT_PRICE.fullmatch(segment.text)
    return Told(segment.text.lstrip("xX*@\N{MULTIPLICATION SIGN} "), segment) if match else None


def _priced(one: Row, values: Values) -> Row:
    # The price of one is believed only if it makes the amount, and may end the text itself.
    if one.text is None:
        return one
    ending = _unit_price(one.text) if one.price is None else None
    price = Told(ending[1].text, ending[1]) if ending else one.price
    text = ending[0] if ending else one.text
    begun = _begins(text) if one.quantity is None else False
    count = one.quantity.text if one.quantity else text.words[0].text if begun else "1"
    count = count.rstrip("xX*@\N{MULTIPLICATION SIGN}")
    if price is None or not _makes(count, price.text, one.value, values):
        return replace(one, price=None)
    one = replace(one, text=text, price=price)
    return _parted(one) if begun else one


def _unit_price(text: Segment) -> tuple[Segment, Segment] | None:
    # `Laugenstange 1,60`
    last = len(text.words) - 1
    is_price = last > 0 and _UNIT_PRICE.fullmatch(text.words[last].text) is not None
    return (text.part(0, last), text.part(last)) if is_price else None


def _makes(count: str, price: str, value: Decimal, values: Values) -> bool:
    one, each = values.number(count), values.number(price)
    return one is not None and each is not None and abs(one * each - abs(value)) < _CENT


def _is_sum(text: str, amount_text: str, value: Decimal, minor: Minor) -> bool:
    # A sum is not less than nothing: what is taken off is a row of its own.
    if not sums.is_closing([text, amount_text], 2 if value < 0 else 4):
        return False
    # `Transaction tax` is a row, `Tax 19 %` what is put on all of them; so is `Kaffee groß`.
    is_minor = sums.is_minor([text]) or sums.is_minor(text.split()[:1])
    is_named = not labels.is_common(_DIGITS.sub(" ", text))
    return not (is_minor and (minor is Minor.ALL or (minor is Minor.NAMED and is_named)))


def _has_word(text: str) -> bool:
    return any(map(str.isalpha, text)) and _UNIT_PRICE.fullmatch(text) is None


def _is_count(segment: Segment, values: Values) -> bool:
    # What has cents is an amount of something else on the line.
    number = values.number(segment.text.rstrip("xX*\N{MULTIPLICATION SIGN}").strip())
    if number is None or numbers.has_cents(number):
        return False
    return 0 < number < _MOST_QUANTITY and number == int(number)
