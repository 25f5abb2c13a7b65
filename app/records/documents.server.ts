/**
 * Documents (Belege) as the journal sees them: what each says in money, and its content for the seal.
 * One loader for each kind; posting and verifying both read through it.
 */
import { createHash } from "node:crypto";
import { and, eq, type SQL } from "drizzle-orm";
import type { AnyPgColumn, PgColumn } from "drizzle-orm/pg-core";
import type { Day } from "#app/domain/calendar.ts";
import { grouped } from "#app/domain/groups.ts";
import { type DocumentKind, type Posting, reversed } from "#app/domain/journal.ts";
import type { Reader } from "#db/client.ts";
import { reversals } from "#db/schema/journal.ts";
import { loadAssetDisposalDocument, loadAssetDocument } from "./asset-documents.server.ts";
import { isOneOf } from "./bulk.server.ts";
import {
  loadApplicationDocument,
  loadDrawdownDocument,
  loadEnvelopeDocument,
  loadGrantDocument,
  loadPayoutDocument,
} from "./granting-documents.server.ts";
import {
  loadAllotmentDocument,
  loadApplicationStepDocument,
  loadNoticeDocument,
  loadProofAnswerDocument,
  loadProofDocument,
  loadRepaymentDocument,
} from "./later-documents.server.ts";
import { loadContractChangeDocument, loadContractDocument } from "./contract-documents.server.ts";
import {
  loadCarryoverDocument,
  loadExtraApprovalDocument,
  loadSupplementDocument,
  loadYearClosingDocument,
} from "./budget-documents.server.ts";
import {
  loadJointCostDocument,
  loadJointPaymentDocument,
  loadJointPlanDocument,
  loadJointSettlementDocument,
  loadMembershipDocument,
} from "./joint-documents.server.ts";
import {
  loadAppropriationDocument,
  loadCostShareDocument,
  loadCostSharePaymentDocument,
} from "./municipal-documents.server.ts";
import {
  loadOrderChangeDocuments,
  loadOrderClosureDocuments,
  loadOrderDocuments,
} from "./order-documents.server.ts";
import {
  loadCertificationDocuments,
  loadInvoiceDocuments,
  loadPaymentDocuments,
} from "./spending-documents.server.ts";

export type DocumentKey = { kind: DocumentKind; id: string };

export type LoadedDocument = {
  /** What it did to the money; movements of nothing are left out. */
  postings: Posting[];
  /** Every row of it, for the seal. */
  content: unknown[];
  bookedOn: Day;
  /** How the office calls it. */
  title: string;
};

export type Loaded = Promise<LoadedDocument | undefined>;
type Loader = (reader: Reader, within: Within, id: string) => Loaded;

/** Of many documents of one kind, by their ids; those that are not on file are left out. */
export type LoadedDocuments = Promise<Map<string, LoadedDocument>>;
type ManyLoader = (reader: Reader, within: Within, ids: string[]) => LoadedDocuments;

/** Restricts a table to one row or parent of one authority, or to several. */
export type Within = (
  table: { schoolAuthorityId: AnyPgColumn },
  column: PgColumn,
  id: string | string[],
) => SQL;

/** @throws Error when there is no such document: an entry without its document, or a forged kind. */
export async function loadDocument(
  reader: Reader,
  schoolAuthorityId: string,
  { kind, id }: DocumentKey,
): Promise<LoadedDocument> {
  const document = await findDocument(reader, schoolAuthorityId, { kind, id });
  if (!document) throw new Error(`no ${kind} ${id}`);
  return document;
}

/** Several in the order of their keys, each kind in as few readings as it can. */
export async function loadDocuments(
  reader: Reader,
  schoolAuthorityId: string,
  keys: DocumentKey[],
): Promise<LoadedDocument[]> {
  const found = new Map<string, LoadedDocument>();
  for (const [kind, ofKind] of grouped(keys, (key) => key.kind)) {
    const ids = ofKind.map(({ id }) => id);
    const documents = await findDocuments(reader, schoolAuthorityId, kind, ids);
    for (const [id, document] of documents) found.set(`${kind} ${id}`, document);
  }
  return keys.map(({ kind, id }) => {
    const document = found.get(`${kind} ${id}`);
    if (!document) throw new Error(`no ${kind} ${id}`);
    return document;
  });
}

export async function findDocument(
  reader: Reader,
  schoolAuthorityId: string,
  { kind, id }: DocumentKey,
): Promise<LoadedDocument | undefined> {
  return (await findDocuments(reader, schoolAuthorityId, kind, [id])).get(id);
}

