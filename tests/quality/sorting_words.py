"""What the documents of `tests.quality.sorting` say, in four languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """A document of labels, values and rows: its first field is its number.

    Attributes:
        titles: what it may call itself.
        fields: labels, and what their values are: `number`, `date`, `person`, `amount` or a text.
        header: of its rows.
        rows: what may stand in the first column of a row.
        closing: what stands at the end.
    """

    titles: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    header: tuple[str, ...]
    rows: tuple[str, ...]
    closing: tuple[str, ...]


@dataclass(frozen=True)
class Prose:
    """A document of sentences; a heading begins with `#`."""

    titles: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]
    closing: tuple[str, ...] = ()


_GOODS = {
    "en": ("Oak shelf", "Desk lamp", "Cable drum", "Paint, white", "Door hinge", "Wool blanket"),
    "de": ("Regal Eiche", "Tischlampe", "Kabeltrommel", "Farbe weiss", "Scharnier", "Wolldecke"),
    "fr": ("Table en bois", "Lampe", "Bobine", "Peinture blanche", "Serrure", "Couverture"),
    "es": ("Estante de roble", "Bombilla", "Cable de cobre", "Pintura blanca", "Bisagra", "Manta"),
}

WORDS: dict[str, dict[str, Form | Prose]] = {
    "en": {
        "invoice": Form(
            ("Invoice", "TAX INVOICE", "Sales Invoice"),
            (("Invoice No.", "number"), ("Date", "date"), ("Customer", "person")),
            ("Description", "Qty", "Price", "Amount"),
            _GOODS["en"],
            ("Subtotal {amount}", "VAT 20% {amount}", "Total due {amount}", "Payable in 30 days."),
        ),
        "delivery note": Form(
            ("Delivery Note", "DELIVERY NOTE", "Packing slip"),
            (("Delivery note no.", "number"), ("Shipped on", "date"), ("Deliver to", "person")),
            ("Article", "Ordered", "Delivered"),
            _GOODS["en"],
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
            _GOODS["de"],
            ("Netto {amount}", "MwSt. 19 % {amount}", "Gesamtbetrag {amount}", "Zahlbar sofort."),
        ),
        "delivery note": Form(
            ("Lieferschein", "LIEFERSCHEIN"),
            (("Lieferschein-Nr.", "number"), ("Lieferdatum", "date"), ("Empfänger", "person")),
            ("Artikel", "Bestellt", "Geliefert"),
            _GOODS["de"],
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
    "fr": {
        "invoice": Form(
            ("Facture", "FACTURE"),
            (("Facture n°", "number"), ("Date", "date"), ("Client", "person")),
            ("Désignation", "Quantité", "Prix", "Montant"),
            _GOODS["fr"],
            ("Total HT {amount}", "TVA 20 % {amount}", "Total TTC {amount}", "Payable à 30 jours."),
        ),
        "delivery note": Form(
            ("Bon de livraison", "BON DE LIVRAISON"),
            (("Bon de livraison n°", "number"), ("Livré le", "date"), ("Destinataire", "person")),
            ("Article", "Commandé", "Livré"),
            _GOODS["fr"],
            ("3 colis, 41 kg", "Reçu en bon état : ____________"),
        ),
        "payslip": Form(
            ("Bulletin de paie", "BULLETIN DE SALAIRE", "Fiche de paie"),
            (("Matricule", "number"), ("Salarié", "person"), ("Mois", "date")),
            ("Rubrique", "Taux", "Montant"),
            ("Salaire de base", "Prime", "Retraite", "Mutuelle", "Heures supplémentaires"),
            ("Salaire brut {amount}", "Net à payer {amount}"),
        ),
        "bank statement": Form(
            ("Relevé de compte", "RELEVÉ BANCAIRE"),
            (("Compte n°", "number"), ("Arrêté au", "date"), ("Titulaire", "person")),
            ("Opération", "Débit", "Crédit"),
            ("03/05 Boulangerie", "04/05 Loyer", "07/05 Virement reçu", "09/05 Retrait"),
            ("Ancien solde {amount}", "Nouveau solde {amount}"),
        ),
        "contract": Prose(
            ("Contrat d'entretien", "CONTRAT DE SERVICE", "Convention de prestation"),
            (("Contrat n°", "number"), ("Date", "date"), ("Entre la société et", "person")),
            (
                "# Objet",
                "Le prestataire entretient le chauffage du bâtiment et signale tout défaut.",
                "# Prix et paiement",
                "Le client paie chaque année une somme fixe à la réception de la facture.",
                "# Discrétion",
                "Les parties gardent le secret sur ce qu'elles apprennent l'une de l'autre.",
                "# Responsabilité",
                "Aucune des parties ne répond d'un retard qu'elle ne pouvait prévoir.",
                "# Durée et résiliation",
                "Le contrat est conclu pour deux ans et prend fin après trois mois de préavis.",
                "# Dispositions finales",
                "Toute modification se fait par écrit. Le droit du lieu s'applique.",
            ),
            ("Fait à ____________", "Signature du client", "Signature du prestataire"),
        ),
        "letter": Prose(
            ("Votre visite au printemps", "Notre entretien de lundi", "Fête au jardin"),
            (("Le", "date"), ("", "person")),
            (
                "Chère Madame,",
                "ce fut un plaisir de vous voir chez nous la semaine dernière, et nous espérons "
                "que le jardin vous a plu.",
                "Nous serions heureux de vous revoir quand les roses seront en fleur.",
                "Dites-nous quel jour de juin vous conviendrait, à vous et à votre famille.",
            ),
            ("Veuillez agréer, Madame, nos salutations distinguées.",),
        ),
        "CV": Prose(
            ("Curriculum vitae", "CURRICULUM VITAE"),
            (("Nom", "person"), ("Né le", "date"), ("Téléphone", "01 23 45 67 89")),
            (
                "# Expérience professionnelle",
                "2015 - 2024 Chef jardinier, Parcs de la ville, Lyon",
                "2009 - 2015 Jardinier, Pépinière Martin, Dijon",
                "# Formation",
                "2005 - 2008 Licence d'horticulture, Angers",
                "# Compétences",
                "Taille des arbres, conduite de tracteurs, direction de petites équipes",
                "# Langues",
                "Français, italien",
            ),
        ),
    },
    "es": {
        "invoice": Form(
            ("Factura", "FACTURA"),
            (("Número de factura", "number"), ("Fecha", "date"), ("Cliente", "person")),
            ("Descripción", "Cantidad", "Precio", "Importe"),
            _GOODS["es"],
            ("Base imponible {amount}", "IVA 21 % {amount}", "Total {amount}", "Pago a 30 días."),
        ),
        "delivery note": Form(
            ("Albarán de entrega", "ALBARÁN", "Nota de entrega"),
            (("Albarán n.º", "number"), ("Entregado el", "date"), ("Destinatario", "person")),
            ("Artículo", "Pedido", "Entregado"),
            _GOODS["es"],
            ("3 bultos, 41 kg", "Recibido conforme: ____________"),
        ),
        "payslip": Form(
            ("Nómina", "RECIBO DE NÓMINA"),
            (("Empleado n.º", "number"), ("Trabajador", "person"), ("Mes", "date")),
            ("Concepto", "Tipo", "Importe"),
            ("Salario base", "Plus", "IRPF", "Contingencias comunes", "Horas extra"),
            ("Total devengado {amount}", "Líquido a percibir {amount}"),
        ),
        "bank statement": Form(
            ("Extracto de cuenta", "EXTRACTO BANCARIO"),
            (("Número de cuenta", "number"), ("Hasta el", "date"), ("Titular", "person")),
            ("Movimiento", "Cargo", "Abono"),
            ("03/05 Panadería", "04/05 Alquiler", "07/05 Sueldo", "09/05 Cajero"),
            ("Saldo anterior {amount}", "Saldo actual {amount}"),
        ),
        "contract": Prose(
            ("Contrato de servicios", "CONTRATO DE MANTENIMIENTO"),
            (("Contrato n.º", "number"), ("Fecha", "date"), ("Entre la empresa y", "person")),
            (
                "# Objeto",
                "El contratista mantiene la calefacción del edificio y avisa de toda avería.",
                "# Precio y pago",
                "El cliente paga cada año una suma fija al recibir la factura.",
                "# Reserva",
                "Las partes guardan secreto de lo que sepan la una de la otra.",
                "# Responsabilidad",
                "Ninguna de las partes responde de un retraso que no pudo prever.",
                "# Duración y rescisión",
                "El contrato se hace por dos años y termina con un aviso de tres meses.",
                "# Disposiciones finales",
                "Todo cambio se hace por escrito. Se aplica la ley del lugar.",
            ),
            ("Lugar y fecha ____________", "Firma del cliente", "Firma del contratista"),
        ),
        "letter": Prose(
            ("Su visita en primavera", "Nuestra charla del lunes", "Fiesta en el jardín"),
            (("Fecha", "date"), ("", "person")),
            (
                "Estimada señora Molina:",
                "fue un placer verla en nuestra casa la semana pasada, y esperamos que le gustara "
                "el jardín.",
                "Nos alegraría que volviera cuando florezcan las rosas.",
                "Díganos qué día de junio les conviene a usted y a su familia.",
            ),
            ("Un cordial saludo,",),
        ),
        "CV": Prose(
            ("Curriculum vitae", "Currículum"),
            (("Nombre", "person"), ("Nacido el", "date"), ("Teléfono", "91 234 56 78")),
            (
                "# Experiencia laboral",
                "2015 - 2024 Jardinero jefe, Parques, Valencia",
                "2009 - 2015 Jardinero, Vivero Robles, Murcia",
                "# Formación",
                "2005 - 2008 Grado en horticultura, Córdoba",
                "# Habilidades",
                "Poda, conducción de tractores, dirección de equipos pequeños",
                "# Idiomas",
                "Español, francés",
            ),
        ),
    },
}
KINDS = tuple(WORDS["en"])
