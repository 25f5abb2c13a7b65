/** The letter of a joint service's year (IKZ) in German: the same text for the page and for the paper. */
import type { JointLetter, LetterComponent, LetterParty } from "../domain/joint-letter.ts";
import type { DividedBasis } from "../domain/joint-key.ts";
import { sum } from "../domain/money.ts";
import { dividedBasisWords, divisionNote, legalFormWords } from "./joint-words.ts";
import {
  formatAccount,
  formatAmount,
  formatDay,
  formatEuro,
  formatFactor,
  formatPercent,
  formatQuota,
} from "./notation.ts";

export type LetterTable = {
  title: string;
  note: string;
  columns: { label: string; isNumeric: boolean }[];
  rows: string[][];
  /** The row of the recipient. */
  marked: number | null;
  /** Cells of the total row. */
  footer: string[] | null;
};

export type LetterText = {
  /** What the file and the window are called. */
  title: string;
  /** That this is no letter of the sender, or that its data are made up. */
  remarks: string[];
  sender: LetterParty;
  recipient: LetterParty;
  facts: [term: string, value: string][];
  subject: string;
  opening: string[];
  /** Agreement, key, and how long the recipient belonged to it. */
  basis: string[];
  tables: LetterTable[];
  result: string[];
  closing: string[];
};

/** All that the letter says; `isExample` marks a letter from example data. */
export function letterText(letter: JointLetter, isExample: boolean): LetterText {
  const { kind, fiscalYear, agreement, sender, recipient } = letter;
  const name = kind === "plan" ? "Anforderung der Abschläge" : "Jahresabrechnung";
  return {
    title: `IKZ-Abrechnung ${fiscalYear} ${name} ${recipient.name}`,
    remarks: remarksOf(letter, isExample),
    sender,
    recipient,
    facts: [
      ["Datum", formatDay(letter.writtenOn)],
      ["Nummer", letter.number],
      ["Haushaltsjahr", String(fiscalYear)],
    ],
    subject: `${agreement.name}: ${name} für das Haushaltsjahr ${fiscalYear}`,
    opening: ["Sehr geehrte Damen und Herren,", openingOf(letter)],
    basis: basisOf(letter),
    tables: [
      ...letter.components.map(arithmeticTable),
      ...(letter.components.length > 1 ? [shareTable(letter)] : []),
      ...(kind === "plan" ? [instalmentTable(letter)] : settledTables(letter)),
    ],
    result: resultOf(letter),
    closing: [
      "Mit freundlichen Grüßen",
      sender.name,
      ...(letter.payTo?.signatory ? [letter.payTo.signatory] : []),
    ],
  };
}

function remarksOf({ isOwnReckoning, sender, recipient }: JointLetter, isExample: boolean) {
  const own = `Eigene Nachrechnung aus den Büchern von ${recipient.name}; kein Schreiben von ${sender.name}.`;
  return [...(isExample ? ["BEISPIELDATEN"] : []), ...(isOwnReckoning ? [own] : [])];
}

function openingOf({ kind, fiscalYear, total, share, reading }: JointLetter): string {
  const yours = formatEuro(share.amount);
  if (reading === "own_share") {
    return kind === "plan"
      ? `für das Haushaltsjahr ${fiscalYear} ist Ihr Anteil mit ${yours} geplant.`
      : `das Haushaltsjahr ${fiscalYear} ist abgerechnet. Ihr Anteil beträgt ${yours}.`;
  }
  return kind === "plan"
    ? `für die gemeinsamen Aufgaben im Haushaltsjahr ${fiscalYear} sind Kosten von ${formatEuro(total)} geplant. Davon entfallen auf Sie ${yours}.`
    : `das Haushaltsjahr ${fiscalYear} ist abgerechnet. Die gemeinsamen Kosten betragen ${formatEuro(total)}. Davon entfallen auf Sie ${yours}.`;
}

function basisOf({ agreement, resolution, share, daysOfYear, reading }: JointLetter): string[] {
  const { legalForm, legalFormNote } = agreement;
  const form =
    legalForm && legalForm !== "other" ? `${legalFormWords[legalForm]} nach NKomZG` : legalFormNote;
  const rests = resolution && ` Ihr Beschluss: ${resolution}.`;
  return [
    `Grundlage ist die Vereinbarung „${agreement.name}“ (${form}), gültig seit ${formatDay(agreement.startedOn)}.${rests}`,
    `Für Sie zählen ${share.days} von ${daysOfYear} Tagen des Haushaltsjahres.`,
    reading === "own_share"
      ? "Der Betrag ist Ihr eigener Anteil; er wird nicht durch einen Schlüssel geteilt."
      : "Geteilt wird nach den Zahlen der Mitglieder und den Tagen ihrer Mitgliedschaft. Jeder Anteil wird auf volle Cent abgerundet; die übrigen Cent gehen an die größten Reste.",
  ];
}

const figureWords: Record<DividedBasis, string> = {
  fixed_sum: "€ im Jahr",
  equal_parts: "Teile",
  pupils: "Schüler",
  schools: "Schulen",
  inhabitants: "Einwohner",
  devices: "Geräte",
  borne_rest: "Teile",
};