/** Those of the documents of one kind that are on file, by their ids. */
export async function findDocuments(
  reader: Reader,
  schoolAuthorityId: string,
  kind: DocumentKind,
  ids: string[],
): Promise<Map<string, LoadedDocument>> {
  if (kind === "reversal") return findReversals(reader, schoolAuthorityId, ids);
  const within: Within = (table, column, value) =>
    and(
      eq(table.schoolAuthorityId, schoolAuthorityId),
      typeof value === "string" ? eq(column, value) : isOneOf(column, value),
    )!;
  const found = new Map<string, LoadedDocument>();
  if (isOneOfMany(kind)) {
    for (let from = 0; from < ids.length; from += idsAtOnce) {
      const some = await manyLoaders[kind](reader, within, ids.slice(from, from + idsAtOnce));
      for (const [id, document] of some) found.set(id, moving(document));
    }
    return found;
  }
  for (const id of ids) {
    const document = await loaders[kind](reader, within, id);
    if (document) found.set(id, moving(document));
  }
  return found;
}

const idsAtOnce = 5_000;

/** The document with those postings only that move something. */
function moving(document: LoadedDocument): LoadedDocument {
  return { ...document, postings: document.postings.filter(({ amount }) => !amount.isZero()) };
}

/** SHA-256 over every field of the document; a column that is empty does not count. */
export function documentHash(content: unknown[]): string {
  const text = JSON.stringify(content, (_, value: unknown) => (value === null ? undefined : value));
  return createHash("sha256").update(text).digest("hex");
}

/** Kinds of which an office has thousands: they come in one reading. */
const manyLoaders = {
  order: loadOrderDocuments,
  order_change: loadOrderChangeDocuments,
  order_closure: loadOrderClosureDocuments,
  invoice: loadInvoiceDocuments,
  certification: loadCertificationDocuments,
  payment: loadPaymentDocuments,
} satisfies Partial<Record<DocumentKind, ManyLoader>>;
type KindOfMany = keyof typeof manyLoaders;

function isOneOfMany(kind: DocumentKind): kind is KindOfMany {
  return kind in manyLoaders;
}

const loaders: Record<Exclude<DocumentKind, KindOfMany | "reversal">, Loader> = {
  envelope: loadEnvelopeDocument,
  allotment: loadAllotmentDocument,
  application: loadApplicationDocument,
  application_step: loadApplicationStepDocument,
  grant: loadGrantDocument,
  notice: loadNoticeDocument,
  drawdown: loadDrawdownDocument,
  payout: loadPayoutDocument,
  repayment: loadRepaymentDocument,
  proof_of_use: loadProofDocument,
  proof_answer: loadProofAnswerDocument,
  appropriation: loadAppropriationDocument,
  supplement: loadSupplementDocument,
  extra_approval: loadExtraApprovalDocument,
  carryover: loadCarryoverDocument,
  year_closing: loadYearClosingDocument,
  cost_share: loadCostShareDocument,
  cost_share_payment: loadCostSharePaymentDocument,
  contract: loadContractDocument,
  contract_change: loadContractChangeDocument,
  asset: loadAssetDocument,
  asset_disposal: loadAssetDisposalDocument,
  joint_membership: loadMembershipDocument,
  joint_plan: loadJointPlanDocument,
  joint_payment: loadJointPaymentDocument,
  joint_cost: loadJointCostDocument,
  joint_settlement: loadJointSettlementDocument,
};

/** Reversals with what they undo, which is read by its kind. */
async function findReversals(reader: Reader, schoolAuthorityId: string, ids: string[]) {
  const found = new Map<string, LoadedDocument>();
  if (ids.length === 0) return found;
  const rows = await reader
    .select()
    .from(reversals)
    .where(and(eq(reversals.schoolAuthorityId, schoolAuthorityId), isOneOf(reversals.id, ids)));
  for (const [kind, undoing] of grouped(rows, (row) => row.documentKind)) {
    const undone = undoing.map(({ documentId }) => documentId);
    const originals = await findDocuments(reader, schoolAuthorityId, kind, undone);
    for (const reversal of undoing) {
      const original = originals.get(reversal.documentId);
      if (original) found.set(reversal.id, reversalOf(original, reversal));
    }
  }
  return found;
}

type Reversal = typeof reversals.$inferSelect;

function reversalOf(original: LoadedDocument, reversal: Reversal): LoadedDocument {
  const title = `Storno: ${original.title}`;
  return {
    postings: reversed(original.postings, reversal.reversedOn, `${title} (${reversal.reason})`),
    content: [reversal],
    bookedOn: reversal.reversedOn,
    title,
  };
}
