/** The columns of the list of receipts that say what is eligible and who bears it. */
import type { Receipt } from "#app/domain/audit-book.ts";
import { type Money, shareOf } from "#app/domain/money.ts";
import { formula, shareFormula } from "./cells.ts";
import { styles } from "./styles.ts";
import type { Column } from "./table.ts";

export type ReceiptKey =
  | "lfd_Nr"
  | "Zahlungsdatum"
  | "Brutto"
  | "Skonto"
  | "gezahlt"
  | "nicht_förderfähige_USt"
  | "sonst_nicht_förderfähig"
  | "förderfähig"
  | "Bund"
  | "Land"
  | "Eigenmittel"
  | "anerkannt"
  | "Kürzung";

export const eligibleColumns: Column<Receipt, ReceiptKey>[] = [
  {
    key: "förderfähig",
    title: "förderfähig",
    width: 13.5,
    style: styles.amount,
    content: (receipt, { at }) => {
      const less = [at("Skonto"), at("nicht_förderfähige_USt"), at("sonst_nicht_förderfähig")];
      return formula(`ROUND(${[at("Brutto"), ...less].join("-")},2)`, eligibleOf(receipt));
    },
  },
  {
    key: "Bund",
    title: "davon Bund",
    width: 12.5,
    style: styles.amount,
    content: (receipt, { at }) =>
      formula(shareFormula(at("förderfähig"), receipt.federalRate), sharesOf(receipt).federal),
  },
  {
    key: "Land",
    title: "davon Land",
    width: 11.5,
    style: styles.amount,
    content: (receipt, { at }) =>
      formula(
        `ROUND(${at("förderfähig")}-${at("Bund")}-${at("Eigenmittel")},2)`,
        sharesOf(receipt).state,
      ),
  },
  {
    key: "Eigenmittel",
    title: "davon Eigenmittel",
    width: 12,
    style: styles.amount,
    content: (receipt, { at }) => {
      const funded = shareFormula(at("förderfähig"), receipt.fundingRate);
      return formula(`ROUND(${at("förderfähig")}-${funded},2)`, sharesOf(receipt).own);
    },
  },
];

/** As the formula of the row reckons it, not as it is stored: a difference shows among the controls. */
export function eligibleOf(receipt: Receipt): Money {
  const { grossAmount, cashDiscount, ineligibleVat, ineligibleOther } = receipt;
  return grossAmount.minus(cashDiscount).minus(ineligibleVat).minus(ineligibleOther);
}

/** Who bears the eligible costs. The state pays what is left, so that the shares add up to the cent. */
export function sharesOf(receipt: Receipt): { federal: Money; state: Money; own: Money } {
  const eligible = eligibleOf(receipt);
  const federal = shareOf(eligible, receipt.federalRate);
  const own = eligible.minus(shareOf(eligible, receipt.fundingRate));
  return { federal, state: eligible.minus(federal).minus(own), own };
}
