/**
 * Documents (Belege) as the journal sees them: what each says in money, and its content for the seal.
 * One loader for each kind; posting and verifying both read through it.
 */
import { createHash } from "node:crypto";
import { and, eq, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Day } from "#app/domain/calendar.ts";
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
  loadOrderChangeDocument,
  loadOrderClosureDocument,
  loadOrderDocument,
} from "./order-documents.server.ts";
import {
  loadCertificationDocument,
  loadInvoiceDocument,
  loadInvoiceDocuments,
  loadPaymentDocument,
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

/** Restricts a table to one row or parent of one authority. */
export type Within = (
  table: { schoolAuthorityId: AnyPgColumn },
  column: AnyPgColumn,
  id: string,
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

/** Several in the order of their keys; invoices and their reversals, which come by thousands, in one reading. */
export async function loadDocuments(
  reader: Reader,
  schoolAuthorityId: string,
  keys: DocumentKey[],
): Promise<LoadedDocument[]> {
  const idsOf = (kind: DocumentKind) => keys.filter((key) => key.kind === kind).map(({ id }) => id);
  const undoing = await loadReversals(reader, schoolAuthorityId, idsOf("reversal"));
  const undone = [...undoing.values()].filter(({ documentKind }) => documentKind === "invoice");
  const ids = [...idsOf("invoice"), ...undone.map(({ documentId }) => documentId)];
  const invoices = await loadInvoiceDocuments(reader, schoolAuthorityId, ids);
  const loaded = [];
  for (const key of keys) {
    const reversal = undoing.get(key.id);
    const invoice = invoices.get(reversal?.documentId ?? key.id);
    if (!invoice) loaded.push(await loadDocument(reader, schoolAuthorityId, key));
    else loaded.push(reversal ? reversalOf(moving(invoice), reversal) : moving(invoice));
  }
  return loaded;
}

async function loadReversals(reader: Reader, schoolAuthorityId: string, ids: string[]) {
  if (ids.length === 0) return new Map<string, Reversal>();
  const rows = await reader
    .select()
    .from(reversals)
    .where(and(eq(reversals.schoolAuthorityId, schoolAuthorityId), isOneOf(reversals.id, ids)));
  return new Map(rows.map((row) => [row.id, row]));
}

type Reversal = typeof reversals.$inferSelect;

export async function findDocument(
  reader: Reader,
  schoolAuthorityId: string,
  { kind, id }: DocumentKey,
): Promise<LoadedDocument | undefined> {
  const within: Within = (table, column, value) =>
    and(eq(table.schoolAuthorityId, schoolAuthorityId), eq(column, value))!;
  const document = await loaders[kind](reader, within, id);
  return document && moving(document);
}

/** The document with those postings only that move something. */
function moving(document: LoadedDocument): LoadedDocument {
  return { ...document, postings: document.postings.filter(({ amount }) => !amount.isZero()) };
}

/** SHA-256 over every field of the document; a column that is empty does not count. */
export function documentHash(content: unknown[]): string {
  const text = JSON.stringify(content, (_, value: unknown) => (value === null ? undefined : value));
  return createHash("sha256").update(text).digest("hex");
}

const loaders: Record<DocumentKind, Loader> = {
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
  order: loadOrderDocument,
  order_change: loadOrderChangeDocument,
  order_closure: loadOrderClosureDocument,
  invoice: loadInvoiceDocument,
  certification: loadCertificationDocument,
  payment: loadPaymentDocument,
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
  reversal: loadReversalDocument,
};

async function loadReversalDocument(reader: Reader, within: Within, id: string): Loaded {
  const [reversal] = await reader
    .select()
    .from(reversals)
    .where(within(reversals, reversals.id, id));
  if (!reversal) return undefined;
  const original = await loadDocument(reader, reversal.schoolAuthorityId, {
    kind: reversal.documentKind,
    id: reversal.documentId,
  });
  return reversalOf(original, reversal);
}

function reversalOf(original: LoadedDocument, reversal: Reversal): LoadedDocument {
  const title = `Storno: ${original.title}`;
  return {
    postings: reversed(original.postings, reversal.reversedOn, `${title} (${reversal.reason})`),
    content: [reversal],
    bookedOn: reversal.reversedOn,
    title,
  };
}
