/** Sheet "Kontrolle": every comparison with its difference, which must be 0,00. */
import type { Money } from "#app/domain/money.ts";
import { type Content, amount, formula } from "./cells.ts";
import type { Control, Side } from "./comparison.ts";
import { styles } from "./styles.ts";
import type { Table } from "./table.ts";

export type ControlKey = "hier" | "Vergleichswert" | "Differenz" | "stimmt";

export function controlTable(controls: Control[]): Table<Control, ControlKey> {
  const styleOf = (control: Control) =>
    "here" in control && control.isCount ? styles.count : styles.amount;
  const sideOf = (side: "here" | "against") => (control: Control) =>
    "here" in control ? contentOf(control[side]) : null;

  return {
    sheet: "Kontrolle",
    rows: controls,
    columns: [
      { title: "Was verglichen wird", width: 84, style: styles.text, content: ({ what }) => what },
      {
        key: "hier",
        title: "nach dieser Arbeitsmappe",
        width: 20,
        style: styleOf,
        headingStyle: styles.amount,
        content: sideOf("here"),
      },
      {
        key: "Vergleichswert",
        title: "Vergleichswert (Paktbuch oder Journal)",
        width: 22,
        style: styleOf,
        headingStyle: styles.amount,
        content: sideOf("against"),
      },
      {
        key: "Differenz",
        title: "Differenz (muss 0 sein)",
        width: 15,
        style: styleOf,
        headingStyle: styles.amount,
        content: (control, { at }) =>
          "here" in control
            ? formula(`ROUND(${at("hier")}-${at("Vergleichswert")},2)`, differenceOf(control))
            : null,
      },
      {
        key: "stimmt",
        title: "stimmt",
        width: 10,
        style: styles.word,
        content: (control, { at }) => {
          const word = holds(control) ? "ja" : "NEIN";
          return "here" in control ? formula(`IF(${at("Differenz")}=0,"ja","NEIN")`, word) : word;
        },
      },
    ],
  };
}

export function holds(control: Control): boolean {
  return "here" in control ? differenceOf(control).isZero() : control.holds;
}

function differenceOf({ here, against }: { here: Side; against: Side }): Money {
  return here.amount.minus(against.amount);
}

function contentOf({ amount: value, formula: expression }: Side): Content {
  return expression === undefined ? amount(value) : formula(expression, value);
}
