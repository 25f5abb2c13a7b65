/** What is said where two forms meet: the same one sent twice, or two made from one version. */

export const conflictWords = {
  sentOtherwise:
    "Dieses Formular wurde schon mit anderem Inhalt gebucht; das gilt. Ihre Eingabe steht unten noch da: Noch einmal abgeschickt, wird sie zusätzlich gebucht.",
  savedMeanwhile:
    "Inzwischen hat jemand anders gespeichert. Ihre Eingabe steht unten noch da: Noch einmal gespeichert, ersetzt sie die andere Fassung.",
  caption: "Worin sich beide Fassungen unterscheiden",
  field: "Feld",
  theirs: "Gespeichert ist",
  mine: "Ihre Eingabe",
  empty: "leer",
  none: "Beide Fassungen sagen dasselbe.",
  overtaken: "Inzwischen hat jemand anders gespeichert; nichts ist geschehen.",
  look: "Die gespeicherte Fassung ansehen",
  take: "Ihre Eingabe verwerfen und die gespeicherte Fassung öffnen",
};

export const yesOrNo = (value: string) => (value === "on" ? "ja" : "nein");
