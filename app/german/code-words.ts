/** What every code of the audit workbook (Prüfbuch) means: its sheet "Schlüssel". */
import type { Standing } from "../domain/audit-book.ts";
import type { UsePosition } from "../domain/audit-sheets.ts";
import type { AccountKind, DocumentKind, Figure } from "../domain/journal.ts";

/** The two halves of a financial proof (zahlenmäßiger Nachweis). */
export const useParts = { costs: "Ausgaben", means: "Finanzierung" } as const;

/** The positions of its financing; a cost line is named by its category. */
export const usePositions: Record<Exclude<UsePosition, "line">, string> = {
  grant: "Zuwendung",
  third_party: "Drittmittel",
  own: "Eigenmittel",
};

export const usePositionMeanings: Record<Exclude<UsePosition, "line">, string> = {
  grant: "Fördermittel; als Ist, was davon auf die bezahlten Ausgaben entfällt",
  third_party: "anderes Geld für denselben Zweck; es wird vor der Zuwendung verbraucht",
  own: "was der Schulträger selbst trägt",
};

export const figureMeanings: Record<Figure, string> = {
  ceiling: "das Höchste, was aus dem Kontingent bewilligt werden kann",
  applied: "in Anträgen beantragt",
  granted: "Fördermittel laut Bescheid",
  approved: "förderfähige Kosten laut Bescheid, je Kostenposition",
  committed: "durch Aufträge gebunden und noch nicht durch Rechnung abgelöst",
  invoiced: "förderfähig in Rechnung gestellt, nach Skonto, Gutschrift und Kürzung",
  paid: "davon bezahlt",
  reclaimed: "von der Bewilligungsbehörde zurückgefordert",
  drawn: "bei der Bewilligungsbehörde abgerufen",
  received: "eingegangen",
  repaid: "an die Bewilligungsbehörde zurückgezahlt",
  interest: "Zinsen auf Rückzahlungen",
  appropriated: "Ansatz im Haushaltsplan",
  supplemented: "Änderung durch Nachtragshaushalt",
  carried: "aus dem Vorjahr oder in das Folgejahr übertragene Ermächtigung",
  extra: "über- oder außerplanmäßig bewilligt",
  covered: "durch Deckung von einer anderen Haushaltsstelle oder an sie",
  share_planned: "Anteil eines Mitglieds nach dem Jahresplan",
  share_paid: "vom Mitglied gezahlt",
  share_settled: "Anteil eines Mitglieds nach der Jahresabrechnung",
};

export const accountKindMeanings: Record<AccountKind, string> = {
  pot: "Topf eines Kontingents, für eine Schule oder frei verteilbar",
  budget_line: "Schule und Fördergegenstand innerhalb einer Zuwendung",
  income: "Einnahmen einer Zuwendung: bewilligt, abgerufen, eingegangen",
  appropriation: "Haushaltsstelle des Schulträgers in einem Haushaltsjahr",
  member_share: "Anteil eines Mitglieds einer Zusammenarbeit (IKZ) in einem Jahr",
};

export const documentKindMeanings: Record<DocumentKind, string> = {
  envelope: "Höchstbetrag des Schulträgers im Förderprogramm",
  allotment: "Verteilung des Kontingents auf Schulen",
  application: "Antrag auf eine Zuwendung",
  application_step: "Rückgabe, Nachforderung oder Entscheidung im Antragsverfahren",
  grant: "erster Bescheid über eine Zuwendung",
  notice: "Änderung, Umschichtung, Schlussbescheid oder Widerruf",
  order: "bindet Mittel mit seinem Bruttobetrag",
  order_change: "erhöht oder senkt einen Auftrag",
  order_closure: "gibt frei, was nicht mehr in Rechnung gestellt wird",
  invoice: "auch Abschlags- und Schlussrechnung und Gutschrift",
  certification: "sachlich und rechnerisch richtig, durch eine zweite Person",
  payment: "ganze Zahlung, Teilzahlung oder Erstattung",
  drawdown: "Anforderung von Fördermitteln",
  payout: "Eingang abgerufener Fördermittel",
  repayment: "Rückzahlung an die Bewilligungsbehörde, mit Zinsen",
  proof_of_use: "Zwischen- oder Schlussnachweis",
  proof_answer: "Antwort der Bewilligungsbehörde, auch mit Kürzungen",
  appropriation: "Ansatz im Haushaltsplan",
  supplement: "Nachtrag zum Haushaltsplan",
  extra_approval: "Bewilligung über den Ansatz hinaus",
  carryover: "Übertragung in das nächste Haushaltsjahr",
  year_closing: "danach nimmt das Haushaltsjahr nur noch Stornos an",
  cost_share: "fester Beitrag zu einer Zusammenarbeit",
  cost_share_payment: "Zahlung des festen Beitrags",
  contract: "wiederkehrende Kosten; bindet den Haushalt, nie eine Zuwendung",
  contract_change: "anderer Preis, anderes Ende oder Kündigung",
  asset: "Inventar, aus einer Rechnung angeschafft",
  asset_disposal: "Verkauf, Verlust oder Aussonderung",
  joint_membership: "Beitritt oder Austritt eines Mitglieds",
  joint_plan: "geplante Kosten eines Jahres und ihre Verteilung",
  joint_payment: "Abschlag, Nachzahlung oder Erstattung eines Mitglieds",
  joint_cost: "was die Zusammenarbeit im Jahr wirklich gekostet hat",
  joint_settlement: "Verteilung der Istkosten auf die Mitglieder",
  reversal: "macht einen Vorgang ungeschehen; beide bleiben stehen",
};

export const standingMeanings: Record<Standing, string> = {
  standing: "steht und zählt",
  reversed: "durch einen späteren Storno ungeschehen",
  reversal: "macht die Gegenzeile ungeschehen",
};

/** Words of other columns: column, code, meaning. */
export const otherCodes: [column: string, code: string, meaning: string][] = [
  ["Status", "bezahlt", "Zeile der Belegliste mit Zahlung"],
  ["Status", "unbezahlt", "Rechnung oder Rest einer Rechnung ohne Zahlung"],
  ["Stand", "gilt", "steht und zählt"],
  ["Stand", "gültig", "der Prüfvermerk steht"],
  ["Stand", "zurückgenommen", "der Prüfvermerk wurde zurückgenommen"],
  ["Stand", "storniert", "durch einen späteren Storno ungeschehen"],
  ["Teil", useParts.costs, "bezahlte förderfähige Ausgaben"],
  ["Teil", useParts.means, "womit die Ausgaben bezahlt werden"],
  ["Haushalt oder IKZ", "Haushalt", "Auftrag oder Rechnung des Schulträgers"],
  ["Haushalt oder IKZ", "IKZ", "Anteil an einer Zusammenarbeit"],
  ["Überschreitung zu hoch", "ja", "mehr bezahlt, als Plan und erlaubte Überschreitung zulassen"],
  ["Überschreitung zu hoch", "nein", "innerhalb von Plan und erlaubter Überschreitung"],
  ["eigener Anteil", "ja", "Anteil dieses Schulträgers"],
  ["eigener Anteil", "nein", "Anteil eines anderen Mitglieds"],
  ["stimmt", "ja", "die Differenz ist 0"],
  ["stimmt", "NEIN", "es gibt eine Abweichung: bitte prüfen"],
];
