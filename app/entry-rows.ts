/** Reads rows of a table as invoices: text in German notation to drafts, or problems by row and column. */
import {
  byInvoice,
  type CellViolation,
  type Entry,
  type EntryColumn,
  type EntryProblem,
  type EntryRow,
  invoiceKey,
  rowsTwice,
} from "./domain/entry.ts";
import {
  type NamedLine,
  type NamedOrderLine,
  orderFinder,
  placeFinder,
  type UsualLine,
} from "./domain/entry-place.ts";
import { comparable } from "./domain/invoice.ts";
import { checkSums, completeAmounts } from "./domain/invoice-arithmetic.ts";
import type { IneligibleReason, InvoiceLineDraft } from "./domain/invoice-line.ts";
import {
  euro,
  factor,
  type Money,
  netOf,
  type Percent,
  percent,
  shareOf,
  sum,
  zero,
} from "./domain/money.ts";
import { standardVatRate } from "./domain/vat.ts";
import { parseDay, parseEuro, parseFactor, parsePercent } from "./german/notation.ts";

/** What the rows may speak of. */
export type EntrySurroundings = {
  lines: NamedLine[];
  orderLines: NamedOrderLine[];
  /** By the supplier's comparable name. */
  usualLines: Map<string, UsualLine>;
};

export type ReadEntries = {
  entries: Entry[];
  problems: EntryProblem[];
  /** The budget line of each row that names one. */
  budgetLineOf: Map<number, string>;
};

const mostText = { supplier: 200, number: 60, description: 500, ineligibleReason: 500 };

/** Rows without any text are passed over; an invoice with a problem in any of its rows is no entry. */
export function readEntries(rows: EntryRow[], surroundings: EntrySurroundings): ReadEntries {
  const filled = rows.filter(({ cells }) => Object.values(cells).some((text) => text.trim()));
  const readRow = rowReader(surroundings);
  const read = filled.map(readRow);
  const { invoices, problems } = byInvoice(read.flatMap(({ row }) => (row ? [row] : [])));
  const all = [...read.flatMap(({ problems }) => problems), ...rowsTwice(filled), ...problems];
  const wrong = new Set(all.map(({ row }) => row));
  const wrongInvoices = new Set(
    filled.filter(({ number }) => wrong.has(number)).map(({ cells }) => invoiceOf(cells)),
  );
  const entries = invoices.filter(([first]) => !wrongInvoices.has(invoiceKey(first!))).map(entryOf);
  const credits = entries.filter((entry) => !total(entry).greaterThan(0));
  return {
    entries: entries.filter((entry) => !credits.includes(entry)),
    problems: [...all, ...credits.map(creditProblem)].sort((a, b) => a.row - b.row),
    budgetLineOf: new Map(read.flatMap(({ place }) => (place ? [place] : []))),
  };
}

type EntryLine = {
  number: number;
  supplier: string;
  invoiceNumber: string;
  invoicedOn: string;
  line: Omit<InvoiceLineDraft, "netAmount" | "grossAmount"> & {
    netAmount?: Money;
    grossAmount?: Money;
  };
};

function invoiceOf({ supplier = "", number = "" }: EntryRow["cells"]): string {
  return invoiceKey({ supplier, invoiceNumber: number });
}

type RowRead = { problems: EntryProblem[]; row?: EntryLine; place?: [number, string] };

function rowReader({ lines, orderLines, usualLines }: EntrySurroundings) {
  const findPlace = placeFinder(lines);
  const findOrder = orderFinder(orderLines);

  return ({ number, cells }: EntryRow): RowRead => {
    const problems: EntryProblem[] = [];
    const blame = (violation: CellViolation) => {
      problems.push({ row: number, column: violation.field, violation });
    };
    const cell = cellReader(cells, blame);

    const supplier = cell.text("supplier");
    const usual = usualLines.get(comparable(supplier));
    const invoiceNumber = cell.text("number");
    const invoicedOn = cell.required("invoicedOn", parseDay, "cell_no_day");
    const description =
      cell.text("description", { isOptional: true }) || `Rechnung ${invoiceNumber}`;
    const netAmount = cell.optional("netAmount", parseEuro, "cell_no_amount");
    const grossAmount = cell.optional("grossAmount", parseEuro, "cell_no_amount");
    const hasAmount = [cells.netAmount, cells.grossAmount].some((text) => text?.trim());
    if (!hasAmount) blame({ field: "grossAmount", rule: "cell_empty" });
    const vatRate = cell.optional("vatRate", parsePercent, "cell_no_share");
    const quantity = cell.optional("quantity", parseFactor, "cell_no_quantity") ?? factor("1");
    const ineligibleAmount = cell.optional("ineligibleAmount", parseEuro, "cell_no_amount") ?? zero;
    const reason = cell.text("ineligibleReason", { isOptional: true });

    const place = findPlace({ school: cells.school ?? "", position: cells.position ?? "" }, usual);
    if ("violation" in place) blame(place.violation);
    const budgetLineId = "violation" in place ? "" : place.budgetLineId;
    const order = findOrder(cells.orderNumber ?? "", budgetLineId);
    if ("violation" in order) blame(order.violation);

    const placed = budgetLineId ? ([number, budgetLineId] as [number, string]) : undefined;
    if (problems.length > 0 || !invoicedOn || "violation" in order) {
      return { problems, ...(placed && { place: placed }) };
    }
    const isLowering = (grossAmount ?? netAmount)!.lessThan(0);
    const line: EntryLine["line"] = {
      kind: isLowering ? "discount" : "item",
      budgetLineId,
      orderLineId: order.orderLineId,
      // The table has no column for it: what was ordered as accompanying advice is invoiced as such.
      costKind: order.costKind ?? "investment",
      description,
      quantity,
      isSet: false,
      vatRate:
        vatRate ??
        (usual?.vatRate
          ? percent(usual.vatRate)
          : likelyVatRate(invoicedOn, netAmount, grossAmount)),
      ...(netAmount && { netAmount }),
      ...(grossAmount && { grossAmount }),
      ineligibleAmount,
      ineligibleReason: ineligibleAmount.isZero() ? undefined : reasonOf(reason),
      ineligibleNote: reason,
    };
    return {
      problems,
      row: { number, supplier, invoiceNumber, invoicedOn, line },
      ...(placed && { place: placed }),
    };
  };
}

