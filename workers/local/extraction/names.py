"""What a property is called, by its name, its title, its description and the objects around it."""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from workers.local.extraction import descriptions, labels, measures, shapes, stand_ins
from workers.local.extraction.labels import Tokens
from workers.local.extraction.schemas import Node

_DESCRIBED, _VAGUELY, _CODELESS, _UNMEASURED, _ISSUED, _SUMMED = 0.9, 0.7, 0.95, 0.97, 0.85, 0.8
# Names that say of what kind a value is, and not of what.
VAGUE = frozenset(("number", "date", "name", "code", "reference", "amount"))
_QUOTED = re.compile(
    r"[\"'`\u201c\u2018\u00ab]([^\"'`\u201d\u2019\u00bb]{2,40})[\"'`\u201d\u2019\u00bb]"
)
_ROLES = (
    "date",
    "email",
    "website",
    "iban",
    "bic",
    "taxid",
    "phone",
    "postal",
    "currency",
    "address",
    "amount",
    "number",
    "name",
)
_DATES = ("date", "birth", "due", "expiry")
_AMOUNTS = ("total", "subtotal", "payable", "tax", "price", "net", "gross", "quantity", "amount")
_SUMS = frozenset(("amount", "total", "subtotal"))
_SAME_SUM = 0.8
# Of two columns of prices, the one that is no unit's is the rows' sum.
_PRICED_SUM = 0.62
_PRICES = frozenset(("price", "net", "gross", "subtotal"))
_NO_UNIT_PRICE = frozenset(("total", "line", "amount", "discount", "quantity", "item", "list"))
# A column `Rate` beside hours is their price.
_SAME_RATE = 0.7
# `VAT %` is a rate; `VAT 19 %` may be an amount.
_OF_RATES = re.compile(r"(?<![\d\s])\s*\(?%")
# `ID` alone is whose it stands with, and no document's number.
_ID_ALONE = re.compile(r"\W*id\W*(?:no|nr|number)?\W*", re.IGNORECASE)
_ID = re.compile(r"id(?:s|_|$)|Id(?![a-z])|ID", re.ASCII)
_SURE_SECTION = 0.8
# Of more properties than this that share a word with a label, those that share most are looked at.
_MAX_COMPARED = 40
# What a label gains that stands under the heading of its object.
_IN_SECTION = 0.05
_NUMBERS = ("number", "reference")
_PAID = frozenset(
    ("fare", "price", "fee", "fees", "charge", "charges", "expenses", "premium", "rent")
)
_DOCUMENTS = frozenset(("credit", "note", "report", "statement", "certificate", "letter", "quote"))
# What a heading may add: `Billing information`.
_SAYING_NOTHING = frozenset(("information", "info", "detail", "description"))
# Whose heading makes the labels under it theirs, and which labels those are.
PARTIES = frozenset(
    [("vendor",), ("customer",), ("shipto",), ("employee",), ("employer",), ("patient",)]
)
OF_PARTIES = frozenset(
    {"name", "address", "street", "city", "postal", "country", "state", "email", "phone", "fax"}
    | {"website", "number", "taxid", "tax"}
)


@lru_cache(maxsize=10_000)
def role(node: Node) -> str | None:
    """What kind of text a string property holds, as far as its name and format tell."""
    form = node.schema.get("format")
    if form in ("date", "date-time"):
        return "date"
    shape = shapes.of_format(form)
    if shape:
        return shape
    found = [*labels.tokens(node.name), *labels.tokens(str(node.schema.get("title", "")))]
    if not found or {"description", "terms", "type", "words"} & set(found):
        return None
    if any(token in found for token in _DATES) and not {"amount", "number"} & set(found):
        return "date"
    if "rate" in found:
        return "rate"
    if _is_tax_of_party(node, found):
        return "taxid"
    kinds = [
        "number" if token in _NUMBERS else "amount" if token in _AMOUNTS else token
        for token in found
    ]
    if "number" in kinds and "tax" in found and "amount" in kinds:
        kinds.remove("amount")  # a tax number is no tax
    described = labels.tokens(str(node.schema.get("description", "")))
    named = next((name for name in _ROLES if name in kinds), None)
    is_date = "date" in described and len(described) <= descriptions.MOST_WORDS
    return "date" if is_date and named is None else named


def _is_tax_of_party(node: Node, found: Sequence[str]) -> bool:
    # `customer_vat` as a text is no amount.
    whose = {*found, *labels.tokens(" ".join(node.parents[-1:]))} & {who for (who,) in PARTIES}
    is_text = bool(node.types) and set(node.types) <= {"string", "null"}
    return is_text and bool(whose) and "tax" in found and set(found) <= {"tax", "number", *whose}


@lru_cache(maxsize=10_000)
def is_quantity(node: Node) -> bool:
    """Whether a property says how many there are of something."""
    return "quantity" in labels.tokens(node.name)


