/** Words of a dossier (Prüfakte): its folders, the names of its papers, what is missing. */
import type { DossierThing, Missing, PaperKind } from "../domain/dossier.ts";
import { noticeTitles, stepTitles } from "../domain/titles.ts";
import { documentKindWords } from "./book-words.ts";
import { faultSentence } from "./file-sentences.ts";
import { formatDay } from "./notation.ts";
import { invoiceKindWords } from "./words.ts";

const folders: Partial<Record<PaperKind, string>> = {
  application: "01 Anträge",
  application_step: "01 Anträge",
  grant: "02 Bescheide",
  notice: "02 Bescheide",
  resolution: "03 Beschlüsse",
  school: "04 Medienkonzepte",
  order: "05 Belege",
  order_change: "05 Belege",
  order_closure: "05 Belege",
  invoice: "05 Belege",
  certification: "05 Belege",
  payment: "05 Belege",
  drawdown: "06 Mittelabrufe",
  payout: "06 Mittelabrufe",
  repayment: "06 Mittelabrufe",
  proof_of_use: "07 Verwendungsnachweise",
  proof_answer: "07 Verwendungsnachweise",
  asset: "08 Inventar",
  asset_disposal: "08 Inventar",
  e_invoice: "09 E-Rechnungen ohne Buchung",
};

export function folderOf(kind: PaperKind): string {
  return folders[kind] ?? "10 Sonstiges";
}

const ownWords = {
  resolution: "Beschluss",
  school: "Medienkonzept",
  e_invoice: "E-Rechnung",
} as const;

/** "Rechnung", "Änderungsbescheid", "Storno: Rechnung": what kind of paper it is. */
export function paperKindWord({ kind, detail }: Pick<DossierThing, "kind" | "detail">): string {
  if (kind in ownWords) return ownWords[kind as keyof typeof ownWords];
  const document = kind as keyof typeof documentKindWords;
  const within = {
    notice: () => noticeTitles[detail as keyof typeof noticeTitles],
    application_step: () =>
      `${documentKindWords[document]} ${stepTitles[detail as keyof typeof stepTitles]}`,
    invoice: () => detail && invoiceKindWords[detail as keyof typeof invoiceKindWords],
    reversal: () => `Storno ${documentKindWords[detail as keyof typeof documentKindWords] ?? ""}`,
  }[document as "notice"];
  return within?.() || documentKindWords[document];
}

/** "Rechnung R-77 von Netzbau GmbH vom 01.06.2021", as a reader calls it. */
export function paperTitle(thing: DossierThing): string {
  const { number, party, datedOn } = thing;
  const from = party && (thing.kind === "resolution" ? `„${party}“` : `von ${party}`);
  const dated = datedOn && `${thing.kind === "school" ? "seit" : "vom"} ${formatDay(datedOn)}`;
  return [paperKindWord(thing), number, from, dated].filter(Boolean).join(" ");
}

/** From whom a paper is; a resolution has a title instead, which stands in its own. */
export function paperParty({ kind, party }: DossierThing): string {
  return kind === "resolution" ? "" : party;
}

/** How a paper stands in the books. */
export function paperStanding({ kind, detail, isReversed, bookings }: DossierThing): string {
  if (isReversed) return "storniert";
  if (kind === "e_invoice") return detail === "discarded" ? "verworfen" : "nicht gebucht";
  return bookings.length > 0 ? "gebucht" : "ohne Buchung";
}

export function missingSentence(missing: Missing): string {
  if (missing.why === "fault") return faultSentence(missing.fault, missing.file);
  if (missing.why === "no_concept") return "Es ist kein Medienkonzept verzeichnet.";
  const { groundOf = [] } = missing.thing;
  if (groundOf.length === 0) return "Es liegt keine Datei vor.";
  const named = groundOf.map((title) => `„${title}“`).join(", ");
  const rest = groundOf.length === 1 ? "beruht der Antrag" : "beruhen die Anträge";
  return `Es liegt keine Datei vor. Auf diesem Beschluss ${rest} ${named}.`;
}

export const contentHeading = [
  "Datei",
  "Titel",
  "Art",
  "Belegnummer",
  "vom",
  "Buchungen",
  "Stand",
  "ursprünglicher Dateiname",
  "abgelegt von",
  "abgelegt am",
  "Größe in Byte",
  "SHA-256 der Datei",
  "SHA-256 laut Ablage",
  "Hinweis",
];

export const missingHeading = ["Was", "Art", "Nummer", "vom", "von", "Betrag", "Was fehlt"];

/** What stands before everything else in the archive. */
export function readMe(given: {
  authority: string;
  isExample: boolean;
  fileNumber: string;
  asOf: string;
  knownOn: string;
  fileCount: number;
  missingCount: number;
  isLimited: boolean;
}): string {
  const { fileCount, missingCount } = given;
  const missing =
    missingCount === 0
      ? "Nach den Regeln von Paktbuch fehlt nichts."
      : `${missingCount === 1 ? "Eine Unterlage fehlt" : `${missingCount} Unterlagen fehlen`}; FEHLT.csv nennt sie.`;
  return [
    ...(given.isExample ? ["BEISPIELDATEN", ""] : []),
    `Prüfakte der Zuwendung ${given.fileNumber}`,
    given.authority,
    `Stichtag ${formatDay(given.asOf)}, bekannt am ${given.knownOn}`,
    "",
    `Abgelegte Dateien: ${fileCount}. ${missing}`,
    "INHALT.csv nennt jede Datei mit ihrer Prüfsumme und den Nummern der Buchungen, zu denen sie gehört.",
    "Mit SHA256SUMS lassen sich die Dateien nachprüfen: sha256sum -c SHA256SUMS",
    "Zurückgezogene Dateien sind in INHALT.csv genannt und nicht beigelegt.",
    "Kontoauszüge sind nicht beigelegt: Auf ihnen stehen auch Umsätze, die nicht zu dieser Zuwendung gehören.",
    ...(given.isLimited
      ? [
          "Beschlüsse und noch nicht gebuchte E-Rechnungen gehören dem ganzen Träger; dieser Zugang sieht sie nicht.",
        ]
      : []),
  ].join("\r\n");
}
