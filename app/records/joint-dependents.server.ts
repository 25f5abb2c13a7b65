/** Which documents of a joint service stand on which: the settlement on payments and costs, all on the plan. */
import { type SQL, sql } from "drizzle-orm";

const payments = (where: SQL) => sql`
  select id, school_authority_id, 'Zahlung vom ' || to_char(paid_on, 'DD.MM.YYYY') as title
  from joint_payments where ${where}`;
const settlements = (where: SQL) => sql`
  select id, school_authority_id, 'Jahresabrechnung vom ' || to_char(settled_on, 'DD.MM.YYYY') as title
  from joint_settlements where ${where}`;

/** Whoever left and joined again under its name is there once: the joining goes first. */
const joinedAgain = (id: string) => sql`
  select later.id, later.school_authority_id,
    'Beitritt vom ' || to_char(later.changed_on, 'DD.MM.YYYY')
  from joint_memberships this join joint_service_members gone on gone.id = this.member_id
  join joint_service_members again on again.joint_service_id = gone.joint_service_id
    and again.id <> gone.id and lower(trim(again.name)) = lower(trim(gone.name))
  join joint_memberships later on later.member_id = again.id and later.kind = 'joined'
  where this.id = ${id} and this.kind = 'left' and later.created_at > this.created_at`;

/** The terms in force name the new member as performing: others would have to name another first. */
const performsNow = (id: string) => sql`
  select terms.id, terms.school_authority_id,
    'Vereinbarung, nach der dieses Mitglied durchführt (dort zuerst ein anderes kennzeichnen)'
  from joint_memberships this
  join lateral (select * from joint_terms t where t.joint_service_id = this.joint_service_id
    order by t.created_at desc limit 1) terms on terms.performing_member_id = this.member_id
  where this.id = ${id} and this.kind = 'joined'`;

export const jointDependents = {
  joint_plan: (id: string) => sql`
    ${payments(sql`plan_id = ${id} and settlement_id is null`)}
    union all ${settlements(sql`plan_id = ${id}`)}
    union all
    select id, school_authority_id, 'Istkosten vom ' || to_char(incurred_on, 'DD.MM.YYYY')
    from joint_costs where plan_id = ${id}`,
  joint_payment: (id: string) =>
    settlements(
      sql`plan_id = (select plan_id from joint_payments where id = ${id} and settlement_id is null)`,
    ),
  joint_cost: (id: string) =>
    settlements(sql`plan_id = (select plan_id from joint_costs where id = ${id})`),
  joint_settlement: (id: string) => payments(sql`settlement_id = ${id}`),
  // Years that were reckoned since, with the days of this change; and that the new member leaves again.
  joint_membership: (id: string) => sql`
    select p.id, p.school_authority_id, 'Jahresplan ' || p.fiscal_year as title
    from joint_memberships this join joint_plans p on p.joint_service_id = this.joint_service_id
    where this.id = ${id} and p.created_at > this.created_at
      and p.fiscal_year >= extract(year from this.changed_on)
    union all
    select s.id, s.school_authority_id, 'Jahresabrechnung vom ' || to_char(s.settled_on, 'DD.MM.YYYY')
    from joint_memberships this join joint_plans p on p.joint_service_id = this.joint_service_id
    join joint_settlements s on s.plan_id = p.id
    where this.id = ${id} and s.created_at > this.created_at
      and p.fiscal_year >= extract(year from this.changed_on)
    union all
    select later.id, later.school_authority_id, 'Austritt vom ' || to_char(later.changed_on, 'DD.MM.YYYY')
    from joint_memberships this join joint_memberships later on later.member_id = this.member_id
    where this.id = ${id} and this.kind = 'joined' and later.kind = 'left'
    union all
    ${joinedAgain(id)}
    union all
    ${performsNow(id)}`,
};
