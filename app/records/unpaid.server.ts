/** What of a fiscal year is not paid yet: it keeps the year open. */
import type { Money } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { listYearAccounts } from "./fiscal-years.server.ts";
import { listInvoices } from "./invoices.server.ts";
import { listCostShares, listJointServices } from "./joint-services.server.ts";
import { loadJointYear } from "./joint-years.server.ts";

/** A paper that is not paid whole: its address, where it is charged, and what is open of it in euro gross. */
type Unpaid = { id: string; to: string; title: string; places: string[]; open: Money };

/** All of it, paper by paper: invoices, then demands of joint services, then what their settlements ask for. */
export async function listUnpaid(user: User, fiscalYear: number): Promise<Unpaid[]> {
  const invoices = await listInvoices(user, { fiscalYear });
  const unpaid = invoices.filter((one) => one.stands && !one.open.isZero());
  return [
    ...unpaid.map(({ id, number, supplier, places, open }) => {
      return { id, to: `/invoices/${id}`, title: `${number}, ${supplier}`, places, open };
    }),
    ...(await listUnpaidOfServices(user, fiscalYear)),
  ];
}

async function listUnpaidOfServices(user: User, fiscalYear: number): Promise<Unpaid[]> {
  const accounts = await listYearAccounts(user, fiscalYear);
  const placeOf = (accountId: string) =>
    accounts.flatMap(({ id, label }) => (id === accountId ? [label] : []));
  const services = await listJointServices(user);
  const shares = (await listCostShares(user, undefined)).filter(
    (one) => one.fiscalYear === fiscalYear && one.stands && one.paymentId === null,
  );
  const demands = shares.map(({ id, jointServiceId, ownAmount, appropriationAccountId }) => {
    const service = services.find((one) => one.id === jointServiceId)!;
    const title = `Umlage ${fiscalYear}, ${service.name}`;
    const places = placeOf(appropriationAccountId);
    return { id, to: `/cost-shares/${id}`, title, places, open: ownAmount };
  });
  const settled: Unpaid[] = [];
  for (const { id, name } of services) {
    const { plan, settlement, members } = await loadJointYear(user, id, fiscalYear);
    // Where we perform, our own share is our own invoices.
    if (!plan?.appropriationAccountId || !settlement) continue;
    const open = members.find(({ isOwn }) => isOwn)?.open;
    if (!open?.greaterThan(0)) continue;
    settled.push({
      id: settlement.id,
      to: `/joint-services/${id}/years/${fiscalYear}`,
      title: `Jahresabrechnung ${fiscalYear}, ${name}`,
      places: placeOf(plan.appropriationAccountId),
      open,
    });
  }
  return [...demands, ...settled];
}
