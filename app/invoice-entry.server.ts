/** What the pages of a new invoice do, on a grant or on the municipal budget. */
import { randomUUID } from "node:crypto";
import { redirect } from "@remix-run/node";
import type { Funding } from "./domain/funding.ts";
import type { User } from "./domain/permission.ts";
import { readForm, rejected } from "./form.ts";
import { problemOf } from "./german/words.ts";
import { idParam, wire } from "./http.ts";
import { invoiceDraftOf, invoiceForm } from "./invoice-form.ts";
import { recordInvoice } from "./records/invoice-recording.server.ts";
import { requireInvoice } from "./records/invoices.server.ts";
import { requireOrder } from "./records/orders.server.ts";
import { loadInvoiceForm, usualLineOf } from "./records/spending-form.server.ts";

/** What the page shows: the form's choices, and what its address names to begin with. */
export async function loadNewInvoice(request: Request, user: User, funding: Funding) {
  const { searchParams } = new URL(request.url);
  const named = (name: string) => {
    const id = searchParams.get(name);
    return id ? idParam(id) : undefined;
  };
  const [orderId, prepaidId, creditedId] = [named("order"), named("prepaid"), named("credited")];
  const bookedId = named("booked");
  const relatedId = prepaidId ?? creditedId;
  return wire({
    ...(await loadInvoiceForm(user, funding)),
    id: randomUUID(),
    order: orderId ? await requireOrder(user, orderId) : null,
    related: relatedId ? await requireInvoice(user, relatedId) : null,
    isFinal: prepaidId !== undefined,
    booked: bookedId ? await requireInvoice(user, bookedId) : null,
  });
}

/** Records what was typed; `page` is the page's own address, for the next paper of the pile. */
export async function bookInvoice(request: Request, user: User, funding: Funding, page: string) {
  const form = await readForm(request, invoiceForm);
  if (form.status !== "success") return rejected(form);

  const usualLine = await usualLineOf(user, funding, form.value.supplier);
  const read = invoiceDraftOf(form.value, usualLine);
  if ("problems" in read) return rejected(form, ...read.problems);
  const { id } = form.value;
  const violation = await recordInvoice(user, id, funding, read.draft);
  if (violation) return rejected(form, problemOf(violation));
  // Whoever enters a pile of invoices goes on with the next.
  const isOne = new URL(request.url).search !== "" && !request.url.includes("booked=");
  return redirect(isOne ? `/invoices/${id}` : `${page}?booked=${id}`);
}