/** VAT is one of the two reasons that the books know; whatever else is written is the other. */
function reasonOf(text: string): IneligibleReason | undefined {
  if (text === "") return undefined;
  return /umsatzsteuer|\bust\b|mwst|mehrwertsteuer|vorsteuer/i.test(text) ? "vat" : "other";
}

/** The rate that leads from net to gross to the cent; the standard rate where none of ours does. */
function likelyVatRate(day: string, net: Money | undefined, gross: Money | undefined): Percent {
  const standard = standardVatRate(day);
  if (!net || !gross) return standard;
  const usual = [standard, ...["7", "5", "0"].map(percent)];
  const fits = (rate: Percent) => {
    const isFromNet = net.plus(shareOf(net, rate)).minus(gross).abs().lessThan(twoCents);
    return isFromNet || netOf(gross, rate).equals(net);
  };
  return usual.find(fits) ?? standard;
}

const twoCents = euro("0.02");

function entryOf(rows: EntryLine[]): Entry {
  const [first] = rows as [EntryLine, ...EntryLine[]];
  const amounts = completeAmounts(
    rows.map(({ line }) => line),
    "line",
  );
  const isSumOfLines = !checkSums({ lines: amounts, roundedPer: "line", roundingReason: "" });
  return {
    rows: rows.map(({ number }) => number),
    draft: {
      supplier: first.supplier,
      number: first.invoiceNumber,
      invoicedOn: first.invoicedOn,
      kind: "invoice",
      creditedId: null,
      roundedPer: isSumOfLines ? "line" : "document",
      roundingReason: "",
      overOrderReason: "",
      dueOn: null,
      discountRate: null,
      discountUntil: null,
      lines: rows.map(({ line }, index) => ({ ...line, ...amounts[index]! })),
    },
  };
}

function total({ draft }: Entry): Money {
  return sum(draft.lines.map(({ grossAmount }) => grossAmount));
}

/** A credit note names the invoice that it lowers, which no row of a table does. */
function creditProblem({ rows }: Entry): EntryProblem {
  const violation = { field: "grossAmount", rule: "entry_is_credit_note" } as const;
  return { row: rows[0]!, column: "grossAmount", violation };
}

type ReadingRule = "cell_no_amount" | "cell_no_day" | "cell_no_share" | "cell_no_quantity";

function cellReader(cells: EntryRow["cells"], blame: (violation: CellViolation) => void) {
  function optional<Value>(
    field: EntryColumn,
    parse: (text: string) => Value | undefined,
    rule: ReadingRule,
  ): Value | undefined {
    const text = cells[field]?.trim() ?? "";
    if (text === "") return undefined;
    const value = parse(text);
    if (value === undefined) blame({ field, rule });
    return value;
  }
  return {
    optional,
    required<Value>(
      field: EntryColumn,
      parse: (text: string) => Value | undefined,
      rule: ReadingRule,
    ): Value | undefined {
      if (!cells[field]?.trim()) blame({ field, rule: "cell_empty" });
      return optional(field, parse, rule);
    },
    text(field: keyof typeof mostText, { isOptional = false } = {}): string {
      const text = (cells[field] ?? "").replace(/\s+/g, " ").trim();
      const most = mostText[field];
      if (text === "" && !isOptional) blame({ field, rule: "cell_empty" });
      if (text.length > most) blame({ field, rule: "cell_too_long", most });
      if (/\p{Cc}/u.test(text) || !text.isWellFormed()) blame({ field, rule: "cell_unkeepable" });
      return text;
    },
  };
}
