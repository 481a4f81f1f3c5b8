"""What is known of what people write to an office for, and of the papers that such matters end in.

Written as the kinds of `vocabularies` are.
"""

KINDS = """
customer complaint
customer complaint, guest complaint, patient complaint, tenant complaint, complaint letter, letter of complaint, noise complaint, beschwerde, kundenbeschwerde, reklamation, reclamation client, lettre de reclamation, reclamation, queja, hoja de reclamaciones, carta de reclamacion, lettera di reclamo, reclamo, klacht
complain, disappointed, dissatisfied, unacceptable, sorry to say, not satisfied, apology, apologise, refund, compensation, rude, let down, poor service, would have expected, disgusted, expect better, put this right
beschweren, enttauscht, unzufrieden, unzumutbar, entschuldigung, erstattung, entschadigung, mangelhaft, mecontentement, mecontent, decu, decus, inadmissible, remboursement, geste commercial, dedommagement, insatisfait, mediateur
decepcionado, descontento, inaceptable, indemnizacion, reembolso, deluso, insoddisfatto, inaccettabile, rimborso

booking request
booking request, reservation request, room request, group booking, booking enquiry, buchungsanfrage, reservierungsanfrage, demande de reservation, solicitud de reserva, richiesta di prenotazione
would like to book, would like to reserve, availability, how many rooms, double rooms, single rooms, nights, half board, group rate, table for, deposit, wir mochten buchen, reservieren, doppelzimmer, einzelzimmer, nachte, halbpension, verfugbarkeit
souhaiterions, chambres, nuits, demi-pension, arrhes, disponibilite, reserver, habitaciones, noches, media pension, reservar, disponibilidad, camere, notti, mezza pensione

appointment request
appointment request, appointment, appointment booking, appointment change, terminanfrage, terminwunsch, terminverschiebung, terminabsage, demande de rendez-vous, rendez-vous, solicitud de cita, cita previa, richiesta di appuntamento, afspraak
appointment, another day, move me, slot, earlier appointment, reschedule, cancel, postpone, afternoons, mornings, clinic, termin, verschieben, absagen, sprechstunde, rendez-vous, reporter, annuler, creneau, cita, aplazar, cambiar la cita, appuntamento, spostare

sick note < certificate
sick note, sick leave certificate, fit note, statement of fitness for work, doctor's note, medical certificate, certificate of incapacity, arbeitsunfahigkeitsbescheinigung, krankmeldung, krankschreibung, krankenschein, arret de travail, avis d'arret de travail, certificat medical, baja medica, parte de baja, parte medico de baja, certificato di malattia, ziekmelding
not fit for work, unfit for work, incapacity, fitness for work, your condition, arbeitsunfahig, erstbescheinigung, folgebescheinigung, festgestellt am, vertragsarzt, arret, incapacite, incapacidad temporal, malattia

training certificate < certificate
training certificate, certificate of attendance, certificate of training, course certificate, certificate of participation, teilnahmebescheinigung, teilnahmezertifikat, fortbildungsnachweis, schulungsnachweis, attestation de formation, certificat de formation, certificado de formacion, certificado de asistencia, attestato di partecipazione
has attended, has passed, has successfully completed, course, training, examination, seminar, trainer, instructor, awarded, this is to certify, we hereby certify, teilgenommen, bestanden, lehrgang, schulung, a suivi, formation, ha superado, curso, ha frequentato

warning letter < letter
warning letter, written warning, formal warning, disciplinary letter, abmahnung, avertissement, lettre d'avertissement, amonestacion, lettera di richiamo
misconduct, disciplinary, breach, final warning, consequences, pflichtverletzung, sanction, faute

fault report
fault report, trouble ticket, support request, support ticket, incident ticket, helpdesk ticket, problem report, error report, defect report, storungsmeldung, stormeldung, fehlermeldung, ticket de support, signalement de panne, declaration de panne, parte de averia, aviso de averia, segnalazione guasto, storingsmelding
does not work, doesn't work, not working, stopped, stopped working, won't start, broken, crashes, error message, switched it off and on, printer, laptop, screen, log in, network, asset no, funktioniert nicht, defekt, kaputt, neu gestartet, drucker, storung, ne fonctionne pas, en panne, imprimante, no funciona, averia, impresora, non funziona, guasto, stampante

repair request
repair request, maintenance request, defect notice, notice of defects, mangelanzeige, mangelmeldung, reparaturmeldung, schadensmeldung, demande d'intervention, demande de reparation, solicitud de reparacion, richiesta di riparazione
leak, leaking, dripping, mould, damp, boiler, heating, blocked, broken, repair, plumber, electrician, undicht, heizung, schimmel, wasserschaden, tropft, fuite, moisissure, chauffage, plombier, fuga, humedad, caldera, perdita, muffa

access request
access request, user access request, account request, permission request, authorisation request, zugriffsantrag, berechtigungsantrag, zugangsantrag, demande d'acces, demande d'habilitation, solicitud de acceso, richiesta di accesso
permissions, access, accounts, shared folder, read and write, user account, joiner, leaver, mover, system owner, distribution list, password, rights, login, berechtigung, berechtigungen, zugriff, benutzerkonto, rolle, droits, habilitation, compte utilisateur, permisos, usuario, permessi, utente

security report
security report, security incident, security alert, phishing report, suspicious email, sicherheitsvorfall, sicherheitsmeldung, signalement de securite, incidente de seguridad, segnalazione di sicurezza
phishing, suspicious, password, clicked on, spam, malware, virus, ransomware, hacked, scam, stolen, account has been, sign in, verdachtig, angeklickt, passwort, anhang, suspect, piece jointe, mot de passe, sospechoso, contrasena, sospetto

change request
change request, change proposal, change order, variation order, anderungsantrag, anderungsauftrag, nachtragsangebot, demande de changement, demande de modification, ordre de modification, solicitud de cambio, orden de cambio, richiesta di modifica
change advisory board, impact, rollback, roll back, back out, backout, fail back, go back, upgrade, change window, implementation, requested by, downtime, reason for change, auswirkung, ruckfallplan, risiko, umsetzung, retour arriere, impacto, riesgo

maintenance notice
maintenance notice, planned maintenance, scheduled maintenance, planned work, service interruption, outage notice, wartungsankundigung, wartungsarbeiten, versorgungsunterbrechung, avis de maintenance, maintenance programmee, coupure, aviso de mantenimiento, corte programado, avviso di manutenzione
planned work, will be affected, loss of service, interruption, maintenance window, circuit, downtime, we apologise for, expected effect, unterbrechung, beeintrachtigung, interruption de service, interrupcion, interruzione

incident review
incident review, post incident review, post-mortem, postmortem, incident analysis, root cause analysis, lessons learned, vorfallanalyse, ursachenanalyse, analyse d'incident, analisis de incidente, analisi dell'incidente
root cause, timeline, what happened, outage, severity, customers affected, contributing factors, action items, what went well, zeitlicher ablauf, ursache, massnahmen, cause racine, chronologie, causa raiz

software licence
software licence, software license, licence certificate, license certificate, license key, licence key, certificate of entitlement, softwarelizenz, lizenzzertifikat, lizenzschein, licence logicielle, licencia de software, licenza software
activation key, serial number, right to use, edition, metric, end user, subscription, product key, upgrades and support, lizenz, lizenzschlussel, aktivierungsschlussel, cle d'activation, clave de activacion

insurance authorisation
insurance authorisation, insurance authorization, prior authorization, prior authorisation, pre-authorization, preauthorisation, cost approval, coverage decision, kostenubernahme, kostenzusage, kostenubernahmeerklarung, accord de prise en charge, prise en charge, autorizacion, autorizacion previa, autorizzazione
authorisation, authorization code, approved, we will cover, not covered, treatment request, membership, excess, fee schedule, genehmigt, bewilligt, ubernehmen, accordons, cobertura

dangerous goods declaration
dangerous goods declaration, shipper's declaration for dangerous goods, hazardous goods declaration, dangerous goods note, gefahrguterklarung, beforderungspapier, declaration de marchandises dangereuses, declaracion de mercancias peligrosas, dichiarazione di merci pericolose
un number, un no, proper shipping name, packing group, flammable, corrosive, marine pollutant, emergency contact, hazard, tunnel code, imdg, adr, iata, gefahrgut, verpackungsgruppe, matieres dangereuses, groupe d'emballage, mercancias peligrosas

consignment note < bill of lading
consignment note, road consignment note, international consignment note, cmr, cmr consignment note, frachtbrief, cmr-frachtbrief, lettre de voiture, carta de porte, lettera di vettura, vrachtbrief
consignee, carrier, taken over, place of delivery, plates, nature of goods, gross weight, sender's instructions, signature of carrier, goods received, trailer, absender, empfanger, frachtfuhrer, expediteur, transporteur, remitente, transportista

quote request
quote request, rate request, price enquiry, price inquiry, request for quote, enquiry, inquiry, preisanfrage, angebotsanfrage, anfrage, demande de prix, demande de devis, solicitud de presupuesto, solicitud de cotizacion, richiesta di preventivo, richiesta di offerta
best price, your price, your rates, let me have, could you quote, quotes, please quote, how much, what would it cost, compare, bieten sie, um ein angebot, votre meilleur prix, nous indiquer, su mejor precio, cuanto costaria, miglior prezzo

witness statement
witness statement, statement of witness, eyewitness account, zeugenaussage, zeugenbericht, temoignage, attestation de temoin, declaracion de testigo, declaracion testifical, testimonianza
i saw, i was standing, i heard, i noticed, witness, i believe that the facts, what i saw, i did not see, ich sah, ich habe gesehen, zeuge, j'ai vu, temoin, testigo, ho visto

lawyer's letter < letter
lawyer's letter, lawyer letter, solicitor's letter, letter before action, letter of claim, anwaltsschreiben, anwaltliches schreiben, lettre d'avocat, mise en demeure d'avocat, carta de abogado, lettera dell'avvocato
our client, we act for, solicitors, on behalf of our client, liability, damages, without prejudice, proceedings, attorney, law firm, unser mandant, unsere mandantin, rechtsanwalte, namens und in vollmacht, notre client, notre cliente, avocat, maitre, nuestro cliente, abogado, il nostro cliente, avvocato

repair estimate < quote
repair estimate, estimate of repairs, kostenvoranschlag reparatur, reparaturkostenvoranschlag, devis de reparation, presupuesto de reparacion, preventivo di riparazione
labour, labor, hours, paint, panel, bumper, materials, repair, replace, workshop, garage, damage, ersatzteile, arbeitslohn, lackierung, pieces, main d'oeuvre, mano de obra, piezas, ricambi, manodopera

account settlement
supplier statement, customer statement, statement of open items, open items list, offene posten, offene-posten-liste, saldenbestatigung, releve de compte fournisseur, releve fournisseur, extracto de proveedor, estratto conto fornitore
open items, outstanding, 30 days, 60 days, 90 days, overdue, invoices, credits, balance due, ageing, aging, account no, offen, falligkeit, solde du, partidas abiertas

service charge statement
service charge statement, service charges, operating cost statement, betriebskostenabrechnung, nebenkostenabrechnung, heizkostenabrechnung, hausgeldabrechnung, decompte de charges, regularisation de charges, liquidacion de gastos, gastos de comunidad, spese condominiali
apportionment, your share, heating costs, caretaker, advance payments, umlageschlussel, ihr anteil, vorauszahlungen, nachzahlung, guthaben, hausmeister, mullabfuhr, quote-part, provisions, tantiemes, cuota, coeficiente, millesimi

handover record
handover record, handover protocol, move-in inspection, move-out inspection, check-in check-out report, ubergabeprotokoll, wohnungsubergabeprotokoll, abnahmeprotokoll, etat des lieux, acta de entrega, verbale di consegna
keys handed over, meter readings, handed over, schlussel, zahlerstand, zahlerstande, zustand, remise des cles, releves des compteurs, llaves, lectura, chiavi

notice of termination
notice of termination, termination notice, notice to quit, notice to terminate, kundigung, kundigungsschreiben, lettre de resiliation, resiliation, preavis, aviso de rescision, carta de disdetta, opzegging
give notice, hereby terminate, terminate, notice period, move out, vacate, last day, kundige, kundigen, fristgerecht, auszug, mettre fin, resilier, preavis, rescindir, desistir

penalty notice
penalty notice, parking ticket, fine notice, penalty charge notice, speeding ticket, bussgeldbescheid, strafzettel, verwarnung, avis de contravention, amende, multa, denuncia de trafico, verbale di contestazione
contravention, offence, penalty, speed, parked, registration number, appeal, kmh, ordnungswidrigkeit, verwarnungsgeld, tatzeit, infraction, vehicule, infraccion, infrazione

official decision
official decision, notice of decision, decision letter, assessment notice, bescheid, steuerbescheid, genehmigungsbescheid, decision administrative, avis d'imposition, arrete, resolucion administrativa, notificacion, provvedimento
appeal, objection, within one month, legal remedies, hereby granted, pursuant to, rechtsbehelfsbelehrung, widerspruch, festgesetzt, voies de recours, recurso, ricorso

permit
permit, building permit, planning permission, planning application, baugenehmigung, bauantrag, erlaubnis, genehmigung, permis de construire, licencia de obras, permiso, permesso di costruire, concessione, vergunning
applicant, valid until, use class, drawings, bauvorhaben, flurstuck, nebenbestimmungen, demandeur, terrain, parcelle, solicitante

site diary
site diary, daily log, daily site report, construction diary, bautagebuch, bautagesbericht, journal de chantier, rapport journalier, diario de obra, parte diario, giornale dei lavori
workers on site, deliveries, delays, work done, witterung, arbeitskrafte, behinderungen, meteo, effectif, operarios, maestranze

direct debit mandate < form
direct debit mandate, sepa mandate, sepa direct debit mandate, lastschriftmandat, einzugsermachtigung, mandat de prelevement, orden de domiciliacion, mandato sepa, mandato di addebito
creditor identifier, mandate reference, i authorise, debtor, recurrent payment, glaubiger-identifikationsnummer, mandatsreferenz, ich ermachtige, debiteur, acreedor

absence note
absence note, excuse note, note of absence, entschuldigungsschreiben, mot d'excuse, justificatif d'absence, justificante de ausencia, giustificazione
was absent, unable to attend, please excuse, fehlte, krank, klasse, klassenlehrer, malade, absent, eleve, ausente, enfermo, assente

donation receipt < receipt
donation receipt, gift receipt, zuwendungsbestatigung, spendenbescheinigung, recu fiscal, recu de don, certificado de donacion, ricevuta di donazione
donation, donor, charity, tax deductible, gift aid, zuwendung, spende, gemeinnutzig, donateur, donacion, donazione

non-conformity report
non-conformity report, nonconformance report, ncr, 8d report, quality complaint, abweichungsbericht, mangelbericht, prufbericht abweichung, fiche de non-conformite, informe de no conformidad, rapporto di non conformita
containment, corrective action, root cause, quantity affected, nonconforming, abweichung, sofortmassnahme, korrekturmassnahme, action corrective, lote, accion correctiva

arrival notice
arrival notice, notice of arrival, ankunftsavis, avis d'arrivee, aviso de llegada, avviso di arrivo
eta, free time, demurrage, release, bill of lading, pick up

premium notice < invoice
premium notice, premium invoice, renewal notice, beitragsrechnung, avis d'echeance, aviso de vencimiento de prima, quietanza
policy number, renewal, insurance premium tax, cover, versicherungsbeitrag, cotisation

treatment plan
treatment plan, dental treatment plan, care plan, heil- und kostenplan, behandlungsplan, plan de traitement, plan de tratamiento, piano di cura
tooth, crown, implant, therapy, estimated cost, zahn, krone, befund, dent, couronne, diente
"""  # noqa: E501

# Those that come as letters and e-mails: that a page is one speaks for none of the other kinds.
WRITTEN = frozenset(
    (
        "customer complaint",
        "booking request",
        "appointment request",
        "employment absence request",
        "fault report",
        "repair request",
        "access request",
        "security report",
        "maintenance notice",
        "insurance authorisation",
        "quote request",
        "notice of termination",
        "absence note",
        "reminder",
        "remittance advice",
        "cover letter",
        "job application",
        "resignation letter",
        "referral letter",
        "lawyer's letter",
        "warning letter",
        "recommendation letter",
        "offer letter",
    )
)
# What such kinds are called that no vocabulary knows.
ASKING = (
    "request complaint inquiry enquiry notification question anfrage beschwerde antrag "
    "bewerbung meldung kundigung demande reclamation candidature solicitud reclamacion queja "
    "richiesta reclamo domanda"
)
# And what somebody does, by a kind's description, who writes such a letter.
WRITING = (
    "asks wants complains announces applies tells requests informs enquires objects bittet mochte "
    "beschwert meldet fragt beantragt kundigt demande souhaite signale annonce reclame pide "
    "solicita comunica chiede"
)
