"""Words of business documents, by what they mean: English, German, French, Spanish, Italian, Dutch.

Accents are left out; German compounds are put together from their parts by who reads this.
"""

from __future__ import annotations

CONCEPTS: dict[str, str] = {
    "number": "number no num nr nro nbr id idnr nummer numero numer n# #",
    "date": "date datum fecha data dated dte",
    "amount": "amount amt betrag betraege umsatz montant importe importo bedrag beitrag entgelt",
    "name": "name nom nombre nome naam names",
    "reference": "reference ref referenz referencia riferimento referentie zeichen",
    "code": "code cod kode codigo codice",
    "invoice": "invoice inv rechnung facture factura fattura factuur bill faktura",
    "document": "document doc dokument beleg documento statement",
    "order": "order bestellung bestell auftrag auftrags commande pedido ordine bestelling",
    "purchase": "purchase purchased bought gekauft einkauf einkaufs achat compra acquisto",
    "quote": "quote quotation offer angebot devis presupuesto oferta preventivo offerte",
    "contract": "contract vertrag contrat contrato contratto",
    "policy": "policy police versicherungsschein poliza polizza polis",
    "customer": "customer client kunde kunden cliente klant buyer kaeufer kaufer acheteur "
    "comprador acquirente koper recipient empfaenger empfanger destinataire destinatario "
    "ontvanger billed billing debtor leistungsempfaenger leistungsempfanger kopare kund "
    "besteller auftraggeber",
    "vendor": "vendor seller supplier lieferant verkaeufer verkaufer vendeur fournisseur "
    "merchant store rechnungssteller rechnungsersteller rechnungsaussteller vendedor proveedor "
    "venditore fornitore leverancier verkoper "
    "issuer emisor emittente emetteur aanbieder anbieter creditor provider saljare leverantor",
    "sender": "sender from shipper consignor absender expediteur remitente mittente afzender",
    "patient": "patient patientin paciente paziente",
    "employer": "employer arbeitgeber employeur empleador datore werkgever",
    "employee": "employee arbeitnehmer mitarbeiter employe empleado dipendente werknemer",
    "company": "company compania "
    "firma unternehmen entreprise societe empresa azienda societa bedrijf",
    "contact": "contact kontakt ansprechpartner contacto contatto contactpersoon",
    "address": "address addr anschrift adresse direccion indirizzo adres",
    "street": "street strasse rue calle via straat",
    "city": "city town ort stadt ville ciudad citta plaats stad poblacion localidad municipio",
    "country": "country land pays pais paese",
    "state": "state province bundesland provincia provincie",
    "postal": "zip zipcode plz postcode postleitzahl postal cap pincode",
    "phone": "phone tel telephone telefon telefono telefoon mobile mobil handy fon",
    "fax": "fax telefax",
    "email": "email mail courriel correo",
    "website": "website web url homepage internet site",
    "iban": "iban",
    "bic": "bic swift",
    "bank": "bank bankverbindung banque banco banca",
    "account": "account acct konto compte cuenta conto rekening",
    "tax": "tax vat mwst mst ust umsatzsteuer mehrwertsteuer steuer tva taxe iva btw belasting gst "
    "moms igst",
    "rate": "rate percent percentage porcentaje pourcentage pct satz ansatz prozent taux tasa tipo "
    "aliquota percentuale tarief",
    "total": "total gesamt summe totale totaal tot endbetrag endsumme gesamtbetrag "
    "gesamtsumme totals somme "
    "totalt",
    "subtotal": "subtotal zwischensumme zwischentotal soustotal subtotale subtotaal",
    "payable": "zahlbetrag rechnungsbetrag",
    "net": "net netto ht neto nettobetrag excl nettowert",
    "gross": "gross brutto ttc bruto lordo incl",
    "discount": "discount rabatt remise descuento sconto korting skonto nachlass",
    "shipping": "shipping ship freight versand versandkosten livraison envio spedizione verzending "
    "porto fracht lieferkosten",
    "license": "license licence",
    "paid": "paid bezahlt paye pagado pagato betaald",
    "due": "due faellig fallig faelligkeit falligkeit faelligkeits falligkeits echeance "
    "vencimiento scadenza vervaldatum forfallodag",
    "delivery": "delivery liefer lieferung entrega consegna levering delivered",
    "service": "service leistung leistungs prestation servicio servizio dienst",
    "start": "start starting begin beginning opening beginn anfang debut inicio inizio ab",
    "end": "end ending closing ende fin fine einde until",
    "birth": "birth dob geburt geburts naissance nacimiento nascita geboorte born",
    "issue": "issue issued sent erstellt released release published expedicion expedido redige "
    "rilasciato ausgestellt ausstellung ausstellungs emission emise emesso emision "
    "uitgifte",
    "expiry": "expiry expiration expires ablauf ablauf gueltigkeit expira",
    "currency": "currency waehrung wahrung devise moneda valuta monnaie divisa",
    "payment": "payment zahlung zahlungs paiement pago pagamento betaling",
    "terms": "terms bedingungen conditions condiciones condizioni voorwaarden konditionen",
    "method": "method via methode mode metodo wijze weise",
    "description": "description desc beschreibung bezeichnung designation descripcion "
    "descrizione omschrijving artikelbezeichnung libelle leistungsbeschreibung details "
    "concepto particulars text",
    "item": "item art article artikel articulo articolo produkt product produit producto prodotto "
    "position pos items",
    "position": "position pos lfd",
    "quantity": "quantity qty quant qta menge anzahl quantite qte cantidad cant quantita aantal "
    "hoeveelheid std stueckzahl stuckzahl hours hrs hr stunden antal",
    "unit": "unit einheit einh unite unidad unita eenheid einzel unitaire unitario each per uom",
    "price": "price pris preis prix precio prezzo prijs cost kosten",
    "line": "line zeile ligne linea riga regel row",
    "note": "note notes bemerkung bemerkungen remark remarks remarque notas notitie comment "
    "comments kommentar anmerkung",
    "subject": "subject betreff objet asunto oggetto onderwerp re",
    "status": "status statut estado stato",
    "title": "title titel titre titulo titolo",
    "type": "type typ kind",
    "first": "first vorname prenom given",
    "last": "last nachname surname apellido cognome family familienname achternaam",
    "weight": "weight gewicht poids peso",
    "balance": "balance saldo solde kontostand",
    "salary": "salary gehalt lohn salaire salario stipendio salaris pay wage wages",
    "department": "department abteilung dept departement departamento reparto afdeling",
    "project": "project projekt projet proyecto progetto",
    "signature": "signature unterschrift handtekening",
    "gender": "gender sex geschlecht sexe sexo sesso geslacht",
    "age": "age alter edad eta leeftijd",
    "vehicle": "vehicle fahrzeug vehicule vehiculo veicolo voertuig car",
    "lease": "lease leasing leasings rental miet",
    "page": "page seite pagina",
    "meter": "meter zahler zaehler compteur contador contatore",
    "tenant": "tenant mieter mieterin locataire inquilino inquilina huurder conduttore",
    "insured": "insured versicherter versicherte versicherungsnehmer assure asegurado assicurato",
    "student": "student alumno alumna studente etudiant studierender schuler",
    "applicant": "applicant bewerber antragsteller candidat solicitante richiedente aanvrager",
    "borrower": "borrower kreditnehmer darlehensnehmer emprunteur prestatario mutuatario",
    "salesperson": "salesperson salesman requisitioner fob",
}

