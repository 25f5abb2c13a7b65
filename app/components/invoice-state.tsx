/** How far an invoice is: recorded, certified, paid in part or whole, reversed. */
import type { InvoiceState } from "#app/domain/certification.ts";
import { formatDay } from "#app/german/notation.ts";
import { invoiceStateWords } from "#app/german/words.ts";
import { Badge } from "./page.tsx";

const kinds = {
  recorded: "warning",
  certified: "info",
  part_paid: "info",
  paid: "success",
  reversed: "danger",
} as const;

export function InvoiceStateBadge({
  state,
  paidOn,
}: {
  state: InvoiceState;
  paidOn?: string | null;
}) {
  const day = state === "paid" && paidOn ? ` ${formatDay(paidOn)}` : "";
  return <Badge kind={kinds[state]}>{`${invoiceStateWords[state]}${day}`}</Badge>;
}
