/** Missing receipts (fehlende Belege): documents that stand and have no file in force, the oldest first. */
import { type SQL, sql } from "drizzle-orm";
import type { KindWithReceipt } from "#app/domain/attachment.ts";
import type { Day } from "#app/domain/calendar.ts";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db } from "#db/client.ts";
import { standing } from "./standing.server.ts";
import { grantSeenBy, invoiceSeenBy } from "./seen.server.ts";

export async function listMissingReceipts(user: User, only: { grantId?: string } = {}) {
  const rows = await db.execute<Row>(sql`
    select d.*, g.file_number from (${everyDocument}) d left join grants g on g.id = d.grant_id
    where d.school_authority_id = ${user.schoolAuthorityId} and ${standing(sql`d.id`)}
      and ${only.grantId ? sql`d.grant_id = ${only.grantId}` : sql`true`}
      and ${seen(user)}
      and not exists (
        select 1 from attachments a
        where a.school_authority_id = d.school_authority_id and a.subject_id = d.id
          and a.subject::text = d.kind
          and not exists (select 1 from attachment_withdrawals w where w.attachment_id = a.id))
    order by d.dated_on, d.number, d.id`);
  return rows.map((row) => ({
    kind: row.kind,
    id: row.id,
    grantId: row.grant_id,
    fileNumber: row.file_number,
    number: row.number,
    party: row.party,
    datedOn: row.dated_on,
    amount: row.amount === null ? null : euro(row.amount),
  }));
}

/** Of a grant, or an invoice of a fiscal year, that the user sees. */
function seen(user: User): SQL {
  if (!user.limits) return sql`true`;
  return sql`(${grantSeenBy(user, sql`d.grant_id`)} or ${invoiceSeenBy(user, sql`d.id`)})`;
}

type Row = {
  kind: KindWithReceipt;
  id: string;
  /** Null for what belongs to no grant. */
  grant_id: string | null;
  file_number: string | null;
  number: string;
  /** From whom the paper comes. */
  party: string;
  dated_on: Day;
  /** In euro; null where the paper names no sum of its own. */
  amount: string | null;
};

/** Where the documents of each kind are kept, and what the list says of them. */
const queries: Record<KindWithReceipt, SQL> = {
  grant: sql`
    select 'grant' as kind, id, school_authority_id, id as grant_id, file_number as number,
      granting_authority as party, notice_on::text as dated_on, grant_amount as amount
    from grants`,
  notice: sql`
    select 'notice', n.id, n.school_authority_id, n.grant_id, n.reference,
      g.granting_authority, n.notice_on::text, null
    from notices n join grants g on g.id = n.grant_id`,
  invoice: sql`
    select 'invoice', i.id, i.school_authority_id, i.grant_id, i.number, s.name, i.invoiced_on::text,
      (select sum(l.gross_amount) from invoice_lines l where l.invoice_id = i.id)
    from invoices i join suppliers s on s.id = i.supplier_id`,
  payout: sql`
    select 'payout', p.id, p.school_authority_id, d.grant_id, 'zu Mittelabruf Nr. ' || d.number,
      g.granting_authority, p.received_on::text, p.amount
    from payouts p join drawdowns d on d.id = p.drawdown_id join grants g on g.id = d.grant_id`,
  cost_share: sql`
    select 'cost_share', c.id, c.school_authority_id, null, c.number, s.name, c.demanded_on::text,
      (select p.amount from cost_share_parts p join joint_service_members m on m.id = p.member_id
        where p.cost_share_id = c.id and m.is_own)
    from cost_shares c join joint_services s on s.id = c.joint_service_id`,
};

const everyDocument = sql.join(Object.values(queries), sql` union all `);
