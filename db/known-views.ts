/**
 * What was known: for each table a view of the same name in the schema `known`, with the rows that were there
 * at a past moment. A transaction that says `known.read_as(authority, moment)` reads them instead of the
 * tables, since the program names tables without their schema. They hold nothing, so they are made anew from
 * this list whenever it or a table has changed.
 */
import { figures } from "#app/domain/journal.ts";

/**
 * How a table answers for a past moment.
 * - stamped: each row says when it was written, under the lock of the books
 * - through: a line of a row that says it; column and table of that row
 * - edited: a row may change, and what it was before is in `earlier_rows`; the column that names it
 * - query: all but its name
 * - asToday: not of the past, for the reason given
 */
export type Known =
  | "stamped"
  | { through: [column: string, table: string] }
  | { edited: string }
  | { query: string }
  | { asToday: string };

const balanceColumns = ["account_id", "school_authority_id", ...figures];

/** One row for each account: the sum of each figure over the entries known. */
const sumsOfEntries = `
  select a.id, a.school_authority_id, ${figures.map((figure) => `coalesce(s.${figure}, 0)::numeric(14, 2)`).join(", ")}
  from known.accounts a cross join lateral (
    select ${figures.map((figure) => `sum(e.amount) filter (where e.figure = '${figure}') as ${figure}`).join(", ")}
    from public.entries e
    where e.account_id = a.id and e.number <= (select known.number())
  ) s`;

const ofAuthority = "t.school_authority_id = (select known.authority())";

/** Rows of before a table had a column for it: known with the first entry that came of them. */
const since = (column: string, entered: string) => `(t.${column} < (select known.before())
    or t.${column} is null and coalesce(${entered}, '-infinity') < (select known.before()))`;

