"""What is known of papers of clubs, schools, employers and courts, and of rules for everybody.

Written as the kinds of `vocabularies` are.
"""

KINDS = """
bylaws
bylaws, by-laws, articles of association, articles of incorporation, constitution of the association, satzung, vereinssatzung, statuten, statuts de l'association, estatutos, statuto
members, membership, board of directors, officers, general meeting, annual meeting, quorum, treasurer, secretary, president, purpose, amendments, dissolution, dues, fiscal year, nonprofit
mitglieder, mitgliedschaft, vorstand, mitgliederversammlung, zweck, name und sitz, geschaftsjahr, gemeinnutzig, auflosung, beschlussfahig, stimmberechtigt, kassenprufer, membres, assemblee generale, cotisation, socios, asamblea general, junta directiva, soci, assemblea

membership application < application form
membership application, membership form, application for membership, mitgliedsantrag, aufnahmeantrag, beitrittserklarung, beitrittsformular, antrag auf mitgliedschaft, bulletin d'adhesion, formulaire d'adhesion, solicitud de socio, solicitud de membresia, domanda di iscrizione, inschrijfformulier
membership, become a member, membership fee, annual fee, dues, hereby apply, mitglied werden, mitgliedsbeitrag, jahresbeitrag, meinen beitritt, als mitglied, lastschriftmandat, einzugsermachtigung, adhesion, cotisation, socio, cuota

cover letter < letter
cover letter, motivation letter, application letter, letter of application, letter of motivation, bewerbungsschreiben, anschreiben, motivationsschreiben, lettre de motivation, lettre de candidature, carta de presentacion, carta de motivacion, lettera di presentazione, lettera di motivazione, motivatiebrief, sollicitatiebrief
apply, applying, position, application, internship, my resume, my experience, my skills, i believe, opportunity, hiring manager, contribute, passionate, interview, ihre anzeige, votre annonce, ma candidature, ma motivation, su anuncio, look forward, your consideration, your company, bewerbe, stelle, ihrem unternehmen, vorstellungsgesprach, praktikum, poste, entretien, votre entreprise, puesto, entrevista, colloquio

job application
job application, employment application, application for employment, job application form, employment application form, bewerbung, bewerbungsunterlagen, candidature, solicitud de empleo, domanda di lavoro, sollicitatie
apply, applying, your advertisement, position, position applied for, ihre anzeige, votre annonce, ma candidature, ma motivation, curriculum vitae ci joint, su anuncio,  application, resume, cover letter, desired salary, date available, previous employer, experience, skills, opportunity, interview, hiring, bewerbe, stelle, vorstellungsgesprach, gehaltsvorstellung, eintrittstermin, poste, entretien, puesto, entrevista

offer letter < letter
offer letter, job offer, employment offer, letter of offer, offer of employment, employment offer letter, promesse d'embauche, lettre d'embauche, oferta laboral, carta oferta, lettera di assunzione
pleased to offer, offer you, position, joining date, date of joining, start date, compensation, salary, probation, report to, benefits, acceptance, accept this offer, at will, employment, congratulations, sign and return

recommendation letter < letter
recommendation letter, letter of recommendation, reference letter, employment reference, arbeitszeugnis, empfehlungsschreiben, lettre de recommandation, carta de recomendacion, lettera di raccomandazione, aanbevelingsbrief
recommend, recommendation, i have known, without reservation, pleasure, highly, candidate, supervised, performance, qualities, vollsten zufriedenheit, zufriedenheit, verhalten, wunschen, zukunft

employment absence request < application form
leave request, vacation request, travel request, travel authorization, time off request, urlaubsantrag, dienstreiseantrag, demande de conge, solicitud de vacaciones, richiesta di ferie
annual leave, days off, holiday, vacation, working days, days left, look after, while i'm away, time off, resturlaub, urlaubstage, vertretung, solde de conges, dias de vacaciones, purpose of travel, destination, approver, approval, approved, manager, leave type, days requested, departure, return, requested on

affidavit < court filing
affidavit, declaration, sworn declaration, sworn statement, statutory declaration, witness statement, eidesstattliche versicherung, eidesstattliche erklarung, declaration sous serment, attestation sur l'honneur, declaracion jurada, dichiarazione giurata
penalty of perjury, perjury, i declare, i hereby declare, sworn, being duly sworn, true and correct, solemnly, personal knowledge, declarant, deponent, oath, executed on, before me, notary public, an eides statt

complaint < court filing
complaint, civil complaint, statement of claim, klage, klageschrift, plainte, demanda, querella, ricorso, dagvaarding
plaintiff, defendant, complainant, cause of action, causes of action, prayer for relief, jury trial, damages, alleges, information and belief, jurisdiction, venue, breach, wherefore, klager, beklagter

privacy policy
privacy policy, privacy notice, privacy statement, data protection policy, datenschutzerklarung, datenschutzhinweise, politique de confidentialite, politica de privacidad, informativa sulla privacy, privacyverklaring
personal data, personal information, cookies, third parties, we collect, collect information, gdpr, data protection, your rights, log data, log files, service providers, children, personenbezogene daten, donnees personnelles, datos personales, dati personali

terms and conditions
terms and conditions, terms of service, terms of use, general terms, allgemeine geschaftsbedingungen, agb, conditions generales, terminos y condiciones, condizioni generali, algemene voorwaarden
these terms, liability, governing law, user, account, license, prohibited, termination, refund, disclaimer, haftung, gewahrleistung, responsabilite, responsabilidad

policy and procedure
policy and procedure, policies and procedures, procedure, internal policy, company policy, standard operating procedure, sop, code of conduct, verfahrensanweisung, arbeitsanweisung, dienstanweisung, procedure interne, procedimiento, procedura
this policy, statement of intent, purpose, scope, responsibilities, staff, policy statement, review date, procedures, compliance, training, ensure, implementation, stakeholders, monitoring, approved by, mitarbeiter

house rules
house rules, club rules, rules and regulations, operating rules, pool rules, hausordnung, benutzungsordnung, platzordnung, gartenordnung, reglement interieur, reglamento interno, regolamento interno, huisregels
not allowed, not permitted, prohibited, members only, guests, must not, supervision, noise, violation, at all times, verboten, untersagt, ruhezeiten, gestattet, interdit, prohibido, vietato

resolution
resolution, board resolution, council resolution, resolucion, resolution du conseil, risoluzione, beschlussvorlage
whereas, be it resolved, resolved, therefore, adopted, passed, council, committee, ayes, nays, seconded, hereby

budget < financial statement
budget, budget summary, annual budget, treasurer's report, annual accounts, haushaltsplan, kassenbericht, budget previsionnel, presupuesto anual, bilancio preventivo, begroting
income, expenses, total income, total expenses, variance, actual, budgeted, fiscal year, expenditure, einnahmen, ausgaben, recettes, depenses, ingresos, gastos, entrate, uscite

invitation
invitation, einladung, invitation card, invitacion, invito, uitnodiging, carton d'invitation
you are invited, cordially, invite you, rsvp, join us, venue, laden wir, laden herzlich, eingeladen, anmeldung, uhr, beginn, nous vous invitons, invitamos, invitati

register extract
register extract, extract from the register, commercial register extract, company extract, handelsregisterauszug, vereinsregisterauszug, registerauszug, extrait kbis, kbis, nota simple, visura camerale
amtsgericht, handelsregister, vereinsregister, registerblatt, tag der eintragung, eintragungen, vertretungsregelung, rechtsform, registered office, company number, registrar of companies, abruf, registro mercantil, greffe

syllabus
syllabus, course syllabus, course outline, lehrplan, seminarplan, plan de cours, programa del curso, temario, programma del corso
course, instructor, office hours, grading, homework, assignments, exam, exams, midterm, final exam, textbook, attendance, academic integrity, lectures, learning objectives, prerequisites, semester, accommodations, late work, vorlesung, klausur, sprechstunde, enseignant, examen

exercise sheet
exercise sheet, worksheet, problem set, homework sheet, exam paper, question paper, ubungsblatt, aufgabenblatt, arbeitsblatt, feuille d'exercices, hoja de ejercicios, foglio di esercizi
exercise, problem, question, points, solve, prove, calculate, show that, suppose, hint, answer, aufgabe, punkte, berechnen sie, zeigen sie, exercice, ejercicio, esercizio

conference poster
conference poster, scientific poster, academic poster, research poster, poster presentation, wissenschaftliches poster, poster scientifique, poster cientifico
introduction, results, conclusions, methods, references, contact, acknowledgements, workshop, conference

research proposal
research proposal, project proposal, grant proposal, grant application, thesis proposal, forschungsantrag, projektantrag, projet de recherche, propuesta de investigacion, proposta di ricerca
objectives, research question, hypothesis, hypotheses, timeline, budget, methodology, expected results, significance, aims, proposed, references, feasibility, deliverables, milestones

tender
tender, request for quotation, request for proposal, rfq, rfp, invitation to tender, invitation to bid, tender notice, call for tenders, ausschreibung, leistungsverzeichnis, appel d'offres, licitacion, gara d'appalto, aanbesteding
bidder, bidders, bids, tenderer, sealed, closing date, submission, opening of, scope of work, eligibility, procurement, evaluation criteria, receipt of, bieter, vergabe, soumissionnaire, oferente

certificate of enrollment < certificate
certificate of enrollment, certificate of enrolment, proof of enrollment, enrollment verification, certification of enrollment, immatrikulationsbescheinigung, studienbescheinigung, certificat de scolarite, attestation d'inscription, certificado de matricula, certificato di iscrizione
enrolled, semester, student, matriculation number, matrikelnummer, studiengang, fachsemester, university, registrar, registered, immatrikuliert, inscrit, etudiant

errata
errata, errata sheet, erratum, known issues, release notes
workaround, silicon, revision, limitation, limitations, affected, fixed in, impact, device

endorsement < insurance policy
endorsement, policy endorsement, policy rider, nachtrag, avenant, suplemento de poliza, appendice di polizza
this endorsement, modifies, amends, exclusion, attached to, all other terms, changes the policy

order form < form
order form, subscription form, ticket order form, bestellformular, formulaire de commande, formulario de pedido, modulo d'ordine
subscription, tickets, quantity, qty, total, card number, expiration date, payment method, method of payment

calendar
calendar, event calendar, calendar of events, timetable, activity programme, kalender, veranstaltungskalender, terminplan, spielplan, stundenplan, calendrier, emploi du temps, calendario, horario de clases
monday, tuesday, wednesday, thursday, friday, saturday, sunday, activities, events, holiday, session, montag, dienstag, mittwoch, donnerstag, freitag, samstag, lundi, mardi, mercredi, jeudi, vendredi, lunes, martes, miercoles, jueves, viernes

vehicle rental agreement < contract
vehicle rental agreement, car rental agreement, car rental contract, car hire agreement, mietwagenvertrag, contrat de location de voiture, contrato de alquiler de coche, noleggio auto
vehicle, renter, pickup, drop off, return date, mileage, fuel, collision damage waiver, rental period, odometer, daily rate, driver, fahrzeug, vehicule, vehiculo
"""  # noqa: E501
