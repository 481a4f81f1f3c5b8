"""What is known of papers of banks, insurers, clinics, carriers and authorities, and of print.

Written as the kinds of `vocabularies` are.
"""

KINDS = """
packing list < delivery note
packing list, packing slip, shipping list, packliste, packzettel, liste de colisage, lista de empaque, lista de embalaje, distinta di imballaggio, paklijst, lista de embalagem, romaneio
carton, cartons, carton no, package, packages, number of packages, gross weight, net weight, dimensions, cbm, measurement, packed by, pallet, crate, marks and numbers, shipping marks, qty shipped, colis, poids brut, poids net, peso bruto, peso neto, bultos

rate confirmation
rate confirmation, carrier rate confirmation, load confirmation, carrier confirmation, load tender, truck order, transport order, transportauftrag, confirmation d'affretement, orden de transporte
carrier, broker, load number, pickup, pick up, delivery, driver, line haul, linehaul, flat rate, detention, lumper, trailer, equipment, mc number, dot number, dispatcher, freight charges, total rate, commodity, fuel surcharge, shipper, consignee, bill of lading

explanation of benefits
explanation of benefits, eob, benefit statement, claims summary, summary of benefits, leistungsabrechnung, decompte de prestations, releve de remboursement, explicacion de beneficios
this is not a bill, amount billed, billed amount, allowed amount, plan paid, you may owe, patient responsibility, member id, subscriber, deductible, copay, coinsurance, provider, date of service, claim number, network discount, in network, out of network, remark code, not covered, health plan

discharge summary < medical report
discharge summary, hospital discharge, discharge report, discharge letter, discharge instructions, entlassungsbericht, entlassbrief, lettre de sortie, compte rendu d'hospitalisation, informe de alta, epicrisis, lettera di dimissione, ontslagbrief
date of admission, admission date, date of discharge, discharge date, admitting diagnosis, discharge diagnosis, hospital course, discharge medications, condition on discharge, attending physician, follow up, chief complaint, history of present illness, past medical history, admitted, discharged, vital signs, allergies, hospital, inpatient

lab report < medical report
lab report, laboratory report, laboratory results, test results, blood test, pathology report, laborbericht, laborbefund, analyse de laboratoire, resultats d'analyses, resultados de laboratorio, analisis clinicos, referto di laboratorio, esami di laboratorio, labuitslag
specimen, sample, collected, received, reported, reference range, reference interval, normal range, result, units, flag, hemoglobin, haemoglobin, glucose, cholesterol, leukocytes, platelets, hematocrit, creatinine, wbc, rbc, mg/dl, mmol/l, g/dl, laboratory, pathologist, ordering physician, test name, urine, serum, plasma

radiology report < medical report
radiology report, imaging report, x-ray report, mri report, ct report, ultrasound report, radiologischer befund, compte rendu de radiologie, informe radiologico, referto radiologico
technique, comparison, findings, impression, radiologist, contrast, views, indication, chest x-ray, no acute, unremarkable, lesion

referral letter < letter
referral letter, referral, uberweisung, uberweisungsschein, lettre d'adressage, carta de derivacion, hoja de derivacion, impegnativa
thank you for seeing, i would be grateful, grateful if you would, would see this, would assess, please see, referred, patient, history, your opinion, clinic, on examination, ich bitte um, mitbeurteilung, weiterbehandlung, se deriva, motivo, se solicita, valoracion, exploracion, je vous adresse, votre avis

immunization record < medical report
immunization record, vaccination record, vaccination certificate, vaccine card, impfausweis, impfpass, carnet de vaccination, cartilla de vacunacion, libretto vaccinale
vaccine, dose, booster, lot number, date administered, immunization, hepatitis b, measles, tetanus, polio, covid-19, impfstoff, impfung

health insurance card < id document
insurance card, health insurance card, member card, medical card, versichertenkarte, krankenversicherungskarte, carte vitale, tarjeta sanitaria, tessera sanitaria
member id, group number, rx bin, rx pcn, copay, effective date, subscriber, plan, payer id

certificate of insurance < insurance policy
certificate of insurance, certificate of liability insurance, insurance certificate, evidence of insurance, proof of insurance, coi, acord 25, versicherungsbestatigung, attestation d'assurance, certificado de seguro, certificato di assicurazione
certificate holder, this certificate is issued, matter of information only, producer, insurers affording coverage, commercial general liability, general aggregate, each occurrence, workers compensation, umbrella liability, automobile liability, additional insured, description of operations, cancellation, authorized representative, acord

verification of employment
verification of employment, employment verification, employment verification letter, request for verification of employment, voe, proof of employment, confirmation of employment, arbeitsbescheinigung, beschaftigungsnachweis, attestation d'emploi, attestation employeur, certificado laboral, constancia laboral, certificato di servizio
present position, probability of continued employment, date of employment, dates employed, base pay, gross earnings, hire date, job title, is employed, has been employed, full time, employer, employee, salary, authorization to verify, human resources, applicant

loan application < application form
loan application, mortgage application, credit application, uniform residential loan application, kreditantrag, darlehensantrag, demande de pret, demande de credit, solicitud de prestamo, solicitud de credito, richiesta di mutuo, domanda di finanziamento
borrower, co-borrower, loan amount, interest rate, monthly income, employment information, assets, liabilities, purpose of loan, property address, down payment, lender, collateral, mortgage, amortization, declarations, monthly payment, term of loan, dependents, gross monthly income

mortgage statement < bank statement
mortgage statement, mortgage billing statement, loan statement, escrow statement
principal balance, escrow, escrow balance, interest rate, loan number, payment due date, property address, past due, maturity date, late charge

closing disclosure
closing disclosure, loan estimate, settlement statement, hud-1, closing statement, truth in lending disclosure
loan terms, projected payments, costs at closing, cash to close, closing costs, escrow, lender credits, origination charges, annual percentage rate, prepayment penalty, settlement agent, seller credits, title insurance

promissory note < contract
promissory note, loan agreement, credit agreement, darlehensvertrag, kreditvertrag, contrat de pret, pagare, contrato de prestamo, contratto di mutuo
borrower, lender, principal, interest rate, maturity, default, repayment, promise to pay, holder

appraisal
appraisal, appraisal report, property appraisal, valuation report, residential appraisal report, gutachten, wertgutachten, rapport d'evaluation, tasacion, avaluo, perizia
appraiser, appraised value, market value, comparable, subject property, square feet, sales comparison, gross living area, neighborhood, site, highest and best use, condition

credit report
credit report, credit history, credit score report, schufa, bonitatsauskunft, informe de credito, visura
credit score, fico, tradelines, inquiries, open accounts, delinquent, payment history, credit bureau, equifax, experian, transunion, collections

check
check, cheque, bank check, voided check, cashier's check, scheck, cheque bancaire, assegno
pay to the order of, dollars, memo, void, routing number, non negotiable, zahlen sie gegen, payez contre

remittance advice
remittance advice, payment advice, remittance, zahlungsavis, avis de paiement, aviso de pago, avviso di pagamento, betalingsadvies
instructed our bank, transferred to your account, to your account, covers these, have paid, paid to you, your reference, your invoices, gross, discount, uberwiesen, avisieren, vous avons vire, hemos transferido, payment reference, invoice reference, amount paid, payment date, bacs, vendor number, total remitted, discount taken, settled

wire transfer
wire transfer, wire transfer request, transfer confirmation, payment order, uberweisungsauftrag, uberweisungsbeleg, ordre de virement, orden de transferencia, bonifico, ordine di bonifico, overschrijving
beneficiary, beneficiary bank, swift, bic, originator, correspondent bank, iban, charges, value date

rental application < application form
rental application, lease application, tenant application, mieterselbstauskunft, dossier de location, solicitud de alquiler
current address, landlord reference, monthly rent, occupants, pets, move in date, rental history, emergency contact, smoker

deed
deed, warranty deed, quitclaim deed, grant deed, title deed, deed of trust, kaufvertrag grundstuck, grundbuchauszug, acte de vente, escritura, escritura publica, atto di compravendita
grantor, grantee, convey, parcel, county recorder, legal description, recorded, heirs and assigns, notary public, consideration, tract, lot, grundbuch, flurstuck

will
will, last will, last will and testament, testament, testamento
testator, bequeath, executor, beneficiary, estate, revoke, devise, witnesses, residuary

court opinion < court document
court opinion, judicial opinion, opinion of the court, court decision, memorandum opinion, judgment, ruling, court ruling, urteil, jugement, arret, sentencia, sentenza, vonnis, arrest
delivered the opinion, opinion of the court, affirmed, reversed, remanded, we hold, we conclude, appellant, appellee, dissent, concurring, concur, circuit judge, per curiam, the district court, certiorari, precedent, f.3d, f.2d, u.s.c, id at, supra, see also, standard of review, syllabus, justice, petitioner, respondent, statute, plaintiff, defendant

court filing < court document
court filing, complaint, petition, motion, pleading, brief, legal filing, stipulation, summons, subpoena, affidavit, declaration, notice of motion, klageschrift, assignation, requete, demanda, ricorso, dagvaarding
attorneys for plaintiff, attorney for, plaintiff, defendant, comes now, prays, prayer for relief, cause of action, jury trial, jurisdiction and venue, respectfully submitted, case no, civil action, superior court, district court, hereby moves, certificate of service, allege, alleges, exhibit, relief, count, damages, filed, tribunal, applicant, respondent, versus

police report
police report, incident report, arrest report, crime report, accident report, traffic collision report, booking report, sheriff's report, polizeibericht, polizeiliche anzeige, strafanzeige, rapport de police, proces-verbal de police, informe policial, denuncia, atestado, verbale di polizia
officer, reporting officer, badge, incident number, case number, suspect, victim, witness, offense, offence, arrest, arrested, date of incident, location of incident, narrative, sheriff, police department, complainant, booking, charges, vehicle, license plate, injured, statute, precinct, polizei, tatzeit, zeuge

boarding pass < travel document
boarding pass, boarding card, boarding pass ticket, bordkarte, carte d'embarquement, tarjeta de embarque, pase de abordar, carta d'imbarco, instapkaart, cartao de embarque
flight, gate, seat, boarding time, boarding, departure, passenger, class, group, zone, from, to, carrier, sequence, etkt, flug, sitz, abflug, vol, siege, porte, vuelo, asiento, puerta, volo, posto

hotel booking < travel document
hotel booking, hotel reservation, hotel confirmation, booking confirmation, hotelreservierung, reservation d'hotel, reserva de hotel, prenotazione
check in, check out, guest, guests, nights, room, room type, reservation number, cancellation policy, breakfast, rate per night, arrival, departure

ticket
ticket, event ticket, admission ticket, train ticket, entrance ticket, eintrittskarte, fahrkarte, fahrschein, billet, entrada, boleto, biglietto, kaartje
admit one, row, seat, section, gate, doors open, venue, show, platform, coach, valid for, non refundable, zug, wagen, train, voiture, place

patent
patent, patent application, patent specification, us patent, utility patent, patentschrift, offenlegungsschrift, brevet, demande de brevet, solicitud de patente, brevetto, octrooi
inventor, inventors, assignee, claims, what is claimed is, we claim, embodiment, embodiments, prior art, field of the invention, background of the invention, summary of the invention, brief description of the drawings, detailed description, fig, patent no, pub no, filed, invention, wherein, comprising, united states patent, int cl, apparatus, said, erfindung, anspruche, revendications, reivindicaciones

datasheet
datasheet, data sheet, product data sheet, technical data sheet, specification sheet, spec sheet, datenblatt, technisches datenblatt, fiche technique, ficha tecnica, hoja de datos, scheda tecnica, productblad
features, absolute maximum ratings, electrical characteristics, typical applications, pin configuration, pin description, supply voltage, operating temperature, package, ordering information, parameter, min, typ, max, unit, test conditions, specifications, block diagram, functional description, performance characteristics, thermal resistance, current, input voltage, output, typical performance, datasheet, dimensions, technical data, rated, voltage

safety data sheet
safety data sheet, material safety data sheet, sds, msds, sicherheitsdatenblatt, fiche de donnees de securite, ficha de datos de seguridad, scheda di sicurezza
hazards identification, first aid measures, fire fighting measures, accidental release, handling and storage, exposure controls, toxicological information, hazard statements, precautionary statements, cas, flash point, disposal considerations

manual
manual, user manual, instruction manual, user guide, owner's manual, operating instructions, installation guide, handbook, bedienungsanleitung, gebrauchsanweisung, handbuch, mode d'emploi, manuel, guide d'utilisation, manual de usuario, manual de instrucciones, manuale, istruzioni per l'uso, handleiding
warning, caution, press, button, step, troubleshooting, safety instructions, installation, maintenance, before use, figure, table of contents, warnung, hinweis, avertissement, advertencia, avvertenza

warranty
warranty, warranty certificate, limited warranty, guarantee, garantieschein, garantie, garantia, garanzia
this warranty, warranty period, defects, workmanship, repair or replace, proof of purchase, serial number, void, original purchaser

certificate of analysis
certificate of analysis, coa, test certificate, mill certificate, analysenzertifikat, werkszeugnis, certificat d'analyse, certificado de analisis, certificato di analisi
batch, batch number, lot number, specification, result, method, assay, purity, conforms, appearance, expiry date, manufacture date, tested by, quality control

newspaper page
newspaper, newspaper page, newspaper article, news article, gazette, front page, zeitung, zeitungsartikel, zeitungsseite, journal, article de presse, periodico, articulo de prensa, diario, giornale, quotidiano, krant
by staff, staff writer, correspondent, reuters, associated press, editorial, headlines, daily, vol, continued on page, see page, weather, classified, sports, the president, the mayor, police said, officials said, spokesman, yesterday, government, election, minister, edition, subscribe, advertisement, reporter, opinion, world, local news, redaktion, redaction, redaccion

menu
menu, restaurant menu, wine list, drinks menu, food menu, lunch menu, dinner menu, speisekarte, speisenkarte, getrankekarte, carte des vins, menu du jour, carta de vinos, carta del restaurante, listino, menukaart
appetizers, starters, entrees, mains, main courses, desserts, dessert, salads, salad, soup, soups, sandwiches, burgers, pizza, pasta, beverages, drinks, cocktails, wine, beer, coffee, tea, sides, served with, sauce, cheese, chicken, beef, fish, shrimp, grilled, fried, roasted, vegetarian, vegan, gluten free, fries, garlic, tomato, onion, mushrooms, bacon, breakfast, lunch, dinner, brunch, chef, vorspeisen, hauptgerichte, nachspeisen, entrees, plats, fromage, entrantes, postres, antipasti, primi, secondi, dolci, contorni

flyer
flyer, brochure, leaflet, advertisement, advert, poster, prospekt, broschure, werbung, depliant, plaquette, folleto, publicidad, volantino, opuscolo
welcome to, our services, opening hours, for more information, call now, special offer, free, limited time, sale, visit us, register now, join us, rsvp, discover, book now, save

press release
press release, news release, media release, pressemitteilung, presseinformation, communique de presse, nota de prensa, comunicado de prensa, comunicato stampa, persbericht
for immediate release, news provided by, media contact, press contact, media relations, spokesperson, prnewswire, business wire, proud to announce, excited to announce, about, announced today, today announced, forward looking statements

memo
memo, memorandum, internal memo, interoffice memorandum, aktennotiz, aktenvermerk, note de service, note interne, memorando, circolare
to, from, date, subject, re, cc, interoffice

agenda
agenda, meeting agenda, tagesordnung, ordre du jour, orden del dia, ordine del giorno
call to order, roll call, approval of minutes, public comment, old business, new business, adjournment, consent agenda

presentation
presentation, slides, slide deck, pitch deck, prasentation, folien, diapositives, presentacion, diapositivas, presentazione
overview, next steps, key takeaways, thank you, questions, roadmap, outlook, q&a

questionnaire < form
questionnaire, survey, feedback form, fragebogen, umfrage, enquete, encuesta, cuestionario, questionario, sondaggio, vragenlijst
strongly agree, strongly disagree, very satisfied, how often, please rate, on a scale, respondent, neither agree, tick one, never, sometimes

consent form < form
consent form, informed consent, consent, release form, waiver, einverstandniserklarung, einwilligungserklarung, formulaire de consentement, consentimiento informado, consenso informato, toestemmingsformulier
i understand, i consent, i agree, voluntary, risks, benefits, withdraw, participation, guardian, release of liability

birth certificate < certificate
birth certificate, certificate of birth, certificate of live birth, geburtsurkunde, acte de naissance, partida de nacimiento, acta de nacimiento, certificato di nascita, geboorteakte
place of birth, date of birth, father, mother, maiden name, registrar, sex, time of birth, attendant

marriage certificate < certificate
marriage certificate, certificate of marriage, marriage license, heiratsurkunde, eheurkunde, acte de mariage, acta de matrimonio, certificato di matrimonio
bride, groom, marriage, spouse, officiant, witnesses, solemnized, date of marriage

death certificate < certificate
death certificate, certificate of death, sterbeurkunde, acte de deces, acta de defuncion, certificato di morte
deceased, cause of death, date of death, informant, burial, decedent, coroner

diploma < certificate
diploma, degree certificate, bachelor's degree, master's degree, diplom, abschlusszeugnis, diplome, titulo universitario, laurea
conferred, degree of, bachelor of, master of, rector, dean, trustees, rights and privileges, president, university

transcript < certificate
transcript, academic transcript, school transcript, report card, grade report, leistungsnachweis, schulzeugnis, releve de notes, bulletin scolaire, expediente academico, boletin de notas, pagella, libretto
gpa, grade, grades, credits, credit hours, semester, course, term, cumulative, student id, subject, attempted, earned, marks, teacher

vehicle registration
vehicle registration, registration card, vehicle title, certificate of title, zulassungsbescheinigung, fahrzeugschein, fahrzeugbrief, carte grise, certificat d'immatriculation, permiso de circulacion, tarjeta de propiedad, carta di circolazione, libretto di circolazione, kentekenbewijs
vin, license plate, plate number, make, model, year, registered owner, odometer, lienholder, body type, fuel, engine

residence permit < id document
residence permit, visa, green card, permanent resident card, work permit, aufenthaltstitel, visum, titre de sejour, carte de sejour, permiso de residencia, visado, permesso di soggiorno, verblijfsvergunning
type of permit, valid until, nationality, remarks, number of entries, duration of stay, uscis, category, alien number

social security card < id document
social security card, social security number card, sozialversicherungsausweis, tarjeta de seguridad social
this number has been established for, social security administration, signature

job description
job description, job posting, job advertisement, vacancy, stellenbeschreibung, stellenanzeige, stellenausschreibung, fiche de poste, offre d'emploi, descripcion del puesto, oferta de empleo, annuncio di lavoro, vacature
responsibilities, requirements, qualifications, reports to, duties, preferred, we offer, apply, equal opportunity employer, position summary, we are looking for, your tasks, job title, ihre aufgaben, deine aufgaben, ihr profil, wir suchen, wir bieten, anforderungen, bewerben sie sich, vollzeit, missions, nous recherchons, requisitos, buscamos

performance review
performance review, performance appraisal, employee evaluation, appraisal form, mitarbeiterbeurteilung, leistungsbeurteilung, entretien annuel, evaluacion de desempeno, valutazione delle prestazioni
strengths, areas for improvement, goals, reviewer, review period, exceeds expectations, meets expectations, competencies, self assessment, manager comments

resignation letter < letter
resignation letter, letter of resignation, termination letter, kundigungsschreiben, lettre de demission, carta de renuncia, lettera di dimissioni
resign, resignation, last day, notice period, my position, hiermit kundige, demissionner, renuncia

work order
work order, service order, job sheet, service report, repair order, arbeitsauftrag, serviceauftrag, reparaturauftrag, ordre de travail, bon de travail, orden de trabajo, ordine di lavoro, werkbon
technician, work performed, work description, labor, parts, labour hours, job number, requested by, completed by, equipment, problem

inspection report
inspection report, home inspection, inspection checklist, audit report, prufbericht, inspektionsbericht, rapport d'inspection, informe de inspeccion, rapporto di ispezione
inspector, inspected, inspection date, deficiencies, recommendations, pass, fail, condition, observations, satisfactory, roof, foundation, plumbing

price list
price list, catalog, catalogue, rate card, tariff list, preisliste, katalog, liste de prix, tarif, catalogue, lista de precios, catalogo, listino prezzi, prijslijst
list price, sku, item code, retail price, wholesale, pack size, prices subject to change, minimum order, moq

certificate of origin < customs declaration
certificate of origin, ursprungszeugnis, certificat d'origine, certificado de origen, certificato di origine, certificaat van oorsprong
country of origin, exporter, consignee, origin criterion, chamber of commerce, the undersigned hereby declares, means of transport, hs code

white paper
white paper, whitepaper, technical report, research report, case study, studie, livre blanc, etude, estudio
executive summary, table of contents, key findings, recommendations, methodology, appendix, scope, overview

business card
business card, visitenkarte, carte de visite, tarjeta de visita, biglietto da visita
mobile, tel, fax, www, director, manager, sales

book page
book page, novel, textbook, roman, manuel scolaire, novela, romanzo
chapter, isbn, publisher, preface, all rights reserved, copyright

map
map, floor plan, site plan, blueprint, drawing, karte, grundriss, lageplan, bauplan, plan d'etage, plano, pianta, mappa, plattegrond
scale, north, legend, elevation, sheet, drawn by, checked by, revision, bedroom, kitchen

recipe
recipe, rezept kochen, recette, receta de cocina, ricetta di cucina, recept koken
ingredients, preheat, oven, tablespoon, teaspoon, cup, cups, minutes, stir, bake, flour, sugar, butter, salt, zutaten, ingredientes, ingredienti
"""  # noqa: E501
