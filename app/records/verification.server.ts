/**
 * The four proofs of the journal: balances are the sums of the entries; each document's entries follow
 * from the document; the numbers have no gap; the chain of seals closes.
 */
import { asc, eq, sql } from "drizzle-orm";
import { type DocumentKind, documentKinds, figures, type Verdict } from "#app/domain/journal.ts";
import { db, type Reader } from "#db/client.ts";
import { schoolAuthorities } from "#db/schema/authorities.ts";
import { entries, journalHeads } from "#db/schema/journal.ts";
import { proofsOfUse } from "#db/schema/proofs.ts";
import { documentHash, findDocument } from "./documents.server.ts";
import { entryHash } from "./journal.server.ts";
import { sealOfProof } from "./proof-seal.server.ts";

/** Runs the proofs for one authority, on one snapshot of the database unless a reader is given. */
export function verifyJournal(schoolAuthorityId: string, reader?: Reader): Promise<Verdict[]> {
  if (reader) return proveAll(reader, schoolAuthorityId);
  return db.transaction((tx) => proveAll(tx, schoolAuthorityId), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

async function proveAll(reader: Reader, schoolAuthorityId: string): Promise<Verdict[]> {
  const journal = await reader
    .select()
    .from(entries)
    .where(eq(entries.schoolAuthorityId, schoolAuthorityId))
    .orderBy(asc(entries.number));
  return [
    await proveBalances(reader, schoolAuthorityId),
    await proveDocuments(reader, schoolAuthorityId, journal),
    proveNumbers(journal),
    await proveChain(reader, schoolAuthorityId, journal),
  ];
}

export function listAuthorities() {
  return db.select().from(schoolAuthorities).orderBy(asc(schoolAuthorities.name));
}

type Entry = typeof entries.$inferSelect;

async function proveBalances(tx: Reader, schoolAuthorityId: string): Promise<Verdict> {
  const balanceColumns = sql.join(
    figures.map((figure) => sql`(${sql.raw(`'${figure}'`)}, ${sql.identifier(figure)})`),
    sql`, `,
  );
  const rows = await tx.execute<{ account: string; figure: string; kept: string; summed: string }>(
    sql`
    with kept as (
      select b.account_id, f.figure, f.amount from balances b
      cross join lateral (values ${balanceColumns}) as f(figure, amount)
      where b.school_authority_id = ${schoolAuthorityId}
    ), summed as (
      select account_id, figure::text as figure, sum(amount) as amount from entries
      where school_authority_id = ${schoolAuthorityId} group by 1, 2
    )
    select coalesce(k.account_id, s.account_id)::text as account, coalesce(k.figure, s.figure) as figure,
      coalesce(k.amount::text, 'fehlt') as kept, coalesce(s.amount, 0)::text as summed
    from kept k full join summed s using (account_id, figure)
    where k.amount is null or k.amount <> coalesce(s.amount, 0)`,
  );
  const [count] = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from balances where school_authority_id = ${schoolAuthorityId}`,
  );
  return {
    proof: "balances_equal_entries",
    checked: count!.count,
    findings: rows.map(
      ({ account, figure, kept, summed }) =>
        `Konto ${account}, ${figure}: Saldo ${kept}, Summe der Buchungen ${summed}`,
    ),
  };
}

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

async function proveDocuments(
  tx: Reader,
  schoolAuthorityId: string,
  journal: Entry[],
): Promise<Verdict> {
  const booked = new Map<string, Entry[]>();
  for (const entry of journal) {
    const key = `${entry.documentKind} ${entry.documentId}`;
    booked.set(key, [...(booked.get(key) ?? []), entry]);
  }
  const findings: string[] = [];
  let checked = 0;

  for (const kind of documentKinds) {
    const rows = await tx.execute<{ id: string }>(
      sql`select id from ${sql.identifier(tableOf[kind])} where school_authority_id = ${schoolAuthorityId}`,
    );
    for (const { id } of rows) {
      checked += 1;
      const key = `${kind} ${id}`;
      const finding = await compare(tx, schoolAuthorityId, { kind, id }, booked.get(key) ?? []);
      if (finding) findings.push(`Beleg ${key}: ${finding}`);
      booked.delete(key);
    }
  }
  findings.push(...(await brokenSeals(tx, schoolAuthorityId)));
  for (const [key, [first]] of booked) {
    findings.push(`Buchung ${first!.number}: Beleg ${key} fehlt`);
  }
  return { proof: "entries_follow_from_documents", checked, findings };
}

/** Proofs and files whose content is not the one that was sealed when they came. */
async function brokenSeals(tx: Reader, schoolAuthorityId: string): Promise<string[]> {
  const proofs = await tx
    .select({
      id: proofsOfUse.id,
      report: proofsOfUse.report,
      figures: proofsOfUse.figures,
      seal: proofsOfUse.seal,
    })
    .from(proofsOfUse)
    .where(eq(proofsOfUse.schoolAuthorityId, schoolAuthorityId));
  const files = await tx.execute<{ id: string }>(sql`
    select id from attachments where school_authority_id = ${schoolAuthorityId}
      and encode(sha256(content), 'hex') <> hash`);
  return [
    ...proofs
      .filter(({ report, figures, seal }) => sealOfProof(report, figures) !== seal)
      .map(({ id }) => `Verwendungsnachweis ${id}: Inhalt weicht von der Prüfsumme ab`),
    ...files.map(({ id }) => `Anlage ${id}: Inhalt weicht von der Prüfsumme ab`),
  ];
}

async function compare(
  tx: Reader,
  schoolAuthorityId: string,
  key: { kind: DocumentKind; id: string },
  booked: Entry[],
): Promise<string | undefined> {
  let document;
  try {
    document = await findDocument(tx, schoolAuthorityId, key);
  } catch (cause) {
    return `nicht lesbar (${String(cause)})`;
  }
  if (!document) return "nicht lesbar";
  const { postings, content } = document;
  if (postings.length !== booked.length) {
    return `${booked.length} Buchungen statt ${postings.length}`;
  }
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

function proveNumbers(journal: Entry[]): Verdict {
  const findings = journal.flatMap(({ number }, index) => {
    const expected = index === 0 ? 1 : journal[index - 1]!.number + 1;
    return number === expected ? [] : [`Nummer ${expected} fehlt vor Buchung ${number}`];
  });
  return { proof: "numbers_without_gap", checked: journal.length, findings };
}

async function proveChain(
  tx: Reader,
  schoolAuthorityId: string,
  journal: Entry[],
): Promise<Verdict> {
  const findings: string[] = [];
  let previousHash = "";
  for (const entry of journal) {
    if (entry.previousHash !== previousHash || entryHash(entry) !== entry.hash) {
      findings.push(`Buchung ${entry.number}: Siegel passt nicht`);
    }
    previousHash = entry.hash;
  }
  const [head] = await tx
    .select()
    .from(journalHeads)
    .where(eq(journalHeads.schoolAuthorityId, schoolAuthorityId));
  const last = journal.at(-1);
  if (!head || head.number !== (last?.number ?? 0) || head.hash !== (last?.hash ?? "")) {
    findings.push(`Ende des Journals: Kopf nennt Nummer ${head?.number ?? "–"}`);
  }
  return { proof: "chain_closes", checked: journal.length, findings };
}
