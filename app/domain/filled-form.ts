/** Fills a form: the description and the facts of a grant in, tables with groups and sums out. */
import { grouped } from "./groups.ts";
import { type Money, sum, zero } from "./money.ts";
import {
  type FactRow,
  type FormFacts,
  formFields,
  type FormSection,
  type HeadField,
  headFields,
  investmentOf,
  type OfficialForm,
  type ReceiptFact,
  unassigned,
  type Value,
  type ValueKind,
} from "./official-form.ts";

export type FilledColumn = { field: string; title: string; kind: ValueKind };
/** One value for each column; a sum only where the column is summed. */
export type FilledGroup = { name: string; rows: Value[][]; sums: (Money | null)[] };
export type FilledSection = {
  title: string;
  note: string;
  columns: FilledColumn[];
  groups: FilledGroup[];
  /** Null for a section without sums. */
  total: (Money | null)[] | null;
};
export type FilledForm = {
  key: string;
  title: string;
  head: { field: HeadField; kind: ValueKind; value: Value }[];
  sections: FilledSection[];
  notes: string[];
};

export function fillForm(form: OfficialForm, facts: FormFacts): FilledForm {
  const receipts = facts.receipts.map((receipt) => ({
    ...receipt,
    investment: investmentOf(form, facts.programmeKey, receipt.code),
  }));
  const rowsOf = (section: FormSection): FactRow[] => {
    if (section.source === "receipts") return receipts;
    if (section.source === "investments") return investmentRows(form, receipts, facts);
    return facts[section.source];
  };
  return {
    key: form.key,
    title: form.title,
    head: form.head.map((field) => {
      return { field, kind: headFields[field], value: facts.head[field] };
    }),
    sections: [
      ...form.sections.map((section) => fillSection(section, rowsOf(section))),
      ...unassignedSection(form, receipts),
    ],
    notes: form.notes,
  };
}

function fillSection(section: FormSection, given: FactRow[]): FilledSection {
  const kinds: Record<string, ValueKind> = formFields[section.source];
  const columns = section.columns.map((column) => ({ ...column, kind: kinds[column.field]! }));
  const rows = numbered(inOrder(section, given));
  const groups = [...grouped(rows, (row) => nameOf(section, row))];
  const total = sumsOf(section, rows);
  return {
    title: section.title,
    note: section.note,
    columns,
    groups: groups.map(([name, own]) => ({
      name,
      rows: own.map((row) => columns.map(({ field }) => row[field] ?? null)),
      sums: sumsOf(section, own),
    })),
    total: section.sums.length > 0 ? total : null,
  };
}

function nameOf({ groupBy }: FormSection, row: FactRow): string {
  return groupBy.map((field) => String(row[field] ?? "")).join(", ");
}

/** Groups as the financing plan has them, within each as the form says; equal rows stay as they came. */
function inOrder({ groupBy, sortBy }: FormSection, rows: FactRow[]): FactRow[] {
  const sorted = rows.toSorted((a, b) => {
    for (const field of sortBy) {
      const order = compared(a[field] ?? null, b[field] ?? null);
      if (order !== 0) return order;
    }
    return 0;
  });
  if (groupBy.length === 0) return sorted;
  const place = (row: FactRow) => (typeof row.planPlace === "number" ? row.planPlace : 0);
  const groups = [...grouped(sorted, (row) => groupBy.map((field) => row[field]).join("\n"))];
  const first = groups.map(([, own]) => Math.min(...own.map(place)));
  return [...groups.keys()]
    .sort((a, b) => first[a]! - first[b]! || a - b)
    .flatMap((index) => groups[index]![1]);
}

function compared(a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "object" && typeof b === "object") return a.comparedTo(b);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "de", { numeric: true });
}

/** Running numbers follow the order of the form. */
function numbered(rows: FactRow[]): FactRow[] {
  return rows.map((row, index) => ({ ...row, number: index + 1 }));
}

function sumsOf({ columns, sums }: FormSection, rows: FactRow[]): (Money | null)[] {
  return columns.map(({ field }) => {
    return sums.includes(field) ? sum(rows.map((row) => amountOf(row[field]))) : null;
  });
}

function amountOf(value: Value | undefined): Money {
  return typeof value === "object" && value !== null ? value : zero;
}

type AssignedReceipt = ReceiptFact & { investment: string };

/** The kinds of the form, all of them, and what belongs to none; what was claimed before stays apart. */
function investmentRows(
  form: OfficialForm,
  receipts: AssignedReceipt[],
  { registeredUntil }: FormFacts,
): FactRow[] {
  const names = form.investments.map(({ name }) => name);
  const hasOthers = receipts.some(({ investment }) => investment === unassigned);
  return [...names, ...(hasOthers ? [unassigned] : [])].map((name) => {
    const own = receipts.filter(({ investment }) => investment === name);
    const isBefore = ({ paidOn }: AssignedReceipt) =>
      registeredUntil !== null && paidOn <= registeredUntil;
    const earlier = own.filter(isBefore);
    const later = own.filter((receipt) => !isBefore(receipt));
    const eligible = (rows: AssignedReceipt[]) => sum(rows.map((row) => row.eligible));
    const grant = (rows: AssignedReceipt[]) => sum(rows.map((row) => row.grant));
    return {
      investment: name,
      before: eligible(earlier),
      now: eligible(later),
      total: eligible(own),
      grantBefore: grant(earlier),
      grantNow: grant(later),
      grantTotal: grant(own),
    };
  });
}

const unassignedColumns: FormSection["columns"] = [
  { field: "number", title: "lfd. Nr." },
  { field: "recipient", title: "Empfänger" },
  { field: "invoiceNumber", title: "Rechnungsnummer" },
  { field: "position", title: "Kostenposition" },
  { field: "paidOn", title: "bezahlt am" },
  { field: "eligible", title: "förderfähig €" },
];

/** Receipts of a form by kinds of investment whose object of funding has none there. */
function unassignedSection(form: OfficialForm, receipts: AssignedReceipt[]): FilledSection[] {
  const others = receipts.filter(({ investment }) => investment === unassigned);
  if (form.investments.length === 0 || others.length === 0) return [];
  const section: FormSection = {
    title: "Nicht zugeordnet",
    note: "Diese Rechnungen gehören zu keiner Investitionsart des Vordrucks. Bitte mit der Bewilligungsbehörde klären.",
    source: "receipts",
    columns: unassignedColumns,
    groupBy: [],
    sortBy: [],
    sums: ["eligible"],
  };
  return [fillSection(section, others)];
}