@lru_cache(maxsize=10_000)
def is_discount(node: Node) -> bool:
    """Whether a property says by how much a sum is less."""
    is_number = bool({"number", "integer"} & set(node.types))
    return is_number and labels.tokens(node.name)[:1] == ("discount",)


@lru_cache(maxsize=10_000)
def is_whole(node: Node) -> bool:
    """Whether a property is what everything comes to, its tax with it."""
    tokens = set(labels.tokens(node.name))
    return bool(tokens & {"total", "payable", "gross"}) and "tax" not in tokens


class Names:
    """Which of some properties a label means."""

    def __init__(self, leaves: Sequence[Node], *, in_table: bool = False, whole: str = "") -> None:
        """Learn the names.

        Args:
            leaves: the properties.
            in_table: whether labels are a table's header: there `amount` and `total` are the same.
            whole: what a row is called; the column of its only text may be called so.
        """
        self.leaves = list(leaves)
        self._in_table = in_table
        own = Counter(labels.tokens(leaf.name) for leaf in self.leaves)
        self._aliases = [_aliases(leaf, own[labels.tokens(leaf.name)] == 1) for leaf in self.leaves]
        texts = [number for number, leaf in enumerate(self.leaves) if _is_text(leaf)] or [
            number for number, leaf in enumerate(self.leaves) if _is_plain(leaf)
        ]
        if whole and len(texts) == 1:
            self._aliases[texts[0]].append((labels.tokens(whole), _DESCRIBED))
        person = stand_ins.only_person([labels.tokens(leaf.name) for leaf in self.leaves])
        if person is not None and not in_table:
            self._aliases[person].append((("name",), _VAGUELY))
        for leaf, aliases in zip(self.leaves if in_table else (), self._aliases, strict=False):
            if set(labels.tokens(leaf.name)) == {"item", "number"}:
                aliases.append((("code",), _DESCRIBED))  # a column `Code` is the items'
        self._words = labels.words(
            text for leaf in self.leaves for text in (leaf.name, *leaf.parents, *_titles(leaf))
        )
        self._by_token: dict[str, set[int]] = defaultdict(set)
        for number, aliases in enumerate(self._aliases):
            for alias, _ in aliases:
                sums = _SUMS | _PRICES if in_table and _is_sum(alias) else ()
                for token in (*alias, *sums):
                    for name in (token, *labels.related(token)):
                        self._by_token[name].add(number)
            for token in labels.tokens(self.leaves[number].name):
                self._by_token[token].add(number)
        self._owners = [_owner(leaf) for leaf in self.leaves]
        self._objects = sorted({owner for owner, _ in self._owners if owner} | PARTIES)
        self._known: dict[tuple[str, bool, Tokens | None], dict[Node, float]] = {}

    def matches(
        self, text: str, is_recognized: bool, section: Tokens | None = None
    ) -> dict[Node, float]:
        """The properties that a label may mean, and how well it fits each.

        Args:
            text: the label.
            is_recognized: whether some of its letters may be wrong.
            section: what the heading that it stands under is about, or None.
        """
        key = text, is_recognized, section
        if key not in self._known:
            self._known[key] = self._matches(text, is_recognized, section)
        return self._known[key]

    def section(self, text: str) -> Tokens | None:
        """The object or party whose name a heading is, or None."""
        label = labels.tokens(text)
        label = tuple(token for token in label if token not in _SAYING_NOTHING) or label
        scores = [(labels.similarity(name, label), name) for name in self._objects]
        score, name = max(scores, default=(0.0, None))
        return name if score >= _SURE_SECTION else None

    def best(self, text: str, is_recognized: bool) -> float:
        """How well a label fits the property that it fits best."""
        return max(self.matches(text, is_recognized).values(), default=0.0)

    def _matches(self, text: str, is_recognized: bool, section: Tokens | None) -> dict[Node, float]:
        label = labels.misread_tokens(text, self._words) if is_recognized else labels.tokens(text)
        shared = Counter(number for token in label for number in self._by_token.get(token, ()))
        numbers = sorted(shared)
        if len(numbers) > _MAX_COMPARED:
            numbers = heapq.nsmallest(_MAX_COMPARED, numbers, key=lambda n: (-shared[n], n))
        if _OF_RATES.search(text):
            numbers = [number for number in numbers if _is_rate(self.leaves[number])]
        if _ID_ALONE.fullmatch(text):
            numbers = [number for number in numbers if _ID.search(self.leaves[number].name)]
        scores = {self.leaves[number]: self._score(number, label, section) for number in numbers}
        return {leaf: score for leaf, score in scores.items() if score >= labels.SIMILAR}

    def _score(self, number: int, label: Tokens, section: Tokens | None) -> float:
        aliases = self._aliases[number]
        score = max(weight * labels.similarity(alias, label) for alias, weight in aliases)
        if self._in_table and _is_sum(label) and any(_is_sum(alias) for alias, _ in aliases):
            score = max(score, _SAME_SUM)
        elif self._in_table and _is_price(label) and any(_is_sum(alias) for alias, _ in aliases):
            score = max(score, _PRICED_SUM)
        if self._in_table and (label in (("rate",), ("unit",)) or _is_unit_price(label)):
            score = max(score, *(_SAME_RATE if "price" in alias else 0.0 for alias, _ in aliases))
        owner, own = self._owners[number]
        if owner and owner == section:
            return max(score, labels.similarity(own, label)) + _IN_SECTION
        if section in PARTIES and set(label) <= OF_PARTIES and set(label) != {"tax"}:
            return 0.0  # `Number` under `Customer` is no invoice's
        return score