/** Every table, each after those that it refers to here. */
export const knownTables: Record<string, Known> = {
  entries: {
    query: `select t.* from public.entries t where ${ofAuthority} and t.number <= (select known.number())`,
  },
  accounts: {
    query: `select t.* from public.accounts t where ${ofAuthority} and ${since(
      "opened_at",
      "(select min(e.recorded_at) from public.entries e where e.account_id = t.id)",
    )}`,
  },
  // While nothing was recorded since, the kept balances themselves: a control compares them with the entries.
  balances: {
    query: `select ${balanceColumns.map((column) => `t.${column}`).join(", ")} from public.balances t where ${ofAuthority} and (select known.is_latest())
      union all ${sumsOfEntries} where not (select known.is_latest())`,
  },
  journal_heads: {
    query: `select t.* from public.journal_heads t where ${ofAuthority} and (select known.is_latest())
      union all select t.school_authority_id, coalesce(e.number, 0), coalesce(e.hash, '')
      from public.journal_heads t left join public.entries e
        on e.school_authority_id = t.school_authority_id and e.number = (select known.number())
      where ${ofAuthority} and not (select known.is_latest())`,
  },
  reversals: {
    query: `select t.* from public.reversals t where ${ofAuthority} and ${since(
      "recorded_at",
      "(select min(c.changed_at) from public.changes c where c.subject_id = t.document_id and c.deed = 'document_reversed')",
    )}`,
  },
  changes: {
    query: `select t.* from public.changes t where ${ofAuthority} and t.changed_at <= (select known.moment())`,
  },
  school_authorities: { edited: "id" },
  schools: { edited: "id" },
  pupil_counts: { asToday: "a count stands by its own day; what was computed from it is kept" },
  school_wishes: "stamped",
  school_wish_ends: "stamped",
  resolutions: "stamped",
  resolution_stages: { through: ["resolution_id", "resolutions"] },
  users: { asToday: "who may sign in is a matter of today; names stay" },
  role_assignments: { asToday: "what somebody may do is a matter of today" },
  sessions: { asToday: "signing in is a matter of today" },
  second_factors: { asToday: "signing in is a matter of today" },
  recovery_codes: { asToday: "signing in is a matter of today" },
  directory_links: { asToday: "signing in is a matter of today" },
  calendar_feeds: { asToday: "an address is of use today" },
  book_exports: { asToday: "a copy of the books to take away, and no part of them" },
  submissions: { asToday: "it refuses forms that are sent twice, and no page shows it" },
  sent_forms: { asToday: "it keeps forms from doing things twice, and no page shows it" },
  // By the moment itself, not by the next deed: lines of the log are sealed without being a deed of the books.
  seals: {
    query: `select t.* from public.seals t where ${ofAuthority} and t.sealed_at <= (select known.moment())`,
  },
  recorded_heads: { asToday: "they prove the rows of now" },
  suppliers: { asToday: "a name that is shown through documents only" },
  programmes: "stamped",
  envelopes: "stamped",
  envelope_pots: { through: ["envelope_id", "envelopes"] },
  allotments: "stamped",
  allotment_lines: { through: ["allotment_id", "allotments"] },
  application_drafts: { asToday: "a draft is written over, and no figure comes from it" },
  applications: "stamped",
  application_steps: "stamped",
  measures: { through: ["application_id", "applications"] },
  grants: "stamped",
  grant_lines: { through: ["grant_id", "grants"] },
  notices: "stamped",
  notice_lines: { through: ["notice_id", "notices"] },
  orders: "stamped",
  order_lines: { through: ["order_id", "orders"] },
  order_changes: "stamped",
  order_change_lines: { through: ["change_id", "order_changes"] },
  order_closures: "stamped",
  order_closure_lines: { through: ["closure_id", "order_closures"] },
  import_drafts: { asToday: "a draft is written over, and no figure comes from it" },
  column_mappings: { asToday: "a help for the next import" },
  imports: "stamped",
  invoices: "stamped",
  invoice_lines: { through: ["invoice_id", "invoices"] },
  credit_shifts: { through: ["invoice_id", "invoices"] },
  certifications: "stamped",
  payments: "stamped",
  payment_lines: { through: ["payment_id", "payments"] },
  e_invoices: "stamped",
  e_invoice_discards: "stamped",
  attachments: "stamped",
  attachment_withdrawals: "stamped",
  bank_statements: "stamped",
  bank_transactions: { through: ["statement_id", "bank_statements"] },
  bank_transaction_payments: { through: ["payment_id", "payments"] },
  foreign_bank_transactions: { edited: "transaction_id" },
  drawdowns: "stamped",
  payouts: "stamped",
  repayments: "stamped",
  proofs_of_use: "stamped",
  proof_answers: "stamped",
  proof_cuts: { through: ["answer_id", "proof_answers"] },
  assets: "stamped",
  asset_cost_lines: { through: ["asset_id", "assets"] },
  asset_disposals: "stamped",
  appropriations: "stamped",
  supplements: "stamped",
  extra_approvals: "stamped",
  carryovers: "stamped",
  year_closings: "stamped",
  contracts: "stamped",
  contract_changes: "stamped",
  index_values: "stamped",
  joint_services: "stamped",
  joint_service_members: { through: ["joint_service_id", "joint_services"] },
  cost_shares: "stamped",
  cost_share_parts: { through: ["cost_share_id", "cost_shares"] },
  cost_share_payments: "stamped",
  joint_terms: "stamped",
  joint_term_services: { through: ["terms_id", "joint_terms"] },
  joint_member_terms: "stamped",
  joint_memberships: "stamped",
  joint_keys: "stamped",
  joint_key_components: { through: ["key_id", "joint_keys"] },
  joint_key_figures: { through: ["key_id", "joint_keys"] },
  joint_plans: "stamped",
  joint_plan_parts: { through: ["plan_id", "joint_plans"] },
  joint_instalments: { through: ["plan_id", "joint_plans"] },
  joint_costs: "stamped",
  joint_settlements: "stamped",
  joint_settlement_parts: { through: ["settlement_id", "joint_settlements"] },
  joint_payments: "stamped",
  audit_samples: "stamped",
  audit_sample_units: { through: ["sample_id", "audit_samples"] },
  audit_marks: "stamped",
  audit_accesses: { asToday: "what an auditor may see is a matter of today" },
  audit_access_grants: { asToday: "what an auditor may see is a matter of today" },
  audit_access_withdrawals: { asToday: "what an auditor may see is a matter of today" },
  password_links: { asToday: "a link is used today" },
  pseudonymisations: { asToday: "a person has a pseudonym in every reading" },
  book_moments: { asToday: "it tells the past itself" },
  earlier_rows: { asToday: "it tells the past itself" },
};

