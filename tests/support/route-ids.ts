/**
 * For each parameter of an address that names something of an authority: a query that finds one of an
 * authority's; and those that name nothing of an authority, each with its reason.
 */
import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";

/** What names nothing of an authority, with a value that is there. */
export const openParams: Record<string, { value: string; why: string }> = {
  year: { value: "2026", why: "each authority has its own of every year" },
  kind: { value: "grant", why: "a word of the program" },
  formKey: { value: "anbest-p-belegliste", why: "forms come with the program" },
  key: {
    value: "ni-digitalpakt-2019",
    why: "programmes come with the program, the own change stands beside them",
  },
  position: { value: "0", why: "it counts within a thing that is named before it" },
  secret: {
    // Another each time: who guesses at the same one again and again has to wait.
    get value() {
      return randomUUID();
    },
    why: "whoever knows it is let in: see the tests of calendars and invitations",
  },
};

/** An id of the table, of a row that stands where it can be reversed. */
const of =
  (table: string, which: SQL = sql`true`) =>
  (authority: string): SQL =>
    sql`select id from ${sql.identifier(table)} t where t.school_authority_id = ${authority}
      and not exists (select 1 from reversals r where r.document_id = t.id) and ${which} limit 1`;

/** Of the joint service that has a plan for the year of the addresses. */
function plannedIn(service: SQL): SQL {
  return sql`exists (select 1 from joint_plans p where p.joint_service_id = ${service}
    and p.fiscal_year = ${openParams.year!.value}::int)`;
}

export const idSources: Record<string, (authority: string, user: string) => SQL> = {
  accessId: of("audit_accesses"),
  accountId: of("accounts", sql`t.kind = 'appropriation'`),
  applicationId: of("applications"),
  assetId: of("assets"),
  attachmentId: of("attachments"),
  contractId: of("contracts"),
  costShareId: of("cost_shares"),
  draftId: of("application_drafts"),
  drawdownId: of("drawdowns"),
  eInvoiceId: of("e_invoices"),
  envelopeId: of("envelopes"),
  exportId: of("book_exports"),
  grantId: of("grants"),
  id: of("grants"),
  importId: of("imports"),
  invoiceId: of("invoices"),
  jointServiceId: of("joint_services", plannedIn(sql`t.id`)),
  lineId: of(
    "invoice_lines",
    sql`t.cost_kind = 'investment' and not exists
      (select 1 from asset_cost_lines c where c.invoice_line_id = t.id)
      and not exists (select 1 from reversals r where r.document_id = t.invoice_id)
      order by t.gross_amount desc`,
  ),
  // Of another's joint service, in which this authority is a member.
  linkId: (authority) => sql`select id from joint_links where member_authority_id = ${authority}
    and accepted_at is not null and ended_at is null limit 1`,
  markId: of("audit_marks"),
  memberId: of(
    "joint_service_members",
    sql`not t.is_own and ${plannedIn(sql`t.joint_service_id`)}`,
  ),
  offerId: of("joint_links", sql`t.ended_at is null`),
  // A closed one is not changed any more.
  orderId: of("orders", sql`not exists (select 1 from order_closures c where c.order_id = t.id)`),
  proofId: of("proofs_of_use"),
  resolutionId: of("resolutions"),
  sampleId: of("audit_samples"),
  schoolId: of("schools", sql`exists (select 1 from assets a where a.school_id = t.id)`),
  statementId: of("bank_statements"),
  userId: of("users"),
  wishId: of("school_wishes"),
};

/** What comes of a file that the example does not have: asked with an id of nobody only. */
export const unmadeParams: Record<string, string> = {
  eInvoiceId: "an e-invoice is received from a file",
  importId: "an import is read from a file",
};

/** What is asked for after the question mark and names something of an authority, by the parameter like it. */
export const searchIds: Record<string, string> = {
  account: "accountId",
  agreement: "jointServiceId",
  application: "applicationId",
  booked: "invoiceId",
  document: "invoiceId",
  envelope: "envelopeId",
  grant: "grantId",
  grantId: "grantId",
  invoice: "invoiceId",
  line: "lineId",
  replaces: "applicationId",
  school: "schoolId",
  subjectId: "invoiceId",
};

/** Of these, what an id makes no difference of in the example: only what one request booked is told by it. */
export const untold = ["booked"];

/** Pages that count how often they were asked: their answers differ from one time to the next. */
export const countsItself = ["account_.data", "data-protection.$userId"];

/** What is read in the same way and names nothing of an authority: days, kinds, headers and fields of forms. */
export const openSearch = [
  ...["asOf", "from", "known", "on", "page", "stand", "until", "version", "year"],
  ...[
    "deed",
    "done",
    "figure",
    "kind",
    "booked",
    "payment",
    "programme",
    "refused",
    "subject",
    "then",
    "who",
  ],
  ...["Cookie", "Range", "file", "formKey", "id", "pasted"],
];
