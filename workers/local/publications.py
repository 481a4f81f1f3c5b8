"""What is known of papers that firms do not send each other: forms, papers of science, of courts.

Written as the kinds of `vocabularies` are.
"""

KINDS = """
form
form, blank form, fillable form, formular, formblatt, vordruck, formulaire, formulario, modulo, formulier, questionnaire, fragebogen, cuestionario, questionario, checklist
____, please complete, please print, block letters, office use only, tick the box, check the box, do not write, surname, given name, date of birth, place of birth, signature, bitte ankreuzen, in druckschrift, vorname, nachname, geburtsdatum, unterschrift, cochez, nom, prenom, ne le, marque con una x, apellidos, nombre, firma, cognome

scientific article
scientific article, scientific paper, research paper, research article, academic paper, journal article, conference paper, wissenschaftlicher artikel, forschungsarbeit, article scientifique, articulo cientifico, articolo scientifico, wetenschappelijk artikel
abstract, keywords, introduction, related work, methodology, methods, results, discussion, conclusion, conclusions, acknowledgements, acknowledgments, references, bibliography, et al, doi, issn, arxiv, proceedings, journal, university, department of, hypothesis, literature, in this paper, we present, we propose, theorem, algorithm, findings, this study, research
zusammenfassung, schlusselworter, einleitung, literaturverzeichnis, resume, mots cles, bibliographie, resumen, palabras clave, bibliografia, riassunto, parole chiave

court document
court document, court ruling, court decision, judgment, judgement, court order, transcript of proceedings, summons, urteil, beschluss des gerichts, klageschrift, jugement, arret, assignation, sentencia, auto judicial, sentenza, vonnis
court, supreme court, district court, court of appeal, plaintiff, defendant, petitioner, respondent, appellant, appellee, counsel, justice, judge, hearing, docket, case no, versus, on behalf of, attorney, affidavit, ruling, appeal
gericht, landgericht, amtsgericht, klager, beklagter, im namen des volkes, aktenzeichen, tribunal, demandeur, defendeur, cour d'appel, juzgado, demandante, demandado, ricorrente, rechtbank, eiser

regulation
regulation, law, statute, legislation, act of parliament, official notice, proposed rule, final rule, directive, ordinance, gesetz, verordnung, loi, decret, arrete, ley, reglamento, legge, regolamento, wet, besluit
an act to, this act, be it enacted, sub-section, amendment act, state government, federal register, official journal, gazette, pursuant to, subsection, paragraph, shall enter into force, amended, proposed rule, public comment, agency, effective date, section, bundesgesetzblatt, absatz, journal officiel, boletin oficial, gazzetta ufficiale

statistics
statistics, statistical report, statistical table, market report, market prices, statistik, marktbericht, statistiques, rapport statistique, estadisticas, informe estadistico, statistiche
totals, average, percent, year on year, previous year, fiscal year, monthly, weekly, quarterly, per capita, price range, number of, source, figures, durchschnitt, vorjahr, moyenne, annee precedente, promedio, media

newsletter
newsletter, news letter, bulletin, rundbrief, mitteilungsblatt, lettre d'information, boletin informativo, notiziario, nieuwsbrief
in this issue, upcoming events, save the date, dear parents, dear members, volunteers, editor, calendar, announcements, subscribe, unsubscribe, dear readers, veranstaltungen, termine, evenements, eventos
"""  # noqa: E501