/** The functions that say what a transaction may know; each is asked once by a query. */
const settings = `
  create function known.authority() returns uuid language sql stable
    as $$ select current_setting('paktbuch.authority')::uuid $$;
  create function known.moment() returns timestamptz language sql stable
    as $$ select current_setting('paktbuch.known_on')::timestamptz $$;
  create function known.before() returns timestamptz language sql stable
    as $$ select current_setting('paktbuch.known_before')::timestamptz $$;
  create function known.number() returns bigint language sql stable
    as $$ select current_setting('paktbuch.known_number')::bigint $$;
  create function known.is_latest() returns boolean language sql stable
    as $$ select known.before() = 'infinity' $$;`;

/**
 * Whatever was begun up to the moment is known whole: the limit is the beginning of the next deed. Before the
 * first beginning on file, in books of an older program, the moment itself is the limit.
 */
const readAs = `
  create function known.read_as(authority uuid, moment timestamptz) returns void language plpgsql as $$
  declare following public.book_moments;
  begin
    select * into following from public.book_moments
    where school_authority_id = authority and begun_at > moment order by begun_at limit 1;
    if not found then
      following := row(authority, 'infinity'::timestamptz, 9223372036854775807::bigint);
    elsif not exists (
      select 1 from public.book_moments where school_authority_id = authority and begun_at <= moment
    ) then
      following.begun_at := least(following.begun_at, moment + interval '1 microsecond');
      select coalesce(max(number), 0) into following.number
      from public.entries where school_authority_id = authority and recorded_at <= moment;
    end if;
    perform set_config('paktbuch.authority', authority::text, true),
      set_config('paktbuch.known_on', moment::text, true),
      set_config('paktbuch.known_before', following.begun_at::text, true),
      set_config('paktbuch.known_number', following.number::text, true),
      set_config('search_path', 'known, public', true);
  end $$;`;

/** What makes the schema anew. */
export function knownSchema(): string {
  const views = Object.entries(knownTables).map(([table, known]) => viewOf(table, known));
  return ["create schema known;", settings, ...views, readAs].join("\n");
}

function viewOf(table: string, known: Known): string {
  const query = queryOf(table, known);
  // With the rights of who asks, not of its owner: so it stands behind the wall of its table.
  return query ? `create view known.${table} with (security_invoker) as ${query};` : "";
}

function queryOf(table: string, known: Known): string | undefined {
  const all = `select t.* from public.${table} t where ${ofAuthority}`;
  if (known === "stamped") return `${all} and t.created_at < (select known.before())`;
  if ("through" in known) {
    const [column, parent] = known.through;
    return `${all} and t.${column} in (select p.id from known.${parent} p)`;
  }
  if ("edited" in known) return editedQuery(table, known.edited);
  return "query" in known ? known.query : undefined;
}

/** The rows as they stand unless they were replaced since, and those that were, as they were first. */
function editedQuery(table: string, key: string): string {
  // The authority itself was always there: a moment before it has books without an entry.
  const isAuthority = table === "school_authorities";
  const own = `t.${isAuthority ? "id" : "school_authority_id"} = (select known.authority())`;
  const written = (stamp: string) => (isAuthority ? "true" : `${stamp} < (select known.before())`);
  const replaced = `h.school_authority_id = (select known.authority())
      and h.source = '${table}' and h.replaced_at >= (select known.before())`;
  return `select t.* from public.${table} t where ${own} and ${written("t.created_at")}
      and not exists (select 1 from public.earlier_rows h where ${replaced} and h.row_id = t.${key})
    union all select (jsonb_populate_record(null::public.${table}, first.content)).*
    from (select distinct on (h.row_id) h.content from public.earlier_rows h
      where ${replaced} order by h.row_id, h.position) first
    where ${written("(first.content ->> 'created_at')::timestamptz")}`;
}
