/** Columns of the terms that a notice lays down; the first notice and each later one have them. */
import { date, integer, pgEnum } from "drizzle-orm/pg-core";
import { financingKinds } from "#app/domain/programme.ts";
import { euroAmount, percentage } from "../columns.ts";

export const financingKind = pgEnum("financing_kind", financingKinds);

/** What each notice says. */
export const termColumns = () => ({
  spendFrom: date().notNull(),
  spendUntil: date().notNull(),
  fundingRate: percentage().notNull(),
  grantAmount: euroAmount().notNull(),
  lineTolerance: percentage().notNull(),
});

/** What a notice may say; null where it does not, and for notices recorded before it was asked. */
export const furtherTermColumns = () => ({
  financingKind: financingKind(),
  /** Other money for the same purpose (Drittmittel), in euro. */
  thirdPartyAmount: euroAmount(),
  /** Last day on which the grant may be drawn. */
  drawUntil: date(),
  /** The most that may be drawn before it is spent, in percent of the grant. */
  advanceRate: percentage(),
  /** Drawn money is spent within so many months of its payout. */
  spendWithinMonths: integer(),
  interimProofDueOn: date(),
  proofDueOn: date(),
  /** Until when what was bought must serve its purpose (Zweckbindung). */
  dedicatedUntil: date(),
});