/** As a heading begins. */
function basisTitle(basis: DividedBasis): string {
  const words = dividedBasisWords[basis];
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function arithmeticTable(component: LetterComponent): LetterTable {
  const { basis, percent, countedOn, source, amount, totalWeight, loweredFrom, lines } = component;
  const isFixed = basis === "fixed_sum";
  const origin = [
    countedOn && `Stichtag ${formatDay(countedOn)}`,
    source && `Quelle: ${source}`,
    divisionNote(basis, loweredFrom && formatEuro(loweredFrom)),
  ].filter(Boolean);
  const labels = [
    "Mitglied",
    figureWords[basis],
    "Tage",
    "Zahl × Tage",
    "genau €",
    "abgerundet €",
    "Cent",
  ];
  return {
    title: `${basisTitle(basis)}: ${percent ? `${formatPercent(percent)}, das sind ` : ""}${formatEuro(amount)}`,
    note: origin.join("; "),
    columns: columnsOf([...labels, "Anteil €"]),
    rows: lines.map((line) => [
      line.member,
      isFixed ? formatAmount(line.figure) : formatFactor(line.figure),
      String(line.days),
      formatFactor(line.weight),
      formatQuota(line.quota),
      formatAmount(line.down),
      line.cent.isZero() ? "" : `+${formatAmount(line.cent)}`,
      formatAmount(line.part),
    ]),
    marked: lines.findIndex(({ isRecipient }) => isRecipient),
    footer: ["Summe", "", "", formatFactor(totalWeight), "", "", "", formatAmount(amount)],
  };
}

/** The parts of the recipient from each component, which add up to its share. */
function shareTable({ components, share }: JointLetter): LetterTable {
  return {
    ...plain("Ihr Anteil"),
    columns: columnsOf(["Grundlage", "Betrag €"]),
    rows: components.map(({ basis, lines }) => [
      basisTitle(basis),
      formatAmount(sum(lines.flatMap(({ isRecipient, part }) => (isRecipient ? [part] : [])))),
    ]),
    footer: ["Ihr Anteil", formatAmount(share.amount)],
  };
}

function instalmentTable({ instalments, share }: JointLetter): LetterTable {
  return {
    ...plain("Abschläge"),
    columns: columnsOf(["Abschlag", "fällig am", "Betrag €"]),
    rows: instalments.map(({ number, dueOn, amount }) => {
      return [String(number), formatDay(dueOn), formatAmount(amount)];
    }),
    footer: ["Summe", "", formatAmount(share.planned)],
  };
}

function settledTables({ payments, paid, share, result }: JointLetter): LetterTable[] {
  const received = formatAmount(paid ?? sum([]));
  const outcome = {
    instalments: "",
    additional_payment: "Nachzahlung",
    refund: "Erstattung",
    settled: "Ergebnis",
  }[result.kind];
  const open = "amount" in result ? formatAmount(result.amount) : formatAmount(sum([]));
  return [
    {
      ...plain("Gezahlte Abschläge"),
      note: payments.length === 0 ? "Bis zur Abrechnung wurde kein Abschlag gezahlt." : "",
      columns: columnsOf(["gezahlt am", "Betrag €"]),
      rows: payments.map(({ paidOn, amount }) => [formatDay(paidOn), formatAmount(amount)]),
      footer: ["Summe", received],
    },
    {
      ...plain("Ergebnis"),
      note: `Geplant war Ihr Anteil mit ${formatEuro(share.planned)}.`,
      columns: columnsOf(["Posten", "Betrag €"]),
      rows: [
        ["Ihr Anteil an den Istkosten", formatAmount(share.amount)],
        ["abzüglich gezahlter Abschläge", received],
      ],
      footer: [outcome, open],
    },
  ];
}

/** The account to pay to, its number unbroken; without one on file the one that is known. */
function accountOf({ payTo }: JointLetter): string {
  if (!payTo?.iban) return "auf das bekannte Konto";
  const iban = formatAccount(payTo.iban).replaceAll(" ", "\u00a0");
  return `auf das Konto ${iban}${payTo.bankName ? ` (${payTo.bankName})` : ""}`;
}

function resultOf(letter: JointLetter): string[] {
  const { result, number } = letter;
  const purpose = `unter Angabe der Nummer ${number} ${accountOf(letter)}`;
  switch (result.kind) {
    case "instalments":
      return [`Wir bitten Sie, die Abschläge bis zu den genannten Tagen ${purpose} zu zahlen.`];
    case "additional_payment":
      return [
        `Wir bitten Sie, die Nachzahlung von ${formatEuro(result.amount)} bis zum ${formatDay(result.until)} ${purpose} zu zahlen.`,
      ];
    case "refund":
      return [
        `Sie haben ${formatEuro(result.amount)} mehr gezahlt, als auf Sie entfällt. Wir erstatten Ihnen diesen Betrag bis zum ${formatDay(result.until)}.`,
      ];
    case "settled":
      return [
        "Ihre Abschläge decken Ihren Anteil genau. Es ist nichts nachzuzahlen und nichts zu erstatten.",
      ];
  }
}

function plain(title: string) {
  return { title, note: "", marked: null };
}

/** All but the first are figures, or days that stand above each other like them. */
function columnsOf(labels: string[]) {
  return labels.map((label, index) => ({ label, isNumeric: index > 0 }));
}
