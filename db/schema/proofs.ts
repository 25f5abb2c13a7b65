import { sql } from "drizzle-orm";
import {
  check,
  date,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { proofKinds } from "#app/domain/proof-of-use.ts";
import { authorityId, createdAt, euroAmount, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { grants } from "./grants.ts";
import { invoiceLines } from "./invoices.ts";
import { accounts } from "./journal.ts";

export const proofKind = pgEnum("proof_kind", proofKinds);

/** Proof of use (Verwendungsnachweis) or interim proof, as it was submitted. */
export const proofsOfUse = pgTable(
  "proofs_of_use",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    grantId: uuid().notNull(),
    kind: proofKind().notNull(),
    /** Receipts paid up to this day are in it. */
    asOf: date().notNull(),
    submittedOn: date().notNull(),
    /** Factual report (Sachbericht). */
    report: text().notNull(),
    /** The figures and receipts as they were sent: JSON with exact amounts. */
    figures: text().notNull(),
    /** SHA-256 of report and figures. */
    seal: text().notNull(),
    createdAt: createdAt(),
  },
  (proof) => [
    unique("proof_is_of_one_authority").on(proof.id, proof.schoolAuthorityId),
    withinAuthority(
      "proof_accounts_for_its_grant",
      [proof.grantId, proof.schoolAuthorityId],
      [grants.id, grants.schoolAuthorityId],
    ),
    index("proofs_of_use_by_grant").on(proof.grantId),
  ],
);

/** Answer (Prüfvermerk) of the granting authority to a proof; without cuts it is accepted. */
export const proofAnswers = pgTable(
  "proof_answers",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    proofId: uuid().notNull(),
    answeredOn: date().notNull(),
    reference: text().notNull(),
    note: text().notNull(),
    createdAt: createdAt(),
  },
  (answer) => [
    unique("answer_is_of_one_authority").on(answer.id, answer.schoolAuthorityId),
    withinAuthority(
      "answer_answers_its_proof",
      [answer.proofId, answer.schoolAuthorityId],
      [proofsOfUse.id, proofsOfUse.schoolAuthorityId],
    ),
  ],
);

/** Cut (Kürzung): what of a receipt the granting authority does not accept, with its reason. */
export const proofCuts = pgTable(
  "proof_cuts",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    answerId: uuid().notNull(),
    position: integer().notNull(),
    invoiceLineId: uuid()
      .notNull()
      .references(() => invoiceLines.id),
    budgetLineId: uuid()
      .notNull()
      .references(() => accounts.id),
    amount: euroAmount().notNull(),
    reason: text().notNull(),
  },
  (cut) => [
    unique("receipt_is_cut_once_by_an_answer").on(cut.answerId, cut.invoiceLineId),
    withinAuthority(
      "cut_belongs_to_its_answer",
      [cut.answerId, cut.schoolAuthorityId],
      [proofAnswers.id, proofAnswers.schoolAuthorityId],
    ),
    index("proof_cuts_by_invoice_line").on(cut.invoiceLineId),
    check("cut_amount_is_positive", sql`${cut.amount} > 0`),
    check("cut_has_a_reason", sql`${cut.reason} <> ''`),
  ],
);
