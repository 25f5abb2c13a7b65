/** Documents by which money is committed and spent, as the journal sees them. */
import { asc, eq, getTableColumns } from "drizzle-orm";
import { postingsOfInvoice } from "#app/domain/invoice.ts";
import { postingsOfOrder, postingsOfOrderClosure } from "#app/domain/order.ts";
import { postingsOfPayment } from "#app/domain/payment.ts";
import type { Reader } from "#db/client.ts";
import { invoiceLines, invoices, payments } from "#db/schema/invoices.ts";
import {
  orderClosureLines,
  orderClosures,
  orderLines,
  orders,
  suppliers,
} from "#db/schema/orders.ts";
import type { Loaded, Within } from "./documents.server.ts";

export async function loadOrderDocument(reader: Reader, within: Within, id: string): Loaded {
  const [order] = await reader
    .select({ ...getTableColumns(orders), supplier: suppliers.name })
    .from(orders)
    .innerJoin(suppliers, eq(suppliers.id, orders.supplierId))
    .where(within(orders, orders.id, id));
  if (!order) return undefined;
  const lines = await reader
    .select()
    .from(orderLines)
    .where(within(orderLines, orderLines.orderId, id))
    .orderBy(asc(orderLines.position));
  return {
    postings: postingsOfOrder({ ...order, lines }),
    content: [order, lines],
    bookedOn: order.orderedOn,
    title: `Auftrag ${order.number}, ${order.supplier}`,
  };
}

export async function loadOrderClosureDocument(reader: Reader, within: Within, id: string): Loaded {
  const [closure] = await reader
    .select({ ...getTableColumns(orderClosures), number: orders.number })
    .from(orderClosures)
    .innerJoin(orders, eq(orders.id, orderClosures.orderId))
    .where(within(orderClosures, orderClosures.id, id));
  if (!closure) return undefined;
  const lines = await reader
    .select({
      ...getTableColumns(orderClosureLines),
      budgetLineId: orderLines.budgetLineId,
    })
    .from(orderClosureLines)
    .innerJoin(orderLines, eq(orderLines.id, orderClosureLines.orderLineId))
    .where(within(orderClosureLines, orderClosureLines.closureId, id))
    .orderBy(asc(orderClosureLines.position));
  return {
    postings: postingsOfOrderClosure({ ...closure, lines }),
    content: [closure, lines],
    bookedOn: closure.closedOn,
    title: `Schließung des Auftrags ${closure.number}`,
  };
}

export async function loadInvoiceDocument(reader: Reader, within: Within, id: string): Loaded {
  const [invoice] = await reader
    .select({ ...getTableColumns(invoices), supplier: suppliers.name })
    .from(invoices)
    .innerJoin(suppliers, eq(suppliers.id, invoices.supplierId))
    .where(within(invoices, invoices.id, id));
  if (!invoice) return undefined;
  const lines = await linesOfInvoice(reader, within, id);
  return {
    postings: postingsOfInvoice({ ...invoice, lines }),
    content: [invoice, lines],
    bookedOn: invoice.invoicedOn,
    title: `Rechnung ${invoice.number}, ${invoice.supplier}`,
  };
}

export async function loadPaymentDocument(reader: Reader, within: Within, id: string): Loaded {
  const [payment] = await reader
    .select({
      ...getTableColumns(payments),
      number: invoices.number,
      supplier: suppliers.name,
    })
    .from(payments)
    .innerJoin(invoices, eq(invoices.id, payments.invoiceId))
    .innerJoin(suppliers, eq(suppliers.id, invoices.supplierId))
    .where(within(payments, payments.id, id));
  if (!payment) return undefined;
  const lines = await linesOfInvoice(reader, within, payment.invoiceId);
  return {
    postings: postingsOfPayment({ ...payment, lines }),
    content: [payment],
    bookedOn: payment.paidOn,
    title: `Zahlung der Rechnung ${payment.number}, ${payment.supplier}`,
  };
}

function linesOfInvoice(reader: Reader, within: Within, invoiceId: string) {
  return reader
    .select()
    .from(invoiceLines)
    .where(within(invoiceLines, invoiceLines.invoiceId, invoiceId))
    .orderBy(asc(invoiceLines.position));
}
