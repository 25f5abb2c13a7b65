/** Notes on the cover: what the columns mean and what is not recorded yet. */
export const notes: [string, string][] = [
  [
    "Formeln",
    "Jede Summe ist eine lebende Formel über die Zeilen dieser Arbeitsmappe. Das Blatt Kontrolle stellt ihr den in Paktbuch gespeicherten Wert gegenüber; die Differenz muss 0,00 sein.",
  ],
  [
    "Summen",
    "Zwischen den Zeilen stehen keine Zwischensummen, damit Filtern und Sortieren nichts doppelt zählt. Die Summen stehen im Blatt Kontrolle.",
  ],
  [
    "Konto-Nr.",
    "Laufende Nummer des Kontos in dieser Arbeitsmappe; sie verbindet Übersicht und Journal.",
  ],
  [
    "verfügbar",
    "Kostenposition: bewilligt − gebunden − in Rechnung gestellt. Haushaltsstelle: Ermächtigung − gebunden − in Rechnung gestellt; Ermächtigung ist der Ansatz mit Nachtrag, Übertragung, über- und außerplanmäßiger Bewilligung und Deckung. Wer das beschlossen hat und warum, steht auf dem Blatt Haushaltsänderungen.",
  ],
  [
    "bewilligt, bewilligte Zuwendung",
    "Zweimal derselbe Bescheid: „bewilligt“ sind die Kosten je Kostenposition, „bewilligte Zuwendung“ ist, was davon Fördermittel sind. Beide werden nie zusammengezählt.",
  ],
  [
    "Kontrollsumme",
    "Summe einer Wertart über alle Konten des Journals. „bewilligte Zuwendung“ steht darin zweimal, wo die Töpfe des Schulträgers dabei sind: einmal im Topf der Schule, einmal auf dem Einnahmekonto der Zuwendung. Was bewilligt ist, steht auf dem Blatt Übersicht und im zahlenmäßigen Nachweis.",
  ],
  ["förderfähig", "Brutto − Skonto − nicht förderfähige USt − sonst nicht förderfähig."],
  [
    "davon Bund, Land, Eigenmittel",
    "Rechnerische Anteile an „förderfähig“ nach den Sätzen des Bescheids, kaufmännisch auf den Cent gerundet; das Land trägt den Rest, damit die Anteile aufgehen.",
  ],
  [
    "Zahlenmäßiger Nachweis",
    "Plan und Ist jeder Zuwendung, je Kostenposition und Finanzierung. Die Formeln rechnen aus Journal und Belegliste; daneben steht, was die Seite des Verwendungsnachweises zeigt („Seite Nachweis“).",
  ],
  [
    "Stornierungen",
    "Nichts wird gelöscht: der stornierte Vorgang und sein Storno stehen beide da und heben sich auf. In der Belegliste nennt jede Zeile die lfd. Nr. ihrer Gegenzeile, auf dem Blatt Stornos stehen die Buchungsnummern beider. Minusbeträge sind rot und tragen ein Minuszeichen.",
  ],
  [
    "unbezahlt",
    "Rechnungen ohne Zahlung stehen am Ende der Belegliste, ohne Zahlungsdatum; „gezahlt“ ist 0,00.",
  ],
  [
    "Folgekosten",
    "Erwartete Kosten von fünf Haushaltsjahren ab dem des Stichtags: Verträge, eigener Anteil der IKZ, Ersatz von Geräten. Angenommen ist, dass niemand kündigt und der eigene Anteil bleibt, wie er zuletzt war. Auf Zuwendungen wird davon nichts gebucht.",
  ],
  [
    "Noch nicht erfasst",
    "Produkt/Sachkonto der Belegliste wird in Paktbuch noch nicht erfasst; die Spalte ist für Eintragungen vorgesehen und leer.",
  ],
  [
    "Anlagen",
    "Abgeschrieben wird linear ab dem Monat der Anschaffung, nur volle Monate (§ 49 KomHKVO); der Sonderposten (davon Zuwendung) wird in denselben Monaten aufgelöst (§ 44 Abs. 5 KomHKVO). Die Zuwendung ist der Anteil laut Belegliste. Abschreibungen bewegen kein Geld und stehen deshalb nicht im Journal.",
  ],
  [
    "Änderungsprotokoll",
    "Wer was wann getan hat, ohne bloßes Lesen. Es richtet sich nach dem Zeitpunkt „bekannt am“, nicht nach dem Stichtag. In einem Auszug stehen die Einträge zu den Vorgängen des Auszugs; im Prüfbuch eines Prüfzugangs für einen Teil fehlen „vorher“ und „nachher“, weil sie auch andere Konten nennen.",
  ],
  [
    "Schlüssel",
    "Was jedes Wort und jede Nummer bedeutet, die in den Spalten der Blätter wiederkehren.",
  ],
  [
    "Prüfung",
    "Vermerke der Prüfung auf einzelnen Rechnungen und die Antworten darauf. Es sind Notizen: Eine Kürzung dort bewegt kein Geld. Die Startzahl zieht dieselbe Stichprobe noch einmal.",
  ],
  [
    "Für die Prüfung",
    "anerkannt, Kürzung und Kürzungsgrund (gelb hinterlegt) sind leer und für die Hand der prüfenden Stelle bestimmt. Was dort eingetragen wird, nennt die Nachprüfung für sich; es gilt nicht als Änderung, und das Siegel wird ohne es nachgerechnet.",
  ],
  [
    "Prüfsumme",
    "SHA-256 über die Buchung und die Prüfsumme der Buchung davor; die Zelle enthält alle 64 Zeichen, der Ausdruck nur den Anfang.",
  ],
  [
    "Siegel",
    "SHA-256 über die Zellen eines Blattes als Text in UTF-8, ohne Marke am Anfang: eine Zeile je Zeile des Blattes, auch die Überschrift, am Ende immer CR LF; Zellen mit „;“ getrennt, nach RFC 4180 in Anführungszeichen, wo „;“, Anführungszeichen oder Zeilenende darin stehen; leere Zellen sind leer. Zahlen in kürzester Schreibweise mit Dezimalkomma, ohne Tausenderpunkt (1234,5); Tage als TT.MM.JJJJ, Zeitpunkte mit HH:MM:SS dahinter; Formeln mit ihrem gespeicherten Wert.",
  ],
  [
    "Nachprüfung",
    "„npm run check-workbook DATEI“ oder die Seite „Prüfbuch nachprüfen“ stellt die Arbeitsmappe nach der Kennung noch einmal her und nennt jede Zelle, die anders ist.",
  ],
  [
    "Zeichen",
    "„�“ steht für ein Steuerzeichen, das eine Arbeitsmappe nicht aufnehmen kann. Text über 32.767 Zeichen ist gekürzt und so gekennzeichnet.",
  ],
  [
    "Ausdruck",
    "Alle Blätter sind für A4 quer eingerichtet. Breite Blätter stehen auf mehreren Seiten nebeneinander; die ersten Spalten stehen auf jeder.",
  ],
];
