import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { auditMarkKinds } from "#app/domain/audit-mark.ts";
import { sampleMethods } from "#app/domain/sampling.ts";
import { authorityId, createdAt, euroAmount, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { grants } from "./grants.ts";
import { invoices } from "./invoices.ts";
import { users } from "./users.ts";

export const sampleMethod = pgEnum("sample_method", sampleMethods);
export const auditMarkKind = pgEnum("audit_mark_kind", auditMarkKinds);

/** Sample (Stichprobe) of receipts, with all that draws it again: its scope, method, size and seed. */
export const auditSamples = pgTable(
  "audit_samples",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    /** Receipts of one grant; null for those of all, and of the municipal budget. */
    grantId: uuid(),
    /** Receipts of these calendar years by their date; null where it is open. */
    fromYear: integer(),
    untilYear: integer(),
    method: sampleMethod().notNull(),
    size: integer().notNull(),
    seed: integer().notNull(),
    drawnBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (sample) => [
    unique("sample_is_of_one_authority").on(sample.id, sample.schoolAuthorityId),
    withinAuthority(
      "sample_is_of_a_grant_of_its_authority",
      [sample.grantId, sample.schoolAuthorityId],
      [grants.id, grants.schoolAuthorityId],
    ),
    withinAuthority(
      "sample_is_drawn_within_its_authority",
      [sample.drawnBy, sample.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
    check("sample_draws_something", sql`${sample.size} > 0 and ${sample.seed} > 0`),
  ],
);

/** What a sample was drawn from, receipt by receipt as it was then: all of them, drawn or not. */
export const auditSampleUnits = pgTable(
  "audit_sample_units",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    sampleId: uuid().notNull(),
    position: integer().notNull(),
    invoiceId: uuid().notNull(),
    /** Gross, in euro. */
    amount: euroAmount().notNull(),
    /** How many hints it had. */
    hints: integer().notNull(),
    /** When in the order of drawing; null for what was not drawn. */
    drawnAs: integer(),
  },
  (unit) => [
    unique("sample_has_a_place_once").on(unit.sampleId, unit.position),
    unique("sample_has_a_receipt_once").on(unit.sampleId, unit.invoiceId),
    withinAuthority(
      "unit_belongs_to_its_sample",
      [unit.sampleId, unit.schoolAuthorityId],
      [auditSamples.id, auditSamples.schoolAuthorityId],
    ),
    withinAuthority(
      "unit_is_a_receipt_of_its_authority",
      [unit.invoiceId, unit.schoolAuthorityId],
      [invoices.id, invoices.schoolAuthorityId],
    ),
  ],
);

/** Mark of an audit (Prüfvermerk) on a receipt, or the office's answer to one. Appended only. */
export const auditMarks = pgTable(
  "audit_marks",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    invoiceId: uuid().notNull(),
    kind: auditMarkKind().notNull(),
    /** What the auditor would cut, in euro gross; only of a cut. It moves no money. */
    amount: euroAmount(),
    text: text().notNull(),
    /** The question that is answered, the mark that is taken back. */
    refersToId: uuid(),
    /** The sample that drew the receipt. */
    sampleId: uuid(),
    markedBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (mark) => [
    unique("mark_is_of_one_receipt").on(mark.id, mark.invoiceId),
    index("audit_marks_by_invoice").on(mark.invoiceId),
    unique("receipt_is_marked_once_by_a_sample").on(mark.sampleId, mark.invoiceId),
    uniqueIndex("mark_is_taken_back_once")
      .on(mark.refersToId)
      .where(sql`${mark.kind} = 'withdrawal'`),
    withinAuthority(
      "mark_is_on_a_receipt_of_its_authority",
      [mark.invoiceId, mark.schoolAuthorityId],
      [invoices.id, invoices.schoolAuthorityId],
    ),
    withinAuthority(
      "mark_refers_to_one_of_the_same_receipt",
      [mark.refersToId, mark.invoiceId],
      [mark.id, mark.invoiceId],
    ),
    withinAuthority(
      "mark_comes_from_a_sample_of_its_authority",
      [mark.sampleId, mark.schoolAuthorityId],
      [auditSamples.id, auditSamples.schoolAuthorityId],
    ),
    withinAuthority(
      "receipt_is_marked_within_its_authority",
      [mark.markedBy, mark.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
    check(
      "only_a_cut_has_an_amount",
      sql`(${mark.kind} = 'cut') = (${mark.amount} is not null) and coalesce(${mark.amount}, 1) > 0`,
    ),
    check(
      "answer_and_withdrawal_refer_to_a_mark",
      sql`(${mark.kind} in ('answer', 'withdrawal')) = (${mark.refersToId} is not null)`,
    ),
    check("only_a_sample_draws", sql`(${mark.kind} = 'sampled') = (${mark.sampleId} is not null)`),
    check(
      "mark_says_why",
      sql`${mark.text} <> '' or ${mark.kind} in ('sampled', 'accepted', 'withdrawal')`,
    ),
  ],
);
