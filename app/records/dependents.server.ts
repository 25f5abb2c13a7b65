/** Which documents stand on which: they are reversed first, so that nothing hangs in the air. */
import { type SQL, sql } from "drizzle-orm";
import type { DocumentKind } from "#app/domain/journal.ts";
import { jointDependents } from "./joint-dependents.server.ts";

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
    union all
    select a.id, a.school_authority_id, 'Anlage ' || a.inventory_number
    from assets a join invoice_lines l on l.invoice_id ${matching}
      and (l.id = a.invoice_line_id
        or l.id in (select f.invoice_line_id from asset_cost_lines f where f.asset_id = a.id))
    union all ${answersThatCut(sql`l.invoice_id ${matching}`)}`;
}

/**
 * What came after a credit note on the invoice that it lowers, refunds of other credit notes too: it was
 * reckoned on what the credit note left.
 */
function laterOnItsInvoice(id: string): SQL {
  return sql`
    select p.id, p.school_authority_id, 'Zahlung vom ' || to_char(p.paid_on, 'DD.MM.YYYY')
    from invoices this join invoices i on i.id = this.credited_id or i.credited_id = this.credited_id
    join payments p on p.invoice_id = i.id
    where this.id = ${id} and i.id <> this.id and p.created_at > this.created_at
    union all
    select c.id, c.school_authority_id, 'Gutschrift ' || c.number
    from invoices this join invoices c on c.credited_id = this.credited_id
    where this.id = ${id} and c.created_at > this.created_at`;
}

export const dependentsOf: Partial<Record<DocumentKind, (id: string) => SQL>> = {
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
  // The order that moved goes on in the new year.
  order_closure: (id) => sql`
    with recursive moved as (
      select o.id, o.school_authority_id, o.number, o.fiscal_year
      from order_closures c join orders o on o.carried_from_id = c.order_id where c.id = ${id}
      union all
      select o.id, o.school_authority_id, o.number, o.fiscal_year
      from moved m join orders o on o.carried_from_id = m.id)
    select id, school_authority_id, 'Auftrag ' || number || ' im Haushalt ' || fiscal_year as title
    from moved`,
  // What was booked on the order since was reckoned on what the change made of it.
  order_change: (id) => sql`
    select c.id, c.school_authority_id, 'Schließung vom ' || to_char(c.closed_on, 'DD.MM.YYYY') as title
    from order_changes this join order_closures c on c.order_id = this.order_id
    where this.id = ${id} and c.created_at > this.created_at
    union all
    select c.id, c.school_authority_id, 'Änderung vom ' || to_char(c.changed_on, 'DD.MM.YYYY')
    from order_changes this join order_changes c on c.order_id = this.order_id
    where this.id = ${id} and c.created_at > this.created_at
    union all
    select distinct i.id, i.school_authority_id, 'Rechnung ' || i.number
    from order_changes this join order_lines o on o.order_id = this.order_id
    join invoice_lines l on l.order_line_id = o.id join invoices i on i.id = l.invoice_id
    where this.id = ${id} and i.created_at > this.created_at`,
  invoice: (id) => sql`${dependentsOfInvoices(sql`= ${id}`)} union all ${laterOnItsInvoice(id)}`,
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
  // An order that was carried into a later year goes on there: it is undone first, by hand.
  contract: (id) => sql`
    with recursive own as (
      select id, school_authority_id, number, fiscal_year, carried_from_id
      from orders where contract_id = ${id}
      union all
      select o.id, o.school_authority_id, o.number, o.fiscal_year, o.carried_from_id
      from own join orders o on o.carried_from_id = own.id)
    select id, school_authority_id, 'Auftrag ' || number || ' im Haushalt ' || fiscal_year as title
    from own where carried_from_id is not null
    union all
    select id, school_authority_id, 'Vertragsänderung vom ' || to_char(changed_on, 'DD.MM.YYYY')
    from contract_changes where contract_id = ${id}
    union all
    select distinct i.id, i.school_authority_id, 'Rechnung ' || i.number
    from own join order_lines l on l.order_id = own.id
    join invoice_lines n on n.order_line_id = l.id join invoices i on i.id = n.invoice_id`,
  // A later change was made on what this one left.
  contract_change: (id) => sql`
    select later.id, later.school_authority_id,
      'Vertragsänderung vom ' || to_char(later.changed_on, 'DD.MM.YYYY') as title
    from contract_changes this join contract_changes later
      on later.contract_id = this.contract_id and later.created_at > this.created_at
    where this.id = ${id}`,
  asset: (id) => sql`
    select id, school_authority_id, 'Abgang vom ' || to_char(disposed_on, 'DD.MM.YYYY') as title
    from asset_disposals where asset_id = ${id}`,
  cost_share: (id) => sql`
    select id, school_authority_id, 'Zahlung vom ' || to_char(paid_on, 'DD.MM.YYYY') as title
    from cost_share_payments where cost_share_id = ${id}`,
  ...jointDependents,
};
