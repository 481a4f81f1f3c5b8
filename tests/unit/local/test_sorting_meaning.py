"""Documents that say what they are in none of their kinds' words, and are told by their meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.unit.local.conftest import page
from workers.local import encoder, gist, sorting, splits
from workers.local.evidence import Sorter
from workers.local.kinds import Kind

PARISH = [
    Kind("funeral", "A family has lost somebody."),
    Kind("wedding", "Two people want to marry."),
    Kind("bell tower repairs", "Craftsmen mend the tower."),
]
MOURNING = (
    "My dear friends,\nit is with a heavy heart that I tell you that Grandmother passed away on\n"
    "Sunday night, peacefully in her sleep. We would like to bury her beside Grandfather\n"
    "in the old cemetery, and hope that you can say some words at the grave.\n"
)
IN_LOVE = (
    "Hello,\nJonas and I got engaged at Easter and are looking for a day in June for our big day.\n"
    "Could we see the chapel some evening, and would the choir sing for bride and groom?\n"
    "We expect about eighty guests, and my sister will be the bridesmaid.\n"
)
TRAUER = (
    "An das Pfarramt\nMit schwerem Herzen teile ich euch mit, dass Oma am Sonntag friedlich\n"
    "eingeschlafen ist. Wir möchten sie neben Opa auf dem alten Friedhof beisetzen und hoffen,\n"
    "dass Sie am Grab ein paar Worte für uns und alle Trauernden finden.\n"
)
MASONRY = (
    "Quarry & Sons, masons\nWe looked at the spire on Tuesday. The mortar has crumbled on the\n"
    "west side, some stones are loose, and the scaffold would have to stand for five weeks. We\n"
    "would start with the belfry and replace the cracked beam below the roof.\n"
)
RECIPE = (
    "Take six eggs, a pound of flour and a little butter. Beat the eggs until they are foamy,\n"
    "stir in the flour spoon by spoon, and let the dough rest for an hour in a cool place.\n"
    "Bake it until it is golden, and serve it with cream and cherries.\n"
)


def verdict(text: str, kinds: Sequence[Kind] = PARISH) -> str:
    return kinds[sorting.classify([page(text, 1)], kinds).kind].name


@pytest.mark.parametrize(
    ("text", "expected"),
    [(MOURNING, "funeral"), (IN_LOVE, "wedding"), (TRAUER, "funeral"), (MASONRY, PARISH[2].name)],
)
def test_what_a_page_is_about_tells_its_kind_in_any_words(text: str, expected: str) -> None:
    assert verdict(text) == expected
    assert verdict(text.upper()) == expected


def test_the_likest_line_is_quoted_where_no_word_speaks() -> None:
    letter = page(TRAUER, 1)
    assert not Sorter(PARISH).scores(letter).evidence[0]
    reasoning = sorting.classify([letter], PARISH).reasoning
    assert reasoning.startswith("“")
    assert "(page 1) speaks for funeral" in reasoning


def test_instructions_tell_what_a_kind_is_about() -> None:
    kinds = [Kind("B2"), Kind("A1"), Kind("C3")]
    said = "A1 is about death and funerals. B2 is about weddings. C3 is about building works."
    assert sorting.classify([page(MOURNING, 1)], kinds, said).kind == 1


def test_a_title_has_the_last_word() -> None:
    kinds = [Kind("invoice"), Kind("funeral", "A family has lost somebody.")]
    bill = f"INVOICE\nInvoice number: 17\nTotal due: 900.00\n{MOURNING}"
    assert verdict(bill, kinds) == "invoice"


def test_the_rest_takes_what_is_near_to_none_and_no_more() -> None:
    kinds = [*PARISH, Kind("other")]
    assert verdict(RECIPE, kinds) == "other"
    assert verdict(MOURNING, kinds) == "funeral"


def test_a_bundle_has_what_is_near_and_leaves_out_what_is_far() -> None:
    mails = [
        f"From: {name}@home.example\nTo: office@parish.example\nSubject: hello\n\n{text}"
        for name, text in (("ann", MOURNING), ("bob", RECIPE), ("cy", IN_LOVE))
    ]
    pages = [page(text, number) for number, text in enumerate(mails, 1)]
    assert splits.split(pages, PARISH, None) == [splits.Part(0, (1,)), splits.Part(1, (3,))]


def test_a_few_words_say_too_little() -> None:
    pages = [page("FAX\nPlease find attached: Grandmother's funeral", 1), page("", 2)]
    assert gist.of_pages(pages, PARISH) == [None, None]
    assert gist.scores(pages, PARISH) == [Sorter(PARISH).scores(own) for own in pages]


def test_of_huge_pages_and_many_kinds_only_the_beginning_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    encoded: list[str] = []
    vectors = encoder.vectors

    def noted(texts: Sequence[str]) -> Any:
        encoded.extend(texts)
        return vectors(texts)

    gist._known()
    monkeypatch.setattr(encoder, "vectors", noted)
    kinds = [Kind(f"kind {number}") for number in range(300)]
    gist.of_pages([page(MOURNING * 400, 1), page(MOURNING.replace("\n", " ") * 400, 2)], kinds)
    assert len(encoded) <= len(kinds) + 2 * (gist.MOST_LINES + 1)
    assert max(map(len, encoded)) <= encoder.MOST_CHARACTERS
