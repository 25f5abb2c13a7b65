/** Valid things by default; a test states only what it is about. Each test founds its own authority. */
import { randomUUID } from "node:crypto";
import type { InvoiceDraft } from "#app/domain/invoice.ts";
import type { InvoiceLineDraft } from "#app/domain/invoice-line.ts";
import { euro, netOf, percent, shareOf, sum } from "#app/domain/money.ts";
import type { OrderDraft } from "#app/domain/order.ts";
import { type Role, roles, type User } from "#app/domain/permission.ts";
import type { GrantTerms } from "#app/domain/terms.ts";
import { loadBudget } from "#app/records/accounts.server.ts";
import { recordApplication } from "#app/records/applications.server.ts";
import { listSchools, recordResolution, recordSchool } from "#app/records/authorities.server.ts";
import { recordEnvelope } from "#app/records/envelopes.server.ts";
import { recordGrant } from "#app/records/grants.server.ts";
import type { PaymentDraft } from "#app/domain/payment.ts";
import { certifyInvoice } from "#app/records/certifications.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { requireInvoice } from "#app/records/invoices.server.ts";
import { recordPayment } from "#app/records/payments.server.ts";
import { recordOrder } from "#app/records/orders.server.ts";
import { fullTerms } from "./programme.ts";
import { plainInvoice, plainLine } from "./spending.ts";
import { withinAccess } from "#app/audit-access.server.ts";
import { foundWithUsers, listUsers, recordUser } from "#app/records/users.server.ts";

export const password = "ein langes Passwort";

/** Who certifies what each clerk records: the other clerk of the office. */
const deputies = new Map<string, User>();

/** What one person does in a small office. */
const ofSmallOffice = [
  "clerk",
  "verifier",
  "treasurer",
  "head_of_finance",
  "coordinator",
] as const satisfies Role[];

/** Roles of the persons that an office has; a granting authority and a school come with what they see. */
const staff = {
  clerk: [...ofSmallOffice],
  deputy: [...ofSmallOffice],
  board: ["board"],
  auditor: ["auditor"],
  administrator: ["administrator"],
} satisfies Record<string, Role[]>;

export type Office = Record<keyof typeof staff, User>;

/**
 * A small school authority: its clerk and deputy do all that moves money, and whoever recorded an invoice may
 * pay it. Besides them board, auditor and administrator.
 */
export async function createOffice(): Promise<Office> {
  const name = `Stadt ${randomUUID().slice(0, 8)}`;
  const names = Object.keys(staff) as (keyof typeof staff)[];
  const drafts = names.map((one) => {
    const email = `${one}-${randomUUID()}@example.org`;
    return { name: `Person ${one}`, email, roles: staff[one], password };
  });
  const authority = { name, isExample: false, paidByAnother: false };
  const people = await foundWithUsers(authority, drafts);
  const office = Object.fromEntries(names.map((one, at) => [one, people[at]!])) as Office;
  deputies.set(office.clerk.id, office.deputy);
  return office;
}

/** An authority with one person for each role, who has that role only; the school's person has one school. */
export async function createPersons(): Promise<Record<Role, User>> {
  const others = roles.filter((role) => role !== "school");
  const people = await foundWithUsers(
    { name: `Kreis ${randomUUID().slice(0, 8)}`, isExample: false },
    others.map((role) => personWith([role])),
  );
  const of = Object.fromEntries(others.map((role, at) => [role, people[at]!])) as Record<
    Role,
    User
  >;
  const [school] = await createSchools(of.clerk);
  return { ...of, school: await createSchoolPerson(of.administrator, school!.id) };
}

/** A person of one school, whom the administrator lets in. */
export async function createSchoolPerson(administrator: User, schoolId: string): Promise<User> {
  const draft = { ...personWith(["school"]), schoolIds: [schoolId] };
  const recorded = await recordUser(administrator, draft);
  accepted("violation" in recorded ? recorded.violation : undefined);
  const account = (await listUsers(administrator)).find(({ email }) => email === draft.email)!;
  const { schoolAuthorityId } = administrator;
  return (await withinAccess({ ...account, schoolAuthorityId }))!;
}

/** A person of an authority of its own with every role that is not of an invitation or a school. */
export async function createStranger(): Promise<User> {
  const all = roles.filter((role) => role !== "school" && role !== "granting_authority");
  const name = `Stadt ${randomUUID().slice(0, 8)}`;
  const [stranger] = await foundWithUsers({ name, isExample: false }, [personWith(all)]);
  return stranger!;
}

function personWith(held: Role[]) {
  const email = `${held[0]}-${randomUUID()}@example.org`;
  return { name: `Person ${held[0]}`, email, roles: held, password };
}

/** Two primary schools of 100 pupils, one without media concept if asked. */
export async function createSchools(clerk: User, names = ["GS Nord", "GS Süd"]) {
  for (const name of names) {
    accepted(
      await recordSchool(clerk, randomUUID(), {
        name,
        number: "",
        kind: "primary",
        pupils: 100,
        pupilsCountedOn: "2018-08-23",
        pupilsAreIllustrative: false,
        mediaConceptOn: "2020-01-15",
      }),
    );
  }
  return listSchools(clerk);
}

export async function createResolution(clerk: User): Promise<string> {
  const id = randomUUID();
  const number = `V/${id.slice(0, 8)}`;
  const stages = [
    { committee: "Rat", kind: "decision", heldOn: "2019-12-11", outcome: "ungeändert beschlossen" },
  ] as const;
  accepted(await recordResolution(clerk, id, { number, title: "Schul-IT", stages: [...stages] }));
  return id;
}

/** What the checklist asks for besides the measures. */
export const answers = {
  profile: "Netze und Anzeigegeräte nach den Konzepten der Schulen",
  followUpCosts: "aus dem Ergebnishaushalt",
  infrastructure: "vorhanden",
};

