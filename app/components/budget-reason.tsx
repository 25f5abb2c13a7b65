/** Who decided about money of the municipal budget, and why: beside its document and on its account. */
import type { CarryoverGround } from "#app/domain/carryover.ts";
import { carryoverGroundWords } from "#app/german/budget-sentences.ts";
import { formatDay } from "#app/german/notation.ts";
import { Facts } from "./page.tsx";

export type BudgetReasonRow = {
  kind: string;
  account: string;
  otherAccount: string | null;
  decidedOn: string;
  resolution: string | null;
  decision: string;
  reason: string;
  additionalIncome: string;
  ground: CarryoverGround | null;
  validUntil: string | null;
};

export function BudgetReasonFacts({ reason }: { reason: BudgetReasonRow }) {
  const { ground, otherAccount, additionalIncome, validUntil } = reason;
  const isCarried = ground !== null;
  const facts: [string, string | null][] = [
    ["Beschlossen am", formatDay(reason.decidedOn)],
    ["Beschluss", reason.resolution],
    ["Wer entschieden hat", reason.decision],
    ["Grund", reason.reason],
    [isCarried ? "Übertragen von" : "Haushaltsstelle", reason.account],
    [isCarried ? "Übertragen auf" : "Gedeckt aus der Haushaltsstelle", otherAccount],
    ["Gedeckt durch Mehrerträge", additionalIncome],
    ["Grund nach § 20 KomHKVO", ground && carryoverGroundWords[ground]],
    [
      "Verwendbar bis",
      isCarried ? (validUntil ? formatDay(validUntil) : "zur letzten Zahlung") : null,
    ],
  ];
  return <Facts facts={facts.filter(([, value]) => value)} />;
}

/** The same in one cell of a table: reason, then who decided, then what covers it. */
export function BudgetReasonText({ reason }: { reason: BudgetReasonRow | undefined }) {
  if (!reason) return null;
  const { decision, resolution, otherAccount, additionalIncome, ground } = reason;
  const decided = resolution ?? decision;
  const cover = ground === null ? (otherAccount ?? additionalIncome) : "";
  return (
    <div className="kern-hint">
      {[reason.reason, decided, cover && `gedeckt: ${cover}`].filter(Boolean).join(" · ")}
    </div>
  );
}
