/**
 * Forms of granting authorities (Vordrucke): what a form asks for is data, so that the next one needs no code. A form
 * names its sections, the rows and columns of each, how they are grouped, sorted and summed; nothing else.
 */
import type { Day } from "./calendar.ts";
import type { Money, Percent } from "./money.ts";

/** How a value is written; days are ISO strings, amounts in euro. */
export type ValueKind = "count" | "text" | "day" | "amount" | "percent";

/** All that a form can show of each kind of rows. The list is closed: a form that names more is refused. */
export const formFields = {
  receipts: {
    number: "count",
    school: "text",
    schoolNumber: "text",
    fileNumber: "text",
    code: "text",
    category: "text",
    position: "text",
    orderNumber: "text",
    orderedOn: "day",
    recipient: "text",
    invoiceNumber: "text",
    invoicedOn: "day",
    paidOn: "day",
    month: "text",
    description: "text",
    reason: "text",
    gross: "amount",
    discount: "amount",
    paid: "amount",
    ineligibleVat: "amount",
    ineligibleOther: "amount",
    claimed: "amount",
    cut: "amount",
    eligible: "amount",
    grant: "amount",
    own: "amount",
    investment: "text",
    files: "text",
    remark: "text",
    blank: "text",
  },
  income: { number: "count", on: "day", payer: "text", reason: "text", amount: "amount" },
  plan: {
    number: "count",
    school: "text",
    code: "text",
    category: "text",
    position: "text",
    planned: "amount",
    actual: "amount",
    difference: "amount",
    percent: "percent",
  },
  financing: {
    source: "text",
    planned: "amount",
    actual: "amount",
    difference: "amount",
    percent: "percent",
  },
  investments: {
    number: "count",
    investment: "text",
    before: "amount",
    now: "amount",
    total: "amount",
    grantBefore: "amount",
    grantNow: "amount",
    grantTotal: "amount",
  },
} as const satisfies Record<string, Record<string, ValueKind>>;

export type RowSource = keyof typeof formFields;
export const rowSources = Object.keys(formFields) as RowSource[];

/** What can stand above the tables. */
export const headFields = {
  authority: "text",
  grantingAuthority: "text",
  fileNumber: "text",
  noticeOn: "day",
  programme: "text",
  purpose: "text",
  spendFrom: "day",
  spendUntil: "day",
  financing: "text",
  asOf: "day",
  registeredUntil: "day",
  paymentKind: "text",
  grantAmount: "amount",
  drawn: "amount",
  received: "amount",
  repaid: "amount",
  thirdParty: "amount",
  own: "amount",
  spent: "amount",
  grantDue: "amount",
} as const satisfies Record<string, ValueKind>;

export type HeadField = keyof typeof headFields;

export type FormColumn = { field: string; title: string };

export type FormSection = {
  title: string;
  note: string;
  source: RowSource;
  columns: FormColumn[];
  /** Rows with the same values of these fields stand together, with their own sums. */
  groupBy: string[];
  /** Rows as they come where it is empty: payments in the order of their days, lines as in the plan. */
  sortBy: string[];
  /** Columns that are summed: for each group and over all. */
  sums: string[];
};

/** A kind of investment (Investitionsart), with the objects of funding that belong to it, by programme. */
export type Investment = { name: string; codes: Record<string, string[]> };

export type OfficialForm = {
  key: string;
  title: string;
  /** Two letters of the state, or "DE". */
  state: string;
  explanation: string;
  /** Where the form or its rule can be read. */
  sources: string[];
  head: HeadField[];
  investments: Investment[];
  sections: FormSection[];
  notes: string[];
};

export type Value = string | number | Money | Percent | null;
export type FactRow = Record<string, Value>;

/** A paid line of an invoice, with what the interpreter needs besides the fields of a form. */
export type ReceiptFact = Omit<FactRow, "paidOn"> & {
  paidOn: Day;
  code: string;
  eligible: Money;
  grant: Money;
  /** Place of its line in the financing plan. */
  planPlace: number;
};

/** All figures that forms are filled with, of one grant as of a day: from one loader. */
export type FormFacts = {
  programmeKey: string;
  head: Record<HeadField, Value>;
  /** Payments up to this day were claimed before; null where nothing was. */
  registeredUntil: Day | null;
  receipts: ReceiptFact[];
  income: FactRow[];
  plan: FactRow[];
  financing: FactRow[];
};

/** Without such a kind in the form: never dropped, but listed by name. */
export const unassigned = "nicht zugeordnet";

/** The kind of investment of an object of funding; `unassigned` where the form names none. */
export function investmentOf(form: OfficialForm, programmeKey: string, code: string): string {
  const found = form.investments.find(({ codes }) => codes[programmeKey]?.includes(code));
  return found?.name ?? unassigned;
}
