/** What the papers of a grant belong to, kind by kind, in the order of a dossier. */
import { type SQL, sql } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import type { PaperKind } from "#app/domain/dossier.ts";
import type { User } from "#app/domain/permission.ts";

/** Rows of kind, id, day, number, party, detail, the resolution on which it rests, and whether it is reversed. */
export function papersOf(user: User, grantId: string, asOf: Day): SQL {
  const hidden: PaperKind[] = user.limits ? ["resolution", "e_invoice"] : [];
  const kinds = (Object.keys(queries) as (keyof typeof queries)[]).filter(
    (kind) => !hidden.includes(kind),
  );
  const all = kinds.map(
    (kind, place) => sql`
    select ${sql.raw(String(place))} as place, ${sql.raw(`'${kind}'`)} as kind, q.*
    from (${queries[kind]}) q(id, dated_on, number, party, detail, rests_on)`,
  );
  return sql`
    with recursive granted as (
      select * from grants where id = ${grantId} and school_authority_id = ${user.schoolAuthorityId}
    ), versions as (
      select a.* from applications a join granted g on g.application_id = a.id
      union all select a.* from applications a join versions v on a.id = v.supersedes_id
    ), papers as (${sql.join(all, sql` union all `)}
    ), reversing as (
      select ${sql.raw(String(kinds.length))} as place, 'reversal' as kind, r.id,
        r.reversed_on::text as dated_on, p.number, p.party, p.kind as detail, null::uuid as rests_on
      from reversals r join papers p on p.id = r.document_id
    )
    select p.kind, p.id, p.dated_on, p.number, p.party, p.detail, p.rests_on, exists (
        select 1 from reversals r where r.document_id = p.id and r.reversed_on <= ${asOf}
      ) as is_reversed
    from (select * from papers union all select * from reversing) p
    where p.dated_on is null or p.dated_on <= ${asOf} or p.kind = 'school'
    order by p.place, p.dated_on nulls first, p.number, p.id`;
}

/** Limited auditors see neither what is of the whole authority nor what is not booked yet. */
const queries = {
  application: sql`
    select v.id, v.submitted_on::text, v.title, '', '', v.resolution_id from versions v`,
  application_step: sql`
    select s.id, s.taken_on::text, v.title, '', s.kind::text, null::uuid
    from application_steps s join versions v on v.id = s.application_id`,
  grant: sql`
    select g.id, g.notice_on::text, g.file_number, g.granting_authority, '', null::uuid from granted g`,
  notice: sql`
    select n.id, n.notice_on::text, n.reference, g.granting_authority, n.kind::text, null::uuid
    from notices n join granted g on g.id = n.grant_id`,
  resolution: sql`
    select r.id, (select max(s.held_on)::text from resolution_stages s where s.resolution_id = r.id),
      r.number, r.title, '', null::uuid
    from resolutions r where r.id in (select resolution_id from versions)`,
  school: sql`
    select s.id, s.media_concept_on::text, s.name, '', coalesce(s.media_concept_state::text, ''), null::uuid
    from schools s where s.id in (select m.school_id from measures m join versions v on v.id = m.application_id)`,
  order: sql`
    select o.id, o.ordered_on::text, o.number, s.name, '', null::uuid
    from orders o join suppliers s on s.id = o.supplier_id join granted g on g.id = o.grant_id`,
  order_change: sql`
    select c.id, c.changed_on::text, o.number, s.name, '', null::uuid
    from order_changes c join orders o on o.id = c.order_id
    join suppliers s on s.id = o.supplier_id join granted g on g.id = o.grant_id`,
  order_closure: sql`
    select c.id, c.closed_on::text, o.number, s.name, '', null::uuid
    from order_closures c join orders o on o.id = c.order_id
    join suppliers s on s.id = o.supplier_id join granted g on g.id = o.grant_id`,
  invoice: sql`
    select i.id, i.invoiced_on::text, i.number, s.name, coalesce(i.kind::text, ''), null::uuid
    from invoices i join suppliers s on s.id = i.supplier_id join granted g on g.id = i.grant_id`,
  certification: sql`
    select c.id, c.certified_on::text, i.number, s.name, '', null::uuid
    from certifications c join invoices i on i.id = c.invoice_id
    join suppliers s on s.id = i.supplier_id join granted g on g.id = i.grant_id`,
  payment: sql`
    select p.id, p.paid_on::text, i.number, s.name, '', null::uuid
    from payments p join invoices i on i.id = p.invoice_id
    join suppliers s on s.id = i.supplier_id join granted g on g.id = i.grant_id`,
  drawdown: sql`
    select d.id, d.requested_on::text, 'Nr. ' || d.number, g.granting_authority, '', null::uuid
    from drawdowns d join granted g on g.id = d.grant_id`,
  payout: sql`
    select p.id, p.received_on::text, 'zu Mittelabruf Nr. ' || d.number, g.granting_authority, '', null::uuid
    from payouts p join drawdowns d on d.id = p.drawdown_id join granted g on g.id = d.grant_id`,
  repayment: sql`
    select r.id, r.repaid_on::text, '', g.granting_authority, '', null::uuid
    from repayments r join granted g on g.id = r.grant_id`,
  proof_of_use: sql`
    select p.id, p.submitted_on::text, '', g.granting_authority, '', null::uuid
    from proofs_of_use p join granted g on g.id = p.grant_id`,
  proof_answer: sql`
    select a.id, a.answered_on::text, a.reference, g.granting_authority, '', null::uuid
    from proof_answers a join proofs_of_use p on p.id = a.proof_id join granted g on g.id = p.grant_id`,
  asset: sql`
    select a.id, a.in_service_on::text, a.inventory_number, a.description, '', null::uuid
    from assets a join invoice_lines l on l.id = a.invoice_line_id
    join invoices i on i.id = l.invoice_id join granted g on g.id = i.grant_id`,
  asset_disposal: sql`
    select d.id, d.disposed_on::text, a.inventory_number, a.description, '', null::uuid
    from asset_disposals d join assets a on a.id = d.asset_id
    join invoice_lines l on l.id = a.invoice_line_id
    join invoices i on i.id = l.invoice_id join granted g on g.id = i.grant_id`,
  e_invoice: sql`
    select e.id, e.issued_on::text, e.invoice ->> 'number', e.invoice -> 'seller' ->> 'name', case
      when exists (select 1 from e_invoice_discards d where d.e_invoice_id = e.id) then 'discarded' else '' end,
      null::uuid
    from e_invoices e join granted g on g.id = e.grant_id
    where not exists (select 1 from invoices i where i.id = e.id)`,
} satisfies Partial<Record<PaperKind, SQL>>;
