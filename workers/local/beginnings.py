"""Where in a bundle a new document begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from workers.documents.layout import Box
from workers.documents.page import Page
from workers.local import continuations, furniture, own_numbers, runs
from workers.local.evidence import Scores
from workers.local.furniture import PageNumber
from workers.local.runs import Run
from workers.local.terms import folded

# What speaks for a beginning is positive, what speaks for a continuation negative.
NEUTRAL = -0.7
NEXT_NUMBER, FIRST_NUMBER, LATER_NUMBER, EARLIER_NUMBER = -4.0, 3.0, -1.5, 1.5
SECOND_NUMBER = -3.0
AFTER_LAST, BEFORE_LAST = 2.0, -2.0
TITLE, SAME_TITLE_ANEW, UNKNOWN_TITLE = 2.4, 1.0, 0.8
# From here on a page is surely of the kind that its title names.
OTHER_KIND = 5.0
# The share of its lines in which a form filled in anew is the same, digits aside.
SAME_FORM, LEAST_LINES = 0.5, 4
FORM_ANEW = 3.0
CARRIED_OVER, ATTACHED, NEXT_SECTION, AMID_SENTENCE, BLANK = -2.5, -1.5, -2.0, -1.0, -1.5
SALUTATION, AFTER_CLOSING, MAIL_HEAD = 1.5, 0.7, 3.0
# So many of an e-mail's first lines say from whom it is, to whom, when and about what.
MAIL_LINES, LEAST_OF_HEAD = 8, 3
OTHER_FOOTER, SAME_FOOTER, OTHER_SIZE = 0.2, -0.5, 0.7
SAME_HEADER = -0.5
# No document goes on with a page that says all that its first one does; short ones may.
COPY, LEAST_COPIED = 5.0, 20
# Where less than this share of the words is of a size that the page before has, too.
OTHER_TYPE, FEW_SHARED = 1.2, 0.1
NO_HEAD = -0.4
_CARRIED = re.compile(
    r"\b(continued|continuation|cont'?d|brought forward|carried forward|fortsetzung|ubertrag|suite|"
    r"report a nouveau|continua|continuacion|segue|seguito|suma anterior|vervolg|continuacao)\b"
)
_ATTACHED = re.compile(
    r"\s*(exhibit|annex|appendix|schedule|attachment|anlage|anhang|annexe|anexo|allegato|bijlage)\b"
)
_SALUTATION = re.compile(
    r"\s*(dear |sehr geehrte|liebe[rs]? |(cher|chere|chers) |madame|monsieur|estimad|querid|"
    r"egregi|gentil[ei]|spett|geachte|beste |prezad|to whom it may)"
)
_CLOSING = re.compile(
    r"(sincerely|faithfully|kind regards|best regards|freundlichen gru|hochachtungsvoll|"
    r"salutations|cordialement|atentamente|cordiali saluti|distinti saluti|vriendelijke groet)"
)
_HEAD_OF_MAIL = re.compile(
    r"\s*(from|to|sent|date|subject|cc|von|an|gesendet|datum|betreff|de|a|envoye|date|objet|para|"
    r"enviado|fecha|asunto|da|inviato|data|oggetto|aan|verzonden|onderwerp)\s?:"
)
_SECTION = re.compile(r"\s*(?:§|art(?:icle|ikel|\.)?|section|clause)?\s*(\d{1,3})[.)]?\s+\D")


def weights(pages: Sequence[Page], scores: Sequence[Scores]) -> list[float]:
    """For each page, how much speaks for a new document that begins on it.

    Args:
        pages: the bundle's.
        scores: which kinds they fit.
    """
    said = furniture.page_numbers(pages)
    numbers = own_numbers.Numbers(pages)
    found = [float("inf")] if pages else []
    begun = {_said_by(page) for page in pages[:1]}
    for place in range(1, len(pages)):
        before, page = pages[place - 1], pages[place]
        has_head = scores[place].title is not None or _has_large(page)
        if not page.words:
            found.append(NEUTRAL + BLANK)
            continue
        found.append(
            NEUTRAL
            + _by_page_number(said[place - 1], said[place])
            + _by_title(scores[place - 1], scores[place], before, page)
            + _by_numbers(numbers.weight(place, has_head), scores[place - 1], scores[place])
            + (FORM_ANEW if furniture.is_form_anew(before, page, said[place]) else 0.0)
            + _by_text(before, page)
            + _by_look(before, page)
            + continuations.weight(before, page)
            + (_by_type(before, page) or _by_head(page, has_head or numbers.has_any(place)))
            + (COPY if _said_by(page) in begun and len(page.words) >= LEAST_COPIED else 0.0)
        )
        if found[-1] > 0:
            begun.add(_said_by(page))
    return found


def _said_by(page: Page) -> str:
    return " ".join(word.text for word in page.words)


def _by_page_number(before: PageNumber | None, own: PageNumber | None) -> float:
    if own is None:
        if before is None or before.total is None:
            return 0.0
        return AFTER_LAST if before.number == before.total else BEFORE_LAST
    if own.number == 1:
        return FIRST_NUMBER
    if before is None:
        # Many a first page has no number.
        return SECOND_NUMBER if own.number == 2 else LATER_NUMBER
    if own.number == before.number + 1 and own.total == before.total:
        return NEXT_NUMBER
    return EARLIER_NUMBER if own.number <= before.number else LATER_NUMBER


def _by_title(earlier: Scores, scores: Scores, before: Page, own: Page) -> float:
    title = scores.title
    if title is None:
        return _by_large_line(before, own)
    if earlier.title is None or folded(earlier.title.text) != folded(title.text):
        return TITLE
    return SAME_TITLE_ANEW if title.is_large or _is_same_form(before, own) else 0.0


def _by_numbers(weight: float, earlier: Scores, scores: Scores) -> float:
    # A credit note has its invoice's number, and is no page of it.
    title = scores.title
    if not scores.kinds or title is None or earlier.title is None or not title.is_large:
        return weight
    kinds = [max(range(len(each.kinds)), key=each.kinds.__getitem__) for each in (earlier, scores)]
    is_other = folded(earlier.title.text) != folded(title.text) and kinds[0] != kinds[1]
    return max(weight, 0.0) if is_other and max(scores.kinds) >= OTHER_KIND else weight


def _by_large_line(before: Page, own: Page) -> float:
    # A title may name no known kind; one that stands on the page before, too, is a letterhead, and
    # one as large as a line amid the page before is a section's.
    large = [
        run
        for run in runs.of_page(own)
        if run.line < own_numbers.UPPER_LINES and run.size >= runs.LARGE
    ]
    earlier = runs.of_page(before)
    known = {run.text for run in earlier}
    headings = {_size(run.words[0]) for run in earlier if run.line >= runs.FIRST_LINES}
    new = [run for run in large if run.text not in known and not _is_amount(run)]
    return UNKNOWN_TITLE if any(_size(run.words[0]) not in headings for run in new) else 0.0


def _is_amount(run: Run) -> bool:
    return 2 * sum(map(str.isdigit, run.text)) >= len(run.text.replace(" ", ""))


def _is_same_form(before: Page, own: Page) -> bool:
    shapes = set(furniture.shapes(own))
    shared = shapes & set(furniture.shapes(before))
    return len(shapes) >= LEAST_LINES and len(shared) >= SAME_FORM * len(shapes)


def _by_text(before: Page, own: Page) -> float:
    lines, earlier = _texts(own), _texts(before)
    weight = 0.0
    if any(_CARRIED.search(line) for line in lines[: furniture.EDGE_LINES]):
        weight += CARRIED_OVER
    if lines and _ATTACHED.match(lines[0]):
        weight += ATTACHED
    if any(_SALUTATION.match(line) for line in _upper(own, lines)):
        weight += SALUTATION
    if _is_mail(lines):
        weight += MAIL_HEAD
    if any(_CLOSING.search(line) for line in earlier[len(earlier) // 2 :]):
        weight += AFTER_CLOSING
    if _goes_on(_sections(before), _sections(own)):
        weight += NEXT_SECTION
    return weight + _amid_sentence(before, own)


def _by_look(before: Page, own: Page) -> float:
    weight = 0.0
    footers = furniture.shapes(before)[-1:], furniture.shapes(own)[-1:]
    if all(footers):
        weight += SAME_FOOTER if footers[0] == footers[1] else OTHER_FOOTER
    headers = furniture.shapes(before)[:1], furniture.shapes(own)[:1]
    if all(headers) and headers[0] == headers[1]:
        weight += SAME_HEADER
    if _is_paper(before) and _is_paper(own) and abs(before.width - own.width) > 0.02 * own.width:
        weight += OTHER_SIZE
    return weight


def _by_type(before: Page, own: Page) -> float:
    # Two documents are seldom set in letters of the same sizes.
    if not (_is_printed(before) and _is_printed(own)):
        return 0.0
    sizes = Counter(_size(word) for word in own.words)
    shared = sum(sizes[size] for size in {_size(word) for word in before.words})
    return OTHER_TYPE if shared <= FEW_SHARED * len(own.words) else 0.0


def _by_head(own: Page, has_any: bool) -> float:
    # What begins has a title, a number, a salutation, or at least a line in large letters.
    is_letter = any(_SALUTATION.match(line) for line in _upper(own, _texts(own)))
    return 0.0 if has_any or is_letter else NO_HEAD


def _has_large(page: Page) -> bool:
    return any(
        run.line < own_numbers.UPPER_LINES and run.size >= runs.LARGE for run in runs.of_page(page)
    )


def _size(word: Box) -> int:
    return round((word.bottom - word.top) * 10)


def _is_printed(page: Page) -> bool:
    return _is_paper(page) and not page.is_recognized


def _is_paper(page: Page) -> bool:
    # A page of plain text is as wide as its longest line.
    return any(word.bottom - word.top != 1 for word in page.words)


def _upper(page: Page, lines: Sequence[str]) -> Sequence[str]:
    # What stands above the middle of the page, or of its lines.
    above = sum(1 for line in page.lines if line[0].top < page.height / 2)
    return lines[: max(above, len(lines) // 2 + 1)]


def _texts(page: Page) -> list[str]:
    return [folded(" ".join(word.text for word in line)) for line in page.lines]


def _sections(page: Page) -> list[int]:
    return [int(found.group(1)) for line in _texts(page) if (found := _SECTION.match(line))]


def _goes_on(before: Sequence[int], own: Sequence[int]) -> bool:
    return bool(before and own) and own[0] > 1 and own[0] in (before[-1], before[-1] + 1)


def _is_mail(lines: Sequence[str]) -> bool:
    found = (_HEAD_OF_MAIL.match(line) for line in lines[:MAIL_LINES])
    return len({match.group(1) for match in found if match}) >= LEAST_OF_HEAD


def _amid_sentence(before: Page, own: Page) -> float:
    if not before.lines:
        return 0.0
    first = own.lines[0][0].text
    return AMID_SENTENCE if first[:1].islower() else 0.0