# Several words that mean something together; the longest is looked for first.
PHRASES: dict[str, str] = {
    "taxid": "vat id|"
    "ust id nummer|"
    "vat no|vat number|vat reg no|vat registration number|tax id|ust id|"
    "ust id nr|ust idnr|ustidnr|ustid|ust identnr|ust identnummer|ust ident nr|"
    "umsatzsteuer id|umsatzsteuer identifikationsnummer|"
    "tva intracommunautaire|tva intracom|tva intra|n# tva intracommunautaire|n# tva intra|"
    "n# tva|numero de tva|numero tva|partita iva|p iva|btw nummer|btw nr|"
    "nif|cif|tax identification number|gstin|gst registration no|gst registration number|"
    "gst no|gst number|gst id",
    "ssn": "social security number|social security no|soc sec no|soc sec number",
    "employer ein": "employer identification number ein|employer identification number|fein|"
    "federal employer identification number|employer identification no|employer id number",
    "nino": "ni number|ni no|national insurance number|national insurance no|nat ins no",
    "salary": "wages tips other compensation|wages tips etc",
    "payable": "amount due|total amount due|total amount payable|"
    "balance to pay|balance payable|"
    "total due|balance due|remaining amount due|remaining balance|remaining amount|residual|"
    "outstanding amount|amount outstanding|solde a payer|reste a payer|offener betrag|restbetrag|"
    "noch zu zahlen|total to pay|amount to pay|to pay|amount payable|total payable|"
    "zu zahlen|zahlbarer betrag|zu zahlender betrag|net a payer|montant du|total a payer|"
    "total a pagar|importe a pagar|totale da pagare|te betalen|att betala|totalt att betala",
    "net": "ex gst|ex vat|ex tax|excl gst|"
    "w o tax|w o vat|ohne mwst|ohne ust|exkl mwst|exkl ust|excl mwst|excl ust|"
    "excl vat|excl tax|excluding vat|excluding tax|before tax|without tax|hors taxe|hors taxes|"
    "excl btw|exclusief btw|sin iva|iva esclusa|"
    "gesetzliches netto|netto verdienst|nettoverdienst|gesetzl netto",
    "gross": "inkl mwst|inkl ust|incl mwst|incl ust|incl vat|incl tax|including vat|including tax|"
    "incl btw|inclusief btw|toutes taxes comprises|iva incluido|iva inclusa|"
    "gesamtbrutto|gesamt brutto",
    "subtotal": "zwischensumme zzgl mwst|zwischensumme zzgl ust|summe zzgl mwst|summe zzgl ust|"
    "sub total|sous total|net total|total net|total ht|montant ht|net amount|"
    "amount net|summe netto|netto summe|base imponible|imponibile|total before tax|"
    "total excl vat|totaal excl btw|total hors taxe|total hors taxes|total price excl vat|"
    "total price excluding vat|total price excl tax|subtotal without tax|sub total without tax",
    "total": "order total|"
    "grand total|total amount|amount total|invoice total|total invoice|total ttc|"
    "montant ttc|montant total|gross total|total gross|gross amount|summe brutto|importe total|"
    "total incl vat|totaal incl btw|importo totale|total including tax|"
    "total price incl vat|total price including vat|total price incl tax|"
    "total amount including tax|total general|totale fattura|total eur|total usd",
    "ytd": "year to date|y t d|total to date|cumul annuel|cumul|jahressumme|acumulado|progressivo",
    "current": "current period|this period|current amount|this pay",
    "previous balance": "previous charges|previous bill|previous invoice|previous amount|last bill",
    "period start": "period statement from|statement period from|billing period from|period from|"
    "pay period from",
    "period end": "period statement until|statement period until|billing period to|period until|"
    "statement period to|pay period to|period to",
    "due date": "netto bis|netto bis zum|netto bis spatestens|zahlbar netto bis|uberweisen sie bis|"
    "uberweisen sie bis zum|bezahlen sie bis|falligkeitstag|limite de paiement|"
    "date limite de paiement|zahlbar bis|due by|due on|pay by|payable until|payable by|payment due|"
    "payable on or before|payable on|pay on or before|due on or before|to be paid by|"
    "forfallodatum|"
    "fallig am|faellig am|date limite|a regler avant|date d echeance|te betalen voor|zahlungsziel",
    "invoice": "tax invoice|sales invoice|commercial invoice",
    "invoice date": "date d emission|date of issue|issue date|date issued|"
    "issued on|issued|rechnung vom",
    "birth date": "date of birth|geboren am|ne le|nee le",
    "name": "raison sociale|ragione sociale|razon social|legal name|registered name",
    "customer": "datos del cliente|datos cliente|dati cliente|dati del cliente|"
    "bill to|billed to|sold to|invoice to|ship to customer|facture a|"
    "rechnung an|rechnungsempfaenger|rechnungsempfanger|facturado a|facturar a|"
    "spett le|factuur aan|billing",
    "delivery date": "leistungsdatum|liefer und leistungsdatum|leistungs und lieferdatum|"
    "lieferdatum|date of supply|supply date|date of delivery",
    "quantity": "q ta|q te|q ty",
    "serial number": "sn|seriennummer|seriennummern|seriennr|serien nr|numero de serie|"
    "n# de serie|numero di serie|serienummer",
    "part number": "mpn|mfr|mfr no|mfr part no|manufacturer part number|manufacturer part no",
    "item number": "catalogue number|catalogue no|catalog number|catalog no|cat no|cat number|"
    "stock code|stock no|stock number|sku|"
    "art nr lieferant|art nr lief|artnr lieferant|unsere art nr|unsere artnr|"
    "unsere pos art nr|unsere posart nr|pos art nr|posart nr|supplier part number|"
    "our article number|our item number",
    "currency": "all values are in|all values in|all amounts are in|betraege in|betrage in|"
    "alle betrage in|amounts in|all amounts in|montants en",
    "vendor": "bill from|billed from|invoice from|invoiced by|billed by|"
    "product s provided by|sold by|service provider|provided by|products provided by|"
    "verkauft durch|"
    "verkauft von|vendu par|emis par|venduto da|vendido por|verkocht door",
    "payee": "payable to|pay to|payto|pay to the order of|remit to|remit payment to|"
    "remit payments to|make checks payable to|make check payable to|make all checks payable to|"
    "make cheques payable to",
    "customer address": "factuuradres|billing address|rechnungsadresse|rechnungsanschrift|"
    "adresse de facturation|invoice address|direccion de facturacion|indirizzo di fatturazione",
    "shipto": "bitte liefern sie an|destinazione merce|luogo di destinazione|"
    "afleveradres|bezorgadres|verzendadres|lieferadr|warenempfaenger|warenempfanger|"
    "ship to|deliver to|delivery address|shipping address|lieferadresse|"
    "lieferanschrift|adresse de livraison|livre a|indirizzo di spedizione|direccion de envio",
    "location address": "site address|address of site|job site address",
    "first name": "given name|given names",
    "license plate": "licence plate|plate number|plate no|plate|amtl kennz|amtl kennzeichen|"
    "amtliches kennzeichen|kennzeichen|kfz kennzeichen|immatriculation|matricula|targa|kenteken",
    "vin": "fg nr|fahrgestellnummer|fahrgestell nr|fahrgestellnr|fin|chassis number|chassis no|"
    "vehicle identification number|numero de chassis|numero di telaio",
    "last name": "family name",
    "purchase order": "po|p o",
    "position": "s no|sl no|sr no|serial no|l p|lp",
    "account holder": "account name|name of account|account owner|kontoinhaber|"
    "titulaire du compte|titular de la cuenta|intestatario del conto|rekeninghouder",
    "invoice number": "fattura n|factura n",
    "postal code": "zip code|post code|code postal|codigo postal|zip|postcode|plz|postleitzahl",
    "phone": "phone number|telephone number|phone no|tel no|contact number|mobile number",
    "email": "e mail|email address|e mail address|mail address",
    "unit price": "unit ex|unit ex gst|unit ex vat|price each|unit cost|ep|e p|"
    "price per unit|einzelpreis|stueckpreis|stuckpreis|"
    "prix unitaire|p u|pu|pu ht|precio unitario|prezzo unitario|stukprijs|e preis|price unit",
    "line total": "price ex|amount ex|total ex|line amount|line total|gp|g p|g preis|"
    "gesamtpreis|extended price|ext price|"
    "ext amount|extended amount|item total|row total",
    "account number": "account no|acct no|a c no",
    "booking date": "buchungstag|buchungsdatum|posting date|transaction date|date operation",
    "value date": "valuta|wertstellung|wert|date de valeur|date valeur|fecha valor",
    "tax rate": "vat rate|vat percent|tax percent|mwst satz|ust satz|taux tva|aliquota iva",
    "tax": "sales tax|umsatzsteuer|mehrwertsteuer",
    "reference yours": "your reference|your ref|votre reference|votre ref|v ref|ihre referenz|"
    "ihr zeichen|su referencia|vostro riferimento|uw referentie|uw kenmerk",
}