/** Envelope of 104 545,50 €: two base amounts of 30 000 and 44 545,50 for all. */
export async function createEnvelope(
  clerk: User,
  given = "104545.50",
  programme = "ni-digitalpakt-2019",
): Promise<string> {
  const id = randomUUID();
  accepted(
    await recordEnvelope(clerk, id, programme, {
      givenAmount: euro(given),
      administrationAmount: euro("0"),
      givenOn: "2019-08-08",
      note: "",
    }),
  );
  return id;
}

type Line = [school: string, code: string, approved: string];

/** A grant with all that goes before it: by default 10 000 each on 2.1 of GS Nord and 2.4 of GS Süd. */
export async function createGrant(
  office: { clerk: User },
  given: {
    lines?: Line[];
    lineTolerance?: string;
    programme?: string;
    terms?: Partial<GrantTerms>;
  } = {},
) {
  const { clerk } = office;
  const { lineTolerance = "0", programme, terms } = given;
  const rate = terms?.fundingRate ?? percent("100");
  const lines = given.lines ?? [
    ["GS Nord", "2.1", "10000"],
    ["GS Süd", "2.4", "10000"],
  ];
  const schools = await createSchools(clerk);
  const schoolOf = (name: string) => schools.find((school) => school.name === name)!.id;
  const resolutionId = await createResolution(clerk);
  const envelopeId = await createEnvelope(clerk, undefined, programme);
  const [applicationId, grantId] = [randomUUID(), randomUUID()];
  accepted(
    await recordApplication(clerk, applicationId, envelopeId, {
      title: "Netze",
      resolutionId,
      submittedOn: "2020-03-01",
      ...answers,
      measures: lines.map(([school, code, amount]) => {
        return { schoolId: schoolOf(school), code, description: "Netz", amount: euro(amount) };
      }),
    }),
  );
  accepted(
    await recordGrant(clerk, grantId, applicationId, {
      fileNumber: `AZ ${grantId.slice(0, 8)}`,
      grantingAuthority: "RLSB",
      noticeOn: "2020-05-01",
      ...fullTerms,
      spendFrom: "2020-01-01",
      grantAmount: shareOf(sum(lines.map(([, , amount]) => euro(amount))), rate),
      lineTolerance: percent(lineTolerance),
      ...terms,
      lines: lines.map(([school, code, amount]) => {
        return { schoolId: schoolOf(school), code, approved: euro(amount) };
      }),
    }),
  );
  const budget = await loadBudget(clerk, grantId);
  const lineOf = (code: string) => budget.find((line) => line.code === code)!.id;
  return { grantId, envelopeId, applicationId, resolutionId, schools, lineOf };
}

export function orderDraft(budgetLineId: string, given: Partial<OrderDraft> = {}): OrderDraft {
  return {
    supplier: "Netzbau GmbH",
    number: "A-1",
    // Tests need not number their orders.
    isAgain: true,
    orderedOn: "2021-03-01",
    awardKind: "direct",
    awardReference: "",
    awardReason: "drei Angebote eingeholt",
    lines: [orderLine(budgetLineId, "4000")],
    ...given,
  };
}

export function orderLine(budgetLineId: string, amount: string) {
  return {
    budgetLineId,
    costKind: "investment" as const,
    description: "Netz",
    grossAmount: euro(amount),
    vatRate: percent("19"),
  };
}

export async function createOrder(clerk: User, grantId: string, draft: OrderDraft) {
  const id = randomUUID();
  accepted(await recordOrder(clerk, id, { grantId }, draft));
  return id;
}

export function invoiceLine(
  budgetLineId: string,
  amount: string,
  given: Partial<InvoiceLineDraft> = {},
): InvoiceLineDraft {
  return {
    budgetLineId,
    ...plainLine,
    netAmount: netOf(euro(amount), percent("19")),
    grossAmount: euro(amount),
    ...given,
  };
}

export function invoiceDraft(
  lines: InvoiceLineDraft[],
  given: Partial<InvoiceDraft> = {},
): InvoiceDraft {
  const invoicedOn = "2021-06-01";
  return { ...plainInvoice, supplier: "Netzbau GmbH", number: "R-1", invoicedOn, lines, ...given };
}

/** An invoice on one line, paid whole. */
export async function spend(
  clerk: User,
  grantId: string,
  budgetLineId: string,
  amount: string,
  on = "2021-06-01",
) {
  const [invoiceId, paymentId] = [randomUUID(), randomUUID()];
  const draft = invoiceDraft([invoiceLine(budgetLineId, amount)], {
    number: invoiceId.slice(0, 8),
    invoicedOn: on,
  });
  accepted(await recordInvoice(clerk, invoiceId, { grantId }, draft));
  const payment = { paidOn: on, cashDiscount: euro("0"), paidAmount: euro(amount) };
  accepted(await certifyAndPay(clerk, paymentId, invoiceId, payment));
  return { invoiceId, paymentId };
}

/** The payment of an invoice that the clerk's deputy certifies first, where nobody has. */
export async function certifyAndPay(
  clerk: User,
  id: string,
  invoiceId: string,
  draft: PaymentDraft,
) {
  const invoice = await requireInvoice(clerk, invoiceId);
  if (invoice.stands && !invoice.certification) {
    const certification = { certifiedOn: invoice.invoicedOn, note: "" };
    accepted(await certifyInvoice(deputies.get(clerk.id)!, invoiceId, certification));
  }
  return recordPayment(clerk, id, invoiceId, draft);
}

export function accepted(violation: object | undefined) {
  if (violation) throw new Error(`refused: ${JSON.stringify(violation)}`);
}
