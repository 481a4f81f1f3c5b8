"""Splits, partitions and classifications, page by page: `python -m tests.quality.bundles`."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.quality import making, measuring

SENTENCES = {
    "invoice": (
        ("Invoice", "Rechnung", "Facture"),
        (
            "Invoice number: {n}", "Invoice date: 3 May 2026", "Item   Quantity   Unit price",
            "Consulting   4   120.00", "Subtotal: 480.00", "VAT 20 %: 96.00",
            "Amount due: 576.00 EUR", "Please pay within 14 days to the account below.",
        ),
        (
            "Rechnungsnummer: {n}", "Rechnungsdatum: 03.05.2026", "Pos.  Menge  Einzelpreis",
            "Beratung  4  120,00", "Zwischensumme: 480,00", "MwSt. 19 %: 91,20",
            "Gesamtbetrag: 571,20 EUR", "Zahlbar innerhalb von 14 Tagen.",
        ),
        (
            "Facture no: {n}", "Date: 3 mai 2026", "Article  Quantité  Prix unitaire",
            "Conseil  4  120,00", "Total HT: 480,00", "TVA 20 %: 96,00",
            "Montant à payer: 576,00 EUR", "Payable sous 30 jours.",
        ),
    ),
    "contract": (
        ("Service agreement", "Dienstleistungsvertrag", "Contrat de prestation"),
        (
            "This agreement is made between the parties named below.",
            "1. The contractor shall provide the services set out in schedule A.",
            "2. Either party may terminate this agreement with notice of 30 days.",
            "3. The liability of each party is limited.", "Signed by both parties:",
        ),
        (
            "Dieser Vertrag wird zwischen den genannten Parteien geschlossen.",
            "§ 1 Der Auftragnehmer erbringt die vereinbarten Leistungen.",
            "§ 2 Die Kündigung ist mit einer Frist von 30 Tagen möglich.",
            "§ 3 Die Haftung der Vertragsparteien ist beschränkt.", "Unterschrift der Parteien:",
        ),
        (
            "Le présent contrat est conclu entre les parties soussignées.",
            "Article 1. Le prestataire fournit les services convenus.",
            "Article 2. Chaque partie peut demander la résiliation du contrat.",
            "Signature des parties:",
        ),
    ),
    "bank statement": (
        ("Account statement", "Kontoauszug", "Relevé de compte"),
        (
            "Opening balance: 1,200.00", "01/05 Card payment 12.00 debit",
            "02/05 Salary 2,000.00 credit", "Closing balance: 3,188.00", "IBAN GB00 1234",
        ),
        (
            "Alter Saldo: 1.200,00", "01.05. Buchung Kartenzahlung 12,00 Soll",
            "02.05. Gehalt 2.000,00 Haben", "Neuer Saldo: 3.188,00", "IBAN DE00 1234",
        ),
        (
            "Solde précédent: 1 200,00", "01/05 Paiement carte 12,00 débit",
            "02/05 Virement 2 000,00 crédit", "Nouveau solde: 3 188,00", "IBAN FR00 1234",
        ),
    ),
    "payslip": (
        ("Payslip", "Gehaltsabrechnung", "Bulletin de paie"),
        (
            "Employee: Ada Lovelace", "Gross salary: 4,000.00", "Income tax: 800.00",
            "Pension deductions: 200.00", "Net pay: 3,000.00",
        ),
        (
            "Arbeitnehmer: Ada Lovelace", "Bruttogehalt: 4.000,00", "Lohnsteuer: 800,00",
            "Rentenversicherung: 200,00", "Nettolohn: 3.000,00",
        ),
        (
            "Salarié: Ada Lovelace", "Salaire brut: 4 000,00", "Cotisations: 800,00",
            "Salaire net à payer: 3 200,00",
        ),
    ),
    "letter": (
        ("", "", ""),
        (
            "Dear Mrs Smith,", "thank you for your kind visit to our garden last week.",
            "We were very glad to see you and hope that you come again.", "Yours sincerely,",
        ),
        (
            "Sehr geehrte Frau Schmidt,", "vielen Dank für Ihren Besuch in unserem Garten.",
            "Wir freuen uns auf ein Wiedersehen.", "Mit freundlichen Grüßen",
        ),
        (
            "Chère Madame,", "merci de votre visite dans notre jardin la semaine dernière.",
            "Nous espérons vous revoir bientôt.", "Cordialement,",
        ),
    ),
}  # fmt: skip
KINDS = [
    {"name": "invoice", "description": "A bill with items and an amount to be paid"},
    {"name": "contract", "description": "An agreement that two parties sign"},
    {"name": "bank statement", "description": "Bookings and balances of a bank account"},
    {"name": "payslip", "description": "What an employee earned, and the deductions"},
    {"name": "letter", "description": "Correspondence with a salutation"},
]
MORE = (
    "Further remarks and details are set out on this page.",
    "The details above apply in the same way as before.",
    "Nothing on this page changes what was said.",
)
KEY = "invoice number"


@dataclass(frozen=True)
class Part:
    """One document of a bundle: its kind, its number, and its pages, from 1."""

    kind: str
    number: str
    pages: list[int]


Bundle = tuple[bytes, list[Part]]


def bundle(seed: int, kinds: Sequence[str], count: int, turned: bool = False) -> Bundle:
    """A PDF of `count` documents of some kinds, one after the other."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    pages: list[making.Draw] = []
    parts: list[Part] = []
    for _ in range(count):
        fresh = [kind for kind in kinds if not parts or kind != parts[-1].kind]
        kind = chance.choice(fresh or list(kinds))
        number = f"{chance.choice('ABK')}-{chance.randint(1000, 9999)}"
        drawn = _document(chance, kind, number, turned)
        first = len(pages) + 1
        parts.append(Part(kind, number, list(range(first, first + len(drawn)))))
        pages += drawn
    return making.pdf(pages), parts