_FILLERS = (
    "a an the of your our for and in on to at by is de la le les du des der die das den dem von "
    "und et y del el di il lo van het een en zu zum zur fur fuer pour para per ihr ihre unser "
    "unsere votre notre su s d l as mr us please bitte eur euro usd gbp chf "
    "rs inr aud cad czk pln sgd myr zzgl abzgl enthalten enthaltene plus inkl which was is "
    "were when kwh"
)
FILLERS = frozenset(_FILLERS.split())

# How much a concept says about which field is meant; what is not here says 1.
WEIGHTS = {
    "number": 0.6,
    "date": 0.5,
    "payment": 0.5,
    "amount": 0.3,
    "name": 0.4,
    "code": 0.4,
    "invoice": 0.3,
    "document": 0.3,
    "line": 0.3,
    "unit": 0.4,
    "item": 0.5,
    "issue": 0.3,
    "purchase": 0.4,
    "booking": 0.3,
    "quote": 0.33,
    "rate": 0.6,
    "net": 0.4,
    "gross": 0.4,
    "reference": 0.8,
    "yours": 0.2,
}

# Concepts that often stand for one another, and how well.
RELATED = {
    frozenset(("payable", "total")): 0.8,
    frozenset(("gross", "total")): 0.8,
    frozenset(("gross", "payable")): 0.7,
    frozenset(("yours", "customer")): 0.9,
    frozenset(("net", "subtotal")): 0.9,
    frozenset(("amount", "total")): 0.7,
    frozenset(("amount", "payable")): 0.7,
    frozenset(("reference", "number")): 0.7,
    frozenset(("vendor", "sender")): 0.9,
    frozenset(("vendor", "company")): 0.7,
    # Whom to pay is the vendor's bank as well.
    frozenset(("vendor", "payee")): 0.8,
    frozenset(("price", "amount")): 0.65,
    frozenset(("item", "description")): 0.8,
    frozenset(("name", "description")): 0.7,
    frozenset(("end", "expiry")): 0.8,
    frozenset(("code", "number")): 0.8,
    frozenset(("contract", "policy")): 0.8,
    frozenset(("issue", "invoice")): 0.8,
    frozenset(("position", "number")): 0.8,
    frozenset(("payable", "balance")): 0.8,
    frozenset(("street", "address")): 0.7,
    frozenset(("rate", "price")): 0.8,
    frozenset(("document", "invoice")): 0.8,
    frozenset(("effective", "start")): 0.85,
    frozenset(("commencement", "start")): 0.95,
    frozenset(("expiration", "end")): 0.8,
}

# What the last part of a compound means, where that is another word by itself.
TAILS = {"art": "type"}

# German nouns of which compounds are made, with the syllables that make others of them.
HEADS = {"rechnung": ("ab", "be", "ver", "an", "auf", "um", "hoch", "buch")}
