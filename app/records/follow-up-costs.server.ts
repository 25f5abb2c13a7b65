/** The forecast of follow-up costs (Folgekosten): what is on file of contracts, joint services, devices. */
import type { Day } from "#app/domain/calendar.ts";
import { forecast, type ForecastShare } from "#app/domain/forecast.ts";
import { sum } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { listReplacements } from "./assets.server.ts";
import { type ContractFigures, listContractFigures } from "./contract-figures.server.ts";
import { listContracts } from "./contracts.server.ts";
import { lastOwnDay, listOwnYearShares } from "./joint-planned.server.ts";
import { listCostShares, listJointServices } from "./joint-services.server.ts";

/** Five fiscal years from the first on, as known on a day. */
export async function loadForecast(user: User, firstYear: number, asOf: Day, reader: Reader = db) {
  const figures = await listContractFigures(user, { asOf }, reader);
  const contracts = (await listContracts(user, asOf, reader))
    .filter((one) => one.stands)
    .map((contract) => ({
      ...contract,
      posted: postedOf(figures.filter(({ contractId }) => contractId === contract.id)),
    }));
  const shares = await loadShares(user, asOf, reader);
  const replacements = await listReplacements(user, { untilYear: firstYear + 4, asOf }, reader);
  return forecast(firstYear, { contracts, shares, replacements }, asOf);
}

/** Each joint service with the own shares on file, until its agreement or our own membership ends. */
async function loadShares(user: User, asOf: Day, reader: Reader): Promise<ForecastShare[]> {
  const services = await listJointServices(user, reader);
  const demanded = (await listCostShares(user, undefined, reader, asOf)).filter(
    (share) => share.stands && share.demandedOn <= asOf,
  );
  const ofYears = await listOwnYearShares(user, asOf, reader);
  const all = [...demanded, ...ofYears].toSorted((a, b) => a.fiscalYear - b.fiscalYear);
  const shares: ForecastShare[] = [];
  for (const { id, name } of services) {
    const known = all.filter((share) => share.jointServiceId === id);
    if (known.length === 0) continue;
    shares.push({ id, name, known, endsOn: await lastOwnDay(user, id, asOf, reader) });
  }
  return shares;
}

/** What the books have of a contract, by the year whose cost it is: what was carried over stays its own year's. */
function postedOf(figures: ContractFigures[]) {
  return [...new Set(figures.map(({ costYear }) => costYear))].map((fiscalYear) => {
    const own = figures.filter(({ costYear }) => costYear === fiscalYear);
    return { fiscalYear, amount: sum(own.map((one) => one.committed.plus(one.invoiced))) };
  });
}
