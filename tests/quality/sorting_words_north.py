"""What documents say in English and German."""

from __future__ import annotations

from tests.quality.sorting_parts import Form, Prose

_GOODS_EN = ("Oak shelf", "Desk lamp", "Cable drum", "Paint, white", "Door hinge", "Wool blanket")
_GOODS_DE = ("Regal Eiche", "Tischlampe", "Kabeltrommel", "Farbe weiss", "Scharnier", "Wolldecke")

WORDS: dict[str, dict[str, Form | Prose]] = {
    "en": {
        "invoice": Form(
            ("Invoice", "TAX INVOICE", "Sales Invoice"),
            (("Invoice No.", "number"), ("Date", "date"), ("Customer", "person")),
            ("Description", "Qty", "Price", "Amount"),
            _GOODS_EN,
            ("Subtotal {amount}", "VAT 20% {amount}", "Total due {amount}", "Payable in 30 days."),
        ),
        "delivery note": Form(
            ("Delivery Note", "DELIVERY NOTE", "Packing slip"),
            (("Delivery note no.", "number"), ("Shipped on", "date"), ("Deliver to", "person")),
            ("Article", "Ordered", "Delivered"),
            _GOODS_EN,
            ("3 parcels, 41 kg", "Received in good order: ____________"),
        ),
        "payslip": Form(
            ("Payslip", "PAY STATEMENT", "Salary slip"),
            (("Employee no.", "number"), ("Employee name", "person"), ("Month ending", "date")),
            ("Earnings and deductions", "Rate", "Amount"),
            ("Basic salary", "Overtime", "Income tax", "Pension", "Health insurance", "Bonus"),
            ("Gross pay {amount}", "Net pay {amount}"),
        ),
        "bank statement": Form(
            ("Bank Statement", "Statement of Account", "ACCOUNT STATEMENT"),
            (("Account number", "number"), ("Period to", "date"), ("Account holder", "person")),
            ("Date and details", "Paid out", "Paid in", "Balance"),
            (
                "03 May Grocer",
                "04 May Rent",
                "07 May Salary",
                "09 May Cash",
                "11 May Power company",
            ),
            ("Opening balance {amount}", "Closing balance {amount}"),
        ),
        "contract": Prose(
            ("Service Agreement", "CONTRACT OF SUPPLY", "Consulting Agreement"),
            (("Contract no.", "number"), ("Date", "date"), ("Between the company and", "person")),
            (
                "# Scope of the work",
                "The contractor maintains the heating of the building and reports every fault.",
                "# Price and payment",
                "The client pays a yearly fee, for which the contractor sends an invoice.",
                "# Duty of care",
                "Both parties keep secret what they learn of the affairs of the other.",
                "# Liability",
                "Neither party answers for delays that it could not foresee or prevent.",
                "# Term and termination",
                "This agreement is made for two years and ends on three months' notice.",
                "# Final provisions",
                "Changes need the written form. The law of the place of the works applies.",
            ),
            ("Place, date ____________", "Signature of the client", "Signature of the contractor"),
        ),
        "letter": Prose(
            ("Your visit in spring", "Our talk on Monday", "Garden party"),
            (("Date", "date"), ("", "person")),
            (
                "Dear Mrs Miller,",
                "it was a pleasure to see you at our house last week, and I hope you liked the "
                "garden.",
                "We would be glad if you came again when the roses are in bloom.",
                "Please tell me which of the days in June would suit you and your family.",
            ),
            ("Yours sincerely,",),
        ),
        "CV": Prose(
            ("Curriculum Vitae", "Résumé", "CURRICULUM VITAE"),
            (("Name", "person"), ("Born", "date"), ("Phone", "+44 20 7946 0991")),
            (
                "# Work experience",
                "2015 - 2024 Head gardener, City Parks, Leeds",
                "2009 - 2015 Gardener, Harlow Nursery, York",
                "# Education",
                "2005 - 2008 BSc Horticulture, University of Reading",
                "# Skills",
                "Pruning, planning of borders, driving of tractors, leading of small teams",
                "# Languages",
                "English, Spanish",
            ),
        ),
    },
    "de": {
        "invoice": Form(
            ("Rechnung", "RECHNUNG", "Rechnung für Warenlieferung"),
            (("Rechnungsnummer", "number"), ("Datum", "date"), ("Kunde", "person")),
            ("Bezeichnung", "Menge", "Einzelpreis", "Betrag"),
            _GOODS_DE,
            ("Netto {amount}", "MwSt. 19 % {amount}", "Gesamtbetrag {amount}", "Zahlbar sofort."),
        ),
        "delivery note": Form(
            ("Lieferschein", "LIEFERSCHEIN"),
            (("Lieferschein-Nr.", "number"), ("Lieferdatum", "date"), ("Empfänger", "person")),
            ("Artikel", "Bestellt", "Geliefert"),
            _GOODS_DE,
            ("3 Pakete, 41 kg", "Ware vollständig erhalten: ____________"),
        ),
        "payslip": Form(
            ("Gehaltsabrechnung", "Entgeltabrechnung", "LOHNABRECHNUNG"),
            (("Personal-Nr.", "number"), ("Mitarbeiter", "person"), ("Monat bis", "date")),
            ("Lohnart", "Satz", "Betrag"),
            ("Grundgehalt", "Zulage", "Lohnsteuer", "Rentenversicherung", "Krankenversicherung"),
            ("Gesamtbrutto {amount}", "Auszahlungsbetrag {amount}"),
        ),
        "bank statement": Form(
            ("Kontoauszug", "KONTOAUSZUG"),
            (("Kontonummer", "number"), ("Stand vom", "date"), ("Kontoinhaber", "person")),
            ("Buchung", "Soll", "Haben"),
            ("03.05. Bäckerei", "04.05. Miete", "07.05. Gehalt", "09.05. Barauszahlung"),
            ("Alter Kontostand {amount}", "Neuer Kontostand {amount}"),
        ),
        "contract": Prose(
            ("Wartungsvertrag", "DIENSTVERTRAG", "Rahmenvertrag"),
            (("Vertragsnummer", "number"), ("Datum", "date"), ("Zwischen der Firma und", "person")),
            (
                "# Gegenstand",
                "Der Auftragnehmer wartet die Heizung des Gebäudes und meldet jeden Mangel.",
                "# Vergütung",
                "Der Auftraggeber zahlt jährlich einen festen Betrag nach Erhalt der Rechnung.",
                "# Verschwiegenheit",
                "Beide Parteien bewahren Stillschweigen über alles, was sie voneinander erfahren.",
                "# Haftung",
                "Für Verzug, den keine der Parteien zu vertreten hat, wird nicht gehaftet.",
                "# Dauer und Kündigung",
                "Der Vertrag gilt zwei Jahre und endet mit einer Frist von drei Monaten.",
                "# Schluss",
                "Änderungen bedürfen der Schriftform. Gerichtsstand ist der Sitz der Firma.",
            ),
            ("Ort, Datum ____________", "Unterschrift Auftraggeber", "Unterschrift Auftragnehmer"),
        ),
        "letter": Prose(
            ("Ihr Besuch im Frühjahr", "Unser Gespräch am Montag", "Gartenfest"),
            (("Datum", "date"), ("", "person")),
            (
                "Sehr geehrte Frau Müller,",
                "es war uns eine Freude, Sie letzte Woche bei uns zu sehen, und wir hoffen, dass "
                "Ihnen der Garten gefallen hat.",
                "Wir würden uns freuen, wenn Sie wiederkämen, sobald die Rosen blühen.",
                "Bitte sagen Sie uns, welcher Tag im Juni Ihnen und Ihrer Familie passt.",
            ),
            ("Mit freundlichen Grüßen",),
        ),
        "CV": Prose(
            ("Lebenslauf", "LEBENSLAUF"),
            (("Name", "person"), ("Geboren", "date"), ("Telefon", "030 1234567")),
            (
                "# Berufserfahrung",
                "2015 - 2024 Obergärtner, Stadtgrün, Leipzig",
                "2009 - 2015 Gärtner, Baumschule Hartmann, Halle",
                "# Ausbildung",
                "2005 - 2008 Studium Gartenbau, Hochschule Erfurt",
                "# Kenntnisse",
                "Baumschnitt, Planung von Beeten, Führung kleiner Gruppen",
                "# Sprachen",
                "Deutsch, Polnisch",
            ),
        ),
    },
}