def _document(chance: random.Random, kind: str, number: str, turned: bool) -> list[making.Draw]:
    language, length = chance.randrange(3), chance.choice([1, 1, 2, 3])
    is_numbered = chance.random() < 0.6
    header = chance.choice(["Northern Harbour Ltd", "Müller & Söhne", "Atelier du Port"])
    titles, *texts = SENTENCES[kind]
    return [
        making.page(
            [line.format(n=number) for line in (MORE if page else texts[language])],
            title="" if page else titles[language],
            header=header,
            footer=f"{('Page', 'Seite', 'Page')[language]} {page + 1} / {length}"
            if is_numbered
            else "",
            turned=turned and chance.random() < 0.5,
        )
        for page in range(length)
    ]


def measure() -> Iterator[measuring.Row]:
    """What was right, of how much, for each kind of task."""
    everything, invoices = tuple(SENTENCES), ("invoice",)
    for name, seeds, turned, wear in (
        ("clean", range(30), False, _as_it_is),
        ("rotated", range(30), True, _as_it_is),
        ("scanned", range(6), False, making.scanned),
    ):
        mixed = [bundle(seed, everything, 3, turned) for seed in seeds]
        same = [bundle(1000 + seed, invoices, 3, turned) for seed in seeds]
        single = [bundle(2000 + seed, (kind,), 1, turned) for kind in everything for seed in seeds]
        for task, measured, made in (
            ("split, pages", _split, mixed),
            ("partition, pages", _partition, same),
            ("classification", _classify, single if wear is _as_it_is else single[::3]),
        ):
            yield measuring.total(
                f"{task}, {name}", (measured(wear(pdf), parts) for pdf, parts in made)
            )


def _as_it_is(content: bytes) -> bytes:
    return content


def _split(content: bytes, parts: list[Part]) -> tuple[int, int]:
    kinds = [{**kind, "allow_multiple_instances": True} for kind in KINDS]
    body = measuring.run("/v1/splits", document=making.document(content), subdocuments=kinds)
    output = body["output"] if body else []
    found = {page: part["name"] for part in output for page in part["pages"]}
    wanted = {page: part.kind for part in parts for page in part.pages}
    return sum(found.get(page) == kind for page, kind in wanted.items()), len(wanted)


def _partition(content: bytes, parts: list[Part]) -> tuple[int, int]:
    body = measuring.run(
        "/v1/partitions",
        document=making.document(content),
        key=KEY,
        instructions="One part for each invoice",
    )
    output = body["output"] if body else []
    found = {page: part["key"] for part in output for page in part["pages"]}
    wanted = {page: part.number for part in parts for page in part.pages}
    return sum(found.get(page) == number for page, number in wanted.items()), len(wanted)


def _classify(content: bytes, parts: list[Part]) -> tuple[int, int]:
    body = measuring.run("/v1/classifications", document=making.document(content), categories=KINDS)
    return int(body is not None and body["output"]["category"] == parts[0].kind), 1


if __name__ == "__main__":
    measuring.print_table(measure())
