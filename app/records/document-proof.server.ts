/**
 * The proof that each document's entries follow from it, and that its content is what they seal. Documents
 * are read a thousand at a time with their entries, so that memory does not grow with the journal.
 */
import { and, asc, eq, sql } from "drizzle-orm";
import { grouped } from "#app/domain/groups.ts";
import { type DocumentKind, documentKinds, type Verdict } from "#app/domain/journal.ts";
import type { Reader } from "#db/client.ts";
import { entries } from "#db/schema/journal.ts";
import { proofsOfUse } from "#db/schema/proofs.ts";
import { isOneOf } from "./bulk.server.ts";
import { placesAtMost } from "./chain-proof.server.ts";
import { documentHash, findDocuments, type LoadedDocument } from "./documents.server.ts";
import { sealOfProof } from "./proof-seal.server.ts";

/** Where the documents of each kind are kept. */
const tableOf: Record<DocumentKind, string> = {
  envelope: "envelopes",
  allotment: "allotments",
  application: "applications",
  application_step: "application_steps",
  grant: "grants",
  notice: "notices",
  order: "orders",
  order_change: "order_changes",
  order_closure: "order_closures",
  invoice: "invoices",
  certification: "certifications",
  payment: "payments",
  drawdown: "drawdowns",
  payout: "payouts",
  repayment: "repayments",
  proof_of_use: "proofs_of_use",
  proof_answer: "proof_answers",
  supplement: "supplements",
  extra_approval: "extra_approvals",
  carryover: "carryovers",
  year_closing: "year_closings",
  appropriation: "appropriations",
  cost_share: "cost_shares",
  cost_share_payment: "cost_share_payments",
  contract: "contracts",
  contract_change: "contract_changes",
  asset: "assets",
  asset_disposal: "asset_disposals",
  joint_membership: "joint_memberships",
  joint_plan: "joint_plans",
  joint_payment: "joint_payments",
  joint_cost: "joint_costs",
  joint_settlement: "joint_settlements",
  reversal: "reversals",
};

const documentsAtOnce = 1_000;

export async function proveDocuments(reader: Reader, schoolAuthorityId: string): Promise<Verdict> {
  const findings: string[] = [];
  let checked = 0;
  for (const kind of documentKinds) {
    for await (const ids of idsOf(reader, schoolAuthorityId, kind)) {
      checked += ids.length;
      findings.push(...(await compareDocuments(reader, schoolAuthorityId, kind, ids)));
    }
  }
  findings.push(...(await brokenContents(reader, schoolAuthorityId)));
  findings.push(...(await entriesOfNoDocument(reader, schoolAuthorityId)));
  return { proof: "entries_follow_from_documents", checked, findings };
}

/** The ids of one kind, a thousand at a time. */
async function* idsOf(reader: Reader, schoolAuthorityId: string, kind: DocumentKind) {
  let last = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await reader.execute<{ id: string }>(sql`
      select id from ${sql.identifier(tableOf[kind])}
      where school_authority_id = ${schoolAuthorityId} and id > ${last} order by id limit ${documentsAtOnce}`);
    if (rows.length === 0) return;
    yield rows.map(({ id }) => id);
    last = rows.at(-1)!.id;
  }
}

type Entry = typeof entries.$inferSelect;

async function compareDocuments(
  reader: Reader,
  schoolAuthorityId: string,
  kind: DocumentKind,
  ids: string[],
): Promise<string[]> {
  const booked = await reader
    .select()
    .from(entries)
    .where(
      and(
        eq(entries.schoolAuthorityId, schoolAuthorityId),
        eq(entries.documentKind, kind),
        isOneOf(entries.documentId, ids),
      ),
    )
    .orderBy(asc(entries.number));
  const entriesOf = grouped(booked, ({ documentId }) => documentId);
  const documents = await readable(reader, schoolAuthorityId, kind, ids);
  return ids.flatMap((id) => {
    const finding = compare(documents.get(id), entriesOf.get(id) ?? []);
    return finding ? [`Beleg ${kind} ${id}: ${finding}`] : [];
  });
}

/** A document that its own loader can't make sense of must not hide the others: then each is read alone. */
async function readable(
  reader: Reader,
  schoolAuthorityId: string,
  kind: DocumentKind,
  ids: string[],
): Promise<Map<string, LoadedDocument | string>> {
  try {
    return await findDocuments(reader, schoolAuthorityId, kind, ids);
  } catch (cause) {
    if (ids.length === 1) return new Map([[ids[0]!, String(cause)]]);
  }
  const alone = new Map<string, LoadedDocument | string>();
  for (const id of ids) {
    const [found] = await readable(reader, schoolAuthorityId, kind, [id]);
    if (found) alone.set(...found);
  }
  return alone;
}

function compare(document: LoadedDocument | string | undefined, booked: Entry[]) {
  if (!document) return "nicht lesbar";
  if (typeof document === "string") return `nicht lesbar (${document})`;
  const { postings, content } = document;
  if (postings.length !== booked.length) {
    return `${booked.length} Buchungen statt ${postings.length}`;
  }
  if (booked.length === 0) return undefined;
  const hash = documentHash(content);
  for (const [index, entry] of booked.entries()) {
    const posting = postings[index]!;
    const isSame =
      entry.accountId === posting.accountId &&
      entry.figure === posting.figure &&
      entry.bookedOn === posting.bookedOn &&
      entry.amount.eq(posting.amount);
    if (!isSame) return `Buchung ${entry.number} folgt nicht aus dem Beleg`;
    if (entry.documentHash !== hash) {
      return `Inhalt weicht von dem ab, was Buchung ${entry.number} besiegelt`;
    }
  }
}

async function entriesOfNoDocument(reader: Reader, schoolAuthorityId: string): Promise<string[]> {
  const documents = sql.join(
    documentKinds.map(
      (kind) => sql`select ${kind}::text as kind, id from ${sql.identifier(tableOf[kind])}
        where school_authority_id = ${schoolAuthorityId}`,
    ),
    sql` union all `,
  );
  const rows = await reader.execute<{ kind: string; id: string; number: string }>(sql`
    select e.kind, e.id, e.number from (
      select document_kind::text as kind, document_id as id, min(number) as number from entries
      where school_authority_id = ${schoolAuthorityId} group by 1, 2
    ) as e left join (${documents}) as d on d.kind = e.kind and d.id = e.id
    where d.id is null order by e.number limit ${placesAtMost}`);
  return rows.map(({ kind, id, number }) => `Buchung ${number}: Beleg ${kind} ${id} fehlt`);
}

/** Proofs and files whose content is not the one whose hash stands beside it. */
async function brokenContents(reader: Reader, schoolAuthorityId: string): Promise<string[]> {
  const proofs = await reader
    .select({
      id: proofsOfUse.id,
      report: proofsOfUse.report,
      figures: proofsOfUse.figures,
      seal: proofsOfUse.seal,
    })
    .from(proofsOfUse)
    .where(eq(proofsOfUse.schoolAuthorityId, schoolAuthorityId));
  const files = await reader.execute<{ id: string }>(sql`
    select id from attachments where school_authority_id = ${schoolAuthorityId}
      and encode(sha256(content), 'hex') <> hash`);
  return [
    ...proofs
      .filter(({ report, figures, seal }) => sealOfProof(report, figures) !== seal)
      .map(({ id }) => `Verwendungsnachweis ${id}: Inhalt weicht von der Prüfsumme ab`),
    ...files.map(({ id }) => `Anlage ${id}: Inhalt weicht von der Prüfsumme ab`),
  ];
}
