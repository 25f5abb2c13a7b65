/** The standard rate of VAT (Regelsteuersatz). */
import type { Day } from "./calendar.ts";
import { type Percent, percent } from "./money.ts";

/**
 * In percent: 19 (§ 12 Abs. 1 UStG), 16 in the second half of 2020 (§ 28 Abs. 1 UStG), 16 before 2007.
 * https://www.gesetze-im-internet.de/ustg_1980/__28.html
 */
export function standardVatRate(day: Day): Percent {
  const isLowered = day < "2007-01-01" || (day >= "2020-07-01" && day <= "2020-12-31");
  return percent(isLowered ? "16" : "19");
}

export type VatViolation = { field: string; rule: "vat_rate_too_high"; most: Percent };

/** No country of the European Union takes more than 27 % (Hungary): beyond 30 % it is a slip of the pen. */
const highestVatRate = percent("30");

/** One rule for the rate of orders, invoices and contracts, in percent. */
export function checkVatRate(rate: Percent | undefined, field: string): VatViolation | undefined {
  if (!rate?.greaterThan(highestVatRate)) return undefined;
  return { field, rule: "vat_rate_too_high", most: highestVatRate };
}
