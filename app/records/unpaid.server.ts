/** What of a fiscal year is not paid yet: it keeps the year open. */
import type { User } from "#app/domain/permission.ts";
import { listYearAccounts } from "./fiscal-years.server.ts";
import { listInvoices } from "./invoices.server.ts";

/**
 * Invoices of the year that are not paid whole, one by one, in euro gross; then accounts where other
 * documents, such as cost shares, are not paid.
 */
export async function listUnpaid(user: User, fiscalYear: number) {
  const [invoices, accounts] = await Promise.all([
    listInvoices(user, { fiscalYear }),
    listYearAccounts(user, fiscalYear),
  ]);
  const unpaid = invoices.filter((one) => one.stands && !one.open.isZero());
  const named = new Set(unpaid.flatMap(({ places }) => places));
  const isNamed = (account: { product: string | null; ledgerAccount: string | null }) =>
    named.has(`Haushalt ${fiscalYear} ${account.product} / ${account.ledgerAccount}`);
  return [
    ...unpaid.map(({ id, number, supplier, places, open }) => {
      return { id, to: `/invoices/${id}`, title: `${number}, ${supplier}`, places, open };
    }),
    ...accounts
      .filter((one) => one.invoiced.greaterThan(one.paid) && !isNamed(one))
      .map(({ id, label, invoiced, paid }) => ({
        id,
        to: `/municipal-budget/accounts/${id}`,
        title: "Andere Belege dieser Haushaltsstelle",
        places: [label],
        open: invoiced.minus(paid),
      })),
  ];
}
