/** The German words of contracts and of the forecast. */
import type { Adjustment, ChangeKind, ContractKind, Rhythm, StepDay } from "../domain/contract.ts";
import type { PriceGround } from "../domain/contract-price.ts";
import type { Assumption, ForecastKind } from "../domain/forecast.ts";
import type { Money } from "../domain/money.ts";
import { formatDay, formatEuro } from "./notation.ts";
import type { Violation } from "./violations.ts";
import { problemOf } from "./words.ts";

export const contractKindWords: Record<ContractKind, string> = {
  licence: "Lizenz",
  support: "Betreuung",
  maintenance: "Wartung",
  line: "Leitung",
  leasing: "Leasing",
  staff: "Personalanteil",
  other: "Sonstiges",
};

export const forecastKindWords: Record<ForecastKind, string> = {
  ...contractKindWords,
  joint_service: "IKZ, eigener Anteil",
  replacement: "Ersatz von Geräten",
};

export const rhythmWords: Record<Rhythm, string> = {
  month: "je Monat",
  quarter: "je Quartal",
  year: "je Jahr",
};

export const adjustmentWords: Record<Adjustment, string> = {
  none: "keine, fester Preis",
  yearly_step: "feste Steigerung in Prozent",
  index: "nach einem Preisindex",
};

export const stepDayWords: Record<StepDay, string> = {
  new_year: "jeden 1. Januar",
  anniversary: "jeden Jahrestag des Beginns",
};

export const changeKindWords: Record<ChangeKind, string> = {
  price: "neuer Preis",
  end: "anderes Ende der Laufzeit",
  termination: "Kündigung",
};

export const priceGroundWords: Record<PriceGround, string> = {
  agreed: "vereinbart",
  changed: "geändert",
  step: "Steigerung",
  index: "nach Index",
  expected: "Index, erwartet",
};

export function assumptionText(assumption: Assumption): string {
  const { name } = assumption;
  switch (assumption.kind) {
    case "renewal":
      return `${name}: läuft nach dem ${formatDay(assumption.endsOn)} weiter; niemand kündigt.`;
    case "step":
      return `${name}: der Preis steigt jedes Jahr wie vereinbart.`;
    case "expected_index":
      return `${name}: ab ${assumption.from} liegt noch kein Indexwert vor; es gilt die erwartete Änderung.`;
    case "held_constant":
      return `${name}: der eigene Anteil bleibt, wie er ${assumption.fiscalYear} war.`;
  }
}

/** What keeps the cost of a year from being committed. */
export type Obstacle =
  | { rule: "account_missing"; product: string; costCentre: string; ledgerAccount: string }
  | { rule: "exceeds_account"; missing: Money }
  | { rule: "needs_reason"; missing: Money }
  | { rule: "invoiced_above_plan"; excess: Money }
  | { rule: "refused"; violation: Violation };

export function obstacleText(obstacle: Obstacle, fiscalYear: number): string {
  switch (obstacle.rule) {
    case "exceeds_account":
      return `Der Ansatz reicht nicht: Es fehlen ${formatEuro(obstacle.missing)}.`;
    case "needs_reason":
      return `Braucht eine Begründung: Dem Haushalt fehlen ${formatEuro(obstacle.missing)}.`;
    case "invoiced_above_plan":
      return `Es sind ${formatEuro(obstacle.excess)} mehr in Rechnung gestellt, als der Vertrag ${fiscalYear} kostet.`;
    case "refused":
      return problemOf(obstacle.violation).sentence;
    case "account_missing": {
      const { product, costCentre, ledgerAccount } = obstacle;
      const place = [product, costCentre, ledgerAccount].filter(Boolean).join(" / ");
      return `Konto fehlt: Der Haushalt ${fiscalYear} hat kein Konto ${place}.`;
    }
  }
}

/** What of a contract is not posted in a year, as the list of them shows it. */
export function unpostedRow<
  Cost extends {
    contract: { id: string; number: string; name: string };
    fiscalYear: number;
    difference: Money;
    account: { id: string; label: string } | null;
    obstacle: Obstacle | null;
  },
>({ contract: { id, number, name }, fiscalYear, difference, account, obstacle }: Cost) {
  const missing = obstacle ? obstacleText(obstacle, fiscalYear) : null;
  const needsReason = obstacle?.rule === "needs_reason";
  return { id, number, name, fiscalYear, difference, account, missing, needsReason };
}
