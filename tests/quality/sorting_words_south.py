"""What documents say in French and Spanish."""

from __future__ import annotations

from tests.quality.sorting_parts import Form, Prose

_GOODS_FR = ("Table en bois", "Lampe", "Bobine", "Peinture blanche", "Serrure", "Couverture")
_GOODS_ES = ("Estante de roble", "Bombilla", "Cable de cobre", "Pintura blanca", "Bisagra", "Manta")

WORDS: dict[str, dict[str, Form | Prose]] = {
    "fr": {
        "invoice": Form(
            ("Facture", "FACTURE"),
            (("Facture n°", "number"), ("Date", "date"), ("Client", "person")),
            ("Désignation", "Quantité", "Prix", "Montant"),
            _GOODS_FR,
            ("Total HT {amount}", "TVA 20 % {amount}", "Total TTC {amount}", "Payable à 30 jours."),
        ),
        "delivery note": Form(
            ("Bon de livraison", "BON DE LIVRAISON"),
            (("Bon de livraison n°", "number"), ("Livré le", "date"), ("Destinataire", "person")),
            ("Article", "Commandé", "Livré"),
            _GOODS_FR,
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
            _GOODS_ES,
            ("Base imponible {amount}", "IVA 21 % {amount}", "Total {amount}", "Pago a 30 días."),
        ),
        "delivery note": Form(
            ("Albarán de entrega", "ALBARÁN", "Nota de entrega"),
            (("Albarán n.º", "number"), ("Entregado el", "date"), ("Destinatario", "person")),
            ("Artículo", "Pedido", "Entregado"),
            _GOODS_ES,
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