def _owner(leaf: Node) -> tuple[Tokens, Tokens]:
    # Whom or what a property is about, and what it says of that.
    own = labels.tokens(leaf.name)
    if leaf.parents:
        return labels.tokens(leaf.parents[-1]), own
    party = next((token for token in own if (token,) in PARTIES), None)
    rest = tuple(token for token in own if token != party)
    return ((party,), rest or ("name",)) if party else ((), own)


def _aliases(leaf: Node, is_unique: bool) -> list[tuple[Tokens, float]]:
    own = labels.tokens(leaf.name)
    # The innermost object says most; all of them together say it best.
    around = labels.tokens(" ".join(leaf.parents[-1:]))
    described = descriptions.aliases(leaf, VAGUE)
    found = {_joined(around, own): 1.0}
    if is_unique or not leaf.parents:
        # A `number` of which a description says more is not any number.
        telling = [alias for alias in described if set(own) < set(alias)]
        is_vague = set(own) <= VAGUE and bool(telling)
        found[own] = _VAGUELY if is_vague else 1.0
        found |= dict.fromkeys(telling if is_vague else (), 1.0)
    if own[:1] == ("total",) and own[1:] and set(own[1:]) <= _PAID:
        found.setdefault(("total",), _SUMMED)  # of a `total_fare` a label says `Total`
    if "date" in own and set(own) <= _DOCUMENTS | {"date"}:
        found.setdefault(("issue", "date"), _DESCRIBED)  # a `report_date` is when it was issued
    if "issue" in own and set(own) <= {"issue", "date"}:
        found.setdefault(("date",), _ISSUED)
    if measured := measures.unmeasured(own):
        found.setdefault(measured, _UNMEASURED)
    found |= {("taxid",): _VAGUELY} if own == ("vendor", "taxid") else {}  # others' are called so
    if own == ("number",) and not leaf.parents:
        found.setdefault(("document", "number"), _DESCRIBED)  # of what, if not of the document
    if "code" in own and len(own) > 1:
        found.setdefault(tuple(one for one in own if one not in ("code",)), _CODELESS)
    # `card_holder` may be written as one word.
    together = labels.tokens(re.sub(r"[\W_]", "", leaf.name).casefold())
    if len(together) == 1 and together != own:
        found.setdefault(together, 1.0)
    for title in _titles(leaf):
        alias = labels.tokens(title)
        found.setdefault(alias, 1.0)
        found.setdefault(_joined(around, alias), 1.0)
    for alias in described:
        found.setdefault(alias, _DESCRIBED)
    return [(alias, weight) for alias, weight in found.items() if alias]


def _is_rate(leaf: Node) -> bool:
    return role(leaf) == "rate" or "discount" in labels.tokens(leaf.name)


def _is_text(leaf: Node) -> bool:
    is_told = {"description", "item", "name", "service"} & set(labels.tokens(leaf.name))
    return leaf.types == ("string",) and bool(is_told)


def _is_plain(leaf: Node) -> bool:
    return leaf.types == ("string",) and "enum" not in leaf.schema and role(leaf) is None


def _is_sum(found: Tokens) -> bool:
    return bool(_SUMS & set(found)) and set(found) <= _SUMS | {"line", "price", "net", "item"}


def _is_price(found: Tokens) -> bool:
    return bool(_PRICES & set(found)) and set(found) <= _PRICES | {"amount", "line", "item"}


def _is_unit_price(found: Tokens) -> bool:
    # `Net price` and `VK price` are as good as `Unit price` in a table.
    return "price" in found and not _NO_UNIT_PRICE & set(found)


def _joined(around: Iterable[str], own: Iterable[str]) -> Tokens:
    return tuple(dict.fromkeys((*around, *own)))


def _titles(leaf: Node) -> list[str]:
    title = leaf.schema.get("title")
    quoted = _QUOTED.findall(str(leaf.schema.get("description", "")))
    return [text for text in (title, *quoted) if isinstance(text, str) and text.strip()]
