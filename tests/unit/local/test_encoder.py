"""How alike texts are in meaning."""

from __future__ import annotations

import pytest

from workers.local import encoder


@pytest.mark.parametrize(
    ("text", "same", "other"),
    [
        ("vehicle registration", "Fahrzeugkennzeichen", "Versicherungsnehmer"),
        ("date of birth", "Geburtsdatum", "Rechnungsdatum"),
        ("reason for leave", "Purpose of absence", "Place of birth"),
        ("tenant", "locataire", "fournisseur"),
    ],
)
def test_other_words_and_languages_are_alike_in_meaning(text: str, same: str, other: str) -> None:
    [[alike, unlike]] = encoder.likenesses([text], [same, other])
    assert alike > unlike + 0.1


def test_a_text_is_like_itself_whatever_its_numbers_and_spaces() -> None:
    [[same, spaced]] = encoder.likenesses(["page 3 of 17"], ["page 4 of 18", " page  3\nof 17 "])
    assert same == pytest.approx(1, abs=1e-3)
    assert spaced == pytest.approx(1, abs=1e-3)


def test_texts_are_as_alike_beside_others_as_alone() -> None:
    together = encoder.vectors(["first text", "second text", "first text", ""])
    encoder._kept.clear()  # what was encoded beside others is not kept for what comes alone
    assert abs(together[0] - encoder.vectors(["first text"])[0]).max() < 1e-4
    assert (together[0] == together[2]).all()


def test_more_texts_than_are_kept_have_a_vector_each() -> None:
    texts = [f"text {chr(97 + number % 26)} {number}x" for number in range(encoder.MOST_KEPT + 50)]
    assert encoder.vectors(texts).shape == (len(texts), 512)


def test_of_a_long_text_the_beginning_counts() -> None:
    long = "rent and deposit of a flat " * 20
    [[same]] = encoder.likenesses([long], [long + "words " * 1_000_000])
    assert same == pytest.approx(1, abs=1e-3)
