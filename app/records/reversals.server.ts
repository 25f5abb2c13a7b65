/** Reversals (Stornos): one way to undo, for every kind of document. */
import { and, eq, type SQL, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import { type DocumentKind, documentKinds, reversed } from "#app/domain/journal.ts";
import type { User } from "#app/domain/permission.ts";
import {
  accountsTouched,
  checkReversal,
  type ReversalDraft,
  type ReversalViolation,
} from "#app/domain/reversal.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { reversals } from "#db/schema/journal.ts";
import { loadBalances } from "./accounts.server.ts";
import { mayUndo } from "./allotments.server.ts";
import { logChange } from "./changes.server.ts";
import { type DocumentKey, findDocument } from "./documents.server.ts";
import { balancesWithoutNotice, listStranded } from "./notice-reversals.server.ts";
import { lockBooks, post } from "./journal.server.ts";

/** The document that an address names, if it can be reversed at all. */
export async function requireDocument(
  user: User,
  kind: string | undefined,
  id: string,
  reader: Reader = db,
) {
  if (!isReversible(kind)) notFound();
  const key: DocumentKey = { kind, id };
  const document = (await findDocument(reader, user.schoolAuthorityId, key)) ?? notFound();
  const [reversal] = await reader
    .select({ id: reversals.id, reversedOn: reversals.reversedOn, reason: reversals.reason })
    .from(reversals)
    .where(
      and(eq(reversals.documentId, id), eq(reversals.schoolAuthorityId, user.schoolAuthorityId)),
    );
  return {
    ...key,
    ...document,
    reversal: reversal ?? null,
    ...(await listDependents(reader, user, key)),
  };
}

/** Any document that an address names, a reversal too, to be read. */
export async function readDocument(user: User, kind: string | undefined, id: string) {
  const known = documentKinds.find((one) => one === kind) ?? notFound();
  const document = await findDocument(db, user.schoolAuthorityId, { kind: known, id });
  return { kind: known, id, ...(document ?? notFound()) };
}

/** The reversal of a document, by the document's id; undefined while it stands. */
export async function findReversal(user: User, documentId: string) {
  const [reversal] = await db
    .select({ id: reversals.id, reversedOn: reversals.reversedOn, reason: reversals.reason })
    .from(reversals)
    .where(
      and(
        eq(reversals.documentId, documentId),
        eq(reversals.schoolAuthorityId, user.schoolAuthorityId),
      ),
    );
  return reversal;
}

export function reverseDocument(
  user: User,
  document: DocumentKey,
  draft: ReversalDraft,
): Promise<ReversalViolation | undefined> {
  return db.transaction((tx) => reverseWithin(tx, user, document, draft));
}

/** The same as part of another deed: a new version of an application reverses the old one. */
export async function reverseWithin(
  tx: Transaction,
  user: User,
  { kind, id }: DocumentKey,
  draft: ReversalDraft,
): Promise<ReversalViolation | undefined> {
  await lockBooks(tx, user, "record");
  const document = await requireDocument(user, kind, id, tx);
  if (kind === "notice") document.dependents.push(...(await listStranded(tx, user, id)));
  const reversing = reversed(document.postings, draft.reversedOn, "");
  const violation = checkReversal(
    draft,
    { ...document, isReversed: document.reversal !== null },
    reversing,
    accountsTouched(
      kind === "notice" ? await balancesWithoutNotice(tx, user, id) : await loadBalances(tx, user),
      reversing,
    ),
    today(),
  );
  if (violation) return violation;
  if (kind === "allotment" && !(await mayUndo(tx, user, id))) {
    return { field: "reason", rule: "reversal_overspends" };
  }

  const { schoolAuthorityId } = user;
  const [reversal] = await tx
    .insert(reversals)
    .values({ schoolAuthorityId, documentKind: kind, documentId: id, ...draft })
    .returning();
  // A return for information moved no money: there is nothing to turn round.
  if (reversing.length > 0) await post(tx, user, { kind: "reversal", id: reversal!.id });
  const text = `${document.title}: ${draft.reason}`;
  await logChange(tx, user, "document_reversed", { id, text });
}

function isReversible(kind: string | undefined): kind is Exclude<DocumentKind, "reversal"> {
  return documentKinds.some((one) => one === kind) && kind !== "reversal";
}

type Dependents = { dependents: string[]; dependentsUntil: string | null };

/** Documents that stand on this one; they are reversed first, so that nothing hangs in the air. */
async function listDependents(
  reader: Reader,
  user: User,
  { kind, id }: DocumentKey,
): Promise<Dependents> {
  const query = dependentsOf[kind]?.(id);
  return query ? findDependents(reader, user, query) : { dependents: [], dependentsUntil: null };
}

/** Which of the documents that a query finds still stand, and until when the others counted. */
export async function findDependents(reader: Reader, user: User, query: SQL): Promise<Dependents> {
  const rows = await reader.execute<{ title: string; until: string | null }>(sql`
    select title, r.reversed_on::text as until
    from (${query}) as dependents left join reversals r on r.document_id = dependents.id
    where dependents.school_authority_id = ${user.schoolAuthorityId}
    order by title`);
  return {
    dependents: rows.filter(({ until }) => until === null).map(({ title }) => title),
    dependentsUntil:
      rows
        .map(({ until }) => until ?? "")
        .sort()
        .at(-1) || null,
  };
}

/** Answers to proofs of use that cut a line of an invoice: what was cut was paid. */
function answersThatCut(which: SQL): SQL {
  return sql`
    select distinct a.id, a.school_authority_id,
      'Prüfvermerk vom ' || to_char(a.answered_on, 'DD.MM.YYYY') as title
    from proof_answers a join proof_cuts c on c.answer_id = a.id
    join invoice_lines l on l.id = c.invoice_line_id where ${which}`;
}

/** What stands on invoices whose ids match, such as "= …" or "in (…)". */
export function dependentsOfInvoices(matching: SQL): SQL {
  return sql`
    select id, school_authority_id, 'Zahlung vom ' || to_char(paid_on, 'DD.MM.YYYY') as title
    from payments where invoice_id ${matching}
    union all
    select id, school_authority_id, 'Gutschrift ' || number from invoices where credited_id ${matching}
    union all
    select distinct i.id, i.school_authority_id, 'Schlussrechnung ' || i.number
    from invoices i join invoice_lines l on l.invoice_id = i.id where l.prepaid_id ${matching}
    union all ${answersThatCut(sql`l.invoice_id ${matching}`)}`;
}

const dependentsOf: Partial<Record<DocumentKind, (id: string) => SQL>> = {
  envelope: (id) => sql`
    select id, school_authority_id, 'Antrag „' || title || '“' as title
    from applications where envelope_id = ${id}
    union all
    select id, school_authority_id, 'Zuteilung vom ' || to_char(decided_on, 'DD.MM.YYYY')
    from allotments where envelope_id = ${id}`,
  // Each decision says what schools have after the one before.
  allotment: (id) => sql`
    select later.id, later.school_authority_id,
      'Zuteilung vom ' || to_char(later.decided_on, 'DD.MM.YYYY') as title
    from allotments this join allotments later on later.envelope_id = this.envelope_id
    where this.id = ${id}
      and (select min(number) from entries where document_id = later.id)
        > (select max(number) from entries where document_id = this.id)`,
  application: (id) => sql`
    select id, school_authority_id, 'Zuwendungsbescheid ' || file_number as title
    from grants where application_id = ${id}
    union all
    select id, school_authority_id, case kind when 'refused' then 'Ablehnung' else 'Rücknahme' end
      || ' vom ' || to_char(taken_on, 'DD.MM.YYYY')
    from application_steps where application_id = ${id} and kind in ('refused', 'withdrawn')`,
  // A submission is undone with its application, a return not while a new version stands on it.
  application_step: (id) => sql`
    select a.id, a.school_authority_id, 'Antrag „' || a.title || '“' as title
    from application_steps s join applications a
      on case s.kind when 'submitted' then a.id when 'returned' then a.supersedes_id end = s.application_id
    where s.id = ${id}`,
  grant: (id) => sql`
    select id, school_authority_id, 'Auftrag ' || number as title from orders where grant_id = ${id}
    union all
    select id, school_authority_id, 'Rechnung ' || number from invoices where grant_id = ${id}
    union all
    select id, school_authority_id, 'Mittelabruf Nr. ' || number from drawdowns where grant_id = ${id}
    union all
    select id, school_authority_id, 'Folgebescheid vom ' || to_char(notice_on, 'DD.MM.YYYY')
    from notices where grant_id = ${id}
    union all
    select id, school_authority_id, 'Rückzahlung vom ' || to_char(repaid_on, 'DD.MM.YYYY')
    from repayments where grant_id = ${id}
    union all
    select id, school_authority_id, 'Nachweis vom ' || to_char(submitted_on, 'DD.MM.YYYY')
    from proofs_of_use where grant_id = ${id}`,
  proof_of_use: (id) => sql`
    select id, school_authority_id, 'Prüfvermerk vom ' || to_char(answered_on, 'DD.MM.YYYY') as title
    from proof_answers where proof_id = ${id}`,
  // A later notice was reckoned on what this one left.
  notice: (id) => sql`
    select later.id, later.school_authority_id,
      'Folgebescheid vom ' || to_char(later.notice_on, 'DD.MM.YYYY') as title
    from notices this join notices later on later.grant_id = this.grant_id
      and (later.valid_from, later.created_at) > (this.valid_from, this.created_at)
    where this.id = ${id}`,
  order: (id) => sql`
    select id, school_authority_id, 'Schließung vom ' || to_char(closed_on, 'DD.MM.YYYY') as title
    from order_closures where order_id = ${id}
    union all
    select id, school_authority_id, 'Änderung vom ' || to_char(changed_on, 'DD.MM.YYYY')
    from order_changes where order_id = ${id}
    union all
    select distinct i.id, i.school_authority_id, 'Rechnung ' || i.number
    from invoices i join invoice_lines l on l.invoice_id = i.id
    join order_lines o on o.id = l.order_line_id where o.order_id = ${id}`,
  invoice: (id) => dependentsOfInvoices(sql`= ${id}`),
  // What was credited after the payment took back part of what it paid.
  payment: (id) => sql`
    select c.id, c.school_authority_id, 'Gutschrift ' || c.number as title
    from payments p join invoices c on c.credited_id = p.invoice_id
    where p.id = ${id} and c.created_at > p.created_at
    union all
    ${answersThatCut(sql`l.invoice_id = (select invoice_id from payments where id = ${id})`)}`,
  certification: (id) => sql`
    select p.id, p.school_authority_id, 'Zahlung vom ' || to_char(p.paid_on, 'DD.MM.YYYY') as title
    from certifications c join payments p on p.invoice_id = c.invoice_id where c.id = ${id}`,
  drawdown: (id) => sql`
    select id, school_authority_id, 'Zahlungseingang vom ' || to_char(received_on, 'DD.MM.YYYY') as title
    from payouts where drawdown_id = ${id}`,
  cost_share: (id) => sql`
    select id, school_authority_id, 'Zahlung vom ' || to_char(paid_on, 'DD.MM.YYYY') as title
    from cost_share_payments where cost_share_id = ${id}`,
};
