/** Where an e-invoice is likely to be booked: the order that it names, the line that its seller usually has. */
import type { EInvoice } from "./e-invoice.ts";
import type { InvoiceProposal, ProposedLine } from "./e-invoice-proposal.ts";
import { comparable } from "./invoice.ts";
import { arithmeticOf } from "./invoice-arithmetic.ts";
import { factor, type Money, negated, type Percent, percent, split, sum } from "./money.ts";
import { leftOf, type Prepayment } from "./prepayment.ts";

/** What is on file of the seller in the grant; nothing of it for a seller who is new. */
export type KnownSeller = {
  usualLine: string | undefined;
  orderLines: { id: string; number: string; budgetLineId: string; description: string }[];
  prepayments: Prepayment[];
  invoices: { id: string; number: string }[];
};

export type PlacedLine = Omit<ProposedLine, "kind" | "netAmount"> & {
  kind: ProposedLine["kind"] | "prepayment";
  /** Null where it follows from the gross amount. */
  netAmount: Money | null;
  budgetLineId: string | undefined;
  orderLineId: string | undefined;
  prepaidId: string | undefined;
};

export type PlacedProposal = Omit<InvoiceProposal, "lines"> & {
  lines: PlacedLine[];
  creditedId: string | undefined;
  /** True where the seller's sums differ from ours by more than rounding does. */
  needsReason: boolean;
  /** Paid on account before (BT-113), and no invoice of ours says for what. */
  isPrepaidUnknown: boolean;
};

export function placed(
  proposal: InvoiceProposal,
  invoice: EInvoice,
  seller: KnownSeller,
): PlacedProposal {
  const ordered = orderLinesOf(invoice, seller);
  const prepayment = prepaymentOf(proposal, invoice, seller);
  const lines = proposal.lines.map((line) => placedLine(line, ordered, seller.usualLine));
  const deductions = prepayment ? deductionLines(proposal, prepayment, lines) : [];
  const isFinal = deductions.length > 0;
  const { difference, allowed } = arithmeticOf(proposal.lines, "document");
  const preceding = invoice.precedingInvoices.map(({ number }) => comparable(number));
  const credited = seller.invoices.find(({ number }) => preceding.includes(comparable(number)));
  return {
    ...proposal,
    kind: isFinal ? "final" : proposal.kind,
    lines: [...lines, ...deductions],
    creditedId: proposal.kind === "credit_note" ? credited?.id : undefined,
    needsReason: difference.abs().greaterThan(allowed),
    isPrepaidUnknown: !proposal.prepaidAmount.isZero() && !isFinal,
  };
}

/** Open lines of the order that BT-13 names; sellers write its number in their own way. */
function orderLinesOf({ orderReference }: EInvoice, { orderLines }: KnownSeller) {
  if (!orderReference) return [];
  const wanted = comparable(orderReference);
  return orderLines.filter(({ number }) => comparable(number) === wanted);
}

function placedLine(
  line: ProposedLine,
  ordered: KnownSeller["orderLines"],
  usualLine: string | undefined,
): PlacedLine {
  const named = ordered.find(
    ({ description }) => comparable(description) === comparable(line.description),
  );
  const order = named ?? (ordered.length === 1 ? ordered[0] : undefined);
  const budgetLines = new Set(ordered.map(({ budgetLineId }) => budgetLineId));
  const only = budgetLines.size === 1 ? [...budgetLines][0] : undefined;
  return {
    ...line,
    budgetLineId: order?.budgetLineId ?? only ?? usualLine,
    orderLineId: line.kind === "rounding" ? undefined : order?.id,
    prepaidId: undefined,
  };
}

/** The payment on account that BT-113 takes off: the one that BT-25 names, or the only one. */
function prepaymentOf(
  { kind, prepaidAmount }: InvoiceProposal,
  { precedingInvoices }: EInvoice,
  { prepayments }: KnownSeller,
): Prepayment | undefined {
  if (kind === "credit_note" || !prepaidAmount.greaterThan(0)) return undefined;
  const fitting = prepayments.filter((one) => !wholeOf(one).lessThan(prepaidAmount));
  const preceding = precedingInvoices.map(({ number }) => comparable(number));
  return (
    fitting.find(({ number }) => preceding.includes(comparable(number))) ??
    (fitting.length === 1 ? fitting[0] : undefined)
  );
}

/** What is taken off, on the budget lines that have it. */
function deductionLines(
  { prepaidAmount }: InvoiceProposal,
  prepayment: Prepayment,
  lines: PlacedLine[],
): PlacedLine[] {
  const parts = split(prepaidAmount, prepayment.lines.map(leftOf));
  return prepayment.lines.map(({ budgetLineId }, index) => ({
    kind: "prepayment" as const,
    description: `Abzug Abschlag ${prepayment.number}`,
    quantity: factor("1"),
    netAmount: null,
    vatRate: highestRate(lines),
    grossAmount: negated(parts[index]!),
    budgetLineId,
    orderLineId: undefined,
    prepaidId: prepayment.id,
  }));
}

function wholeOf({ lines }: Prepayment): Money {
  return sum(lines.map(leftOf));
}

function highestRate(lines: PlacedLine[]): Percent {
  return lines.reduce(
    (highest, { vatRate }) => (vatRate.greaterThan(highest) ? vatRate : highest),
    percent("0"),
  );
}
