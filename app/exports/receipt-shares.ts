/**
 * The columns of the list of receipts that say what is eligible and who bears it. Shares are reckoned
 * on the sum so far of each grant, so that they add up to the share of the sum to the cent.
 */
import type { Receipt } from "#app/domain/audit-book.ts";
import { larger, type Money, roundToCents, zero } from "#app/domain/money.ts";
import { grantDue } from "#app/domain/terms.ts";
import { formula, shareFormula } from "./cells.ts";
import { styles } from "./styles.ts";
import type { Column } from "./table.ts";

export type ReceiptKey =
  | "lfd_Nr"
  | "Aktenzeichen"
  | "Zahlungsdatum"
  | "Brutto"
  | "Skonto"
  | "gezahlt"
  | "nicht_förderfähige_USt"
  | "sonst_nicht_förderfähig"
  | "gekürzt"
  | "förderfähig"
  | "bis_hier"
  | "Zuwendung"
  | "Bund"
  | "Land"
  | "Eigenmittel"
  | "Gegenzeile"
  | "anerkannt"
  | "Kürzung";

export function eligibleColumns(
  rows: Receipt[],
  range: (key: ReceiptKey) => string,
): Column<Receipt, ReceiptKey>[] {
  const shares = sharesOf(rows);
  return [
    {
      key: "förderfähig",
      title: "förderfähig",
      width: 13.5,
      style: styles.amount,
      content: (receipt, { at }) => {
        const less = ["Skonto", "nicht_förderfähige_USt", "sonst_nicht_förderfähig", "gekürzt"];
        const terms = [at("Brutto"), ...less.map((key) => at(key as ReceiptKey))];
        return formula(`ROUND(${terms.join("-")},2)`, eligibleOf(receipt));
      },
    },
    {
      key: "bis_hier",
      title: "förderfähig bis hier (je Aktenzeichen)",
      width: 15,
      style: styles.amount,
      content: (receipt, { at }) => {
        const sameGrant = `(${range("Aktenzeichen")}=${at("Aktenzeichen")})`;
        const untilHere = `(${range("lfd_Nr")}<=${at("lfd_Nr")})`;
        const product = `${sameGrant}*${untilHere}*${range("förderfähig")}`;
        return formula(`ROUND(SUMPRODUCT(${product}),2)`, shares.get(receipt)!.untilHere);
      },
    },
    {
      key: "Zuwendung",
      title: "davon Zuwendung",
      width: 13,
      style: styles.amount,
      content: (receipt, { at }) => {
        const before = `(${at("bis_hier")}-${at("förderfähig")})`;
        const due = dueFormula(receipt, at("bis_hier"));
        return formula(
          `ROUND(${due}-${dueFormula(receipt, before)},2)`,
          shares.get(receipt)!.grant,
        );
      },
    },
    {
      key: "Bund",
      title: "davon Bund",
      width: 12.5,
      style: styles.amount,
      content: (receipt, { at }) => {
        const before = `(${at("bis_hier")}-${at("förderfähig")})`;
        const [now, then] = [at("bis_hier"), before].map((cell) => federalFormula(receipt, cell));
        return formula(`ROUND(${now}-${then},2)`, shares.get(receipt)!.federal);
      },
    },
    {
      key: "Land",
      title: "davon Land",
      width: 11.5,
      style: styles.amount,
      content: (receipt, { at }) =>
        formula(`ROUND(${at("Zuwendung")}-${at("Bund")},2)`, shares.get(receipt)!.state),
    },
    {
      key: "Eigenmittel",
      title: "davon Eigen- und Drittmittel",
      width: 12,
      style: styles.amount,
      content: (receipt, { at }) =>
        formula(`ROUND(${at("förderfähig")}-${at("Zuwendung")},2)`, shares.get(receipt)!.own),
    },
  ];
}

/** As the formula of the row reckons it, not as it is stored: a difference shows among the controls. */
export function eligibleOf(receipt: Receipt): Money {
  const { grossAmount, cashDiscount, ineligibleVat, ineligibleOther, cut } = receipt;
  return grossAmount.minus(cashDiscount).minus(ineligibleVat).minus(ineligibleOther).minus(cut);
}

type Shares = Record<"untilHere" | "grant" | "federal" | "state" | "own", Money>;

/** Who bears the eligible costs; the state pays what the federal part leaves of the grant. */
export function sharesOf(rows: Receipt[]): Map<Receipt, Shares> {
  const sums = new Map<string, Money>();
  return new Map(
    rows.map((receipt) => {
      const grant = receipt.fileNumber.toLowerCase(); // "=" between texts does not look at case
      const eligible = eligibleOf(receipt);
      const before = sums.get(grant) ?? zero;
      const untilHere = before.plus(eligible);
      sums.set(grant, untilHere);
      const due = (spent: Money) => grantDue(receipt.financing, spent, receipt.financing.planned);
      const funded = due(untilHere).minus(due(before));
      const federal = federalPart(receipt, due(untilHere)).minus(federalPart(receipt, due(before)));
      const own = eligible.minus(funded);
      return [receipt, { untilHere, grant: funded, federal, state: funded.minus(federal), own }];
    }),
  );
}

function federalPart({ financing }: Receipt, grant: Money): Money {
  return roundToCents(grant.times(financing.federalRate).div(financing.fundingRate));
}

/** `grantDue` as a formula on a cell: the same cases, the same rounding. */
function dueFormula({ financing }: Receipt, cell: string): string {
  const { financingKind, fundingRate, grantAmount, thirdPartyAmount, planned } = financing;
  const uncovered = `MAX(${cell}-${thirdPartyAmount.toFixed()},0)`;
  const most = `MIN(${grantAmount.toFixed()},${uncovered})`;
  if (financingKind === "share") {
    return `MIN(${shareFormula(`MAX(${cell},0)`, fundingRate)},${most})`;
  }
  if (financingKind === "deficit") {
    const ownMeans = larger(planned.minus(grantAmount).minus(thirdPartyAmount), zero);
    return `MIN(${most},MAX(${uncovered}-${ownMeans.toFixed()},0))`;
  }
  return most;
}

function federalFormula(receipt: Receipt, cell: string): string {
  const { federalRate, fundingRate } = receipt.financing;
  const cents = `ROUND(${dueFormula(receipt, cell)}*100,0)`;
  const places = 10 ** Math.max(federalRate.decimalPlaces(), fundingRate.decimalPlaces());
  const [part, whole] = [federalRate, fundingRate].map((rate) => rate.times(places).toFixed(0));
  return `ROUND(${cents}*${part}/${whole},0)/100`;
}
