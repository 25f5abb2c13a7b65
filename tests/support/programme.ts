/** Shipped programmes for tests of the domain, read from their files. */
import { readFileSync } from "node:fs";
import type { Programme } from "#app/domain/programme.ts";
import type { GrantTerms } from "#app/domain/terms.ts";
import { euro, percent } from "#app/domain/money.ts";
import { readProgrammeFile } from "#app/programme-file.ts";

export function shippedProgramme(key: string): Programme {
  const file = readProgrammeFile(readFileSync(`app/programmes/${key}.yaml`, "utf8"));
  if ("problems" in file) throw new Error(JSON.stringify(file.problems));
  return file.programme;
}

export const lowerSaxony2019 = shippedProgramme("ni-digitalpakt-2019");

/** Terms as a notice of Lower Saxony has them. */
export const fullTerms: GrantTerms = {
  spendFrom: "2019-05-17",
  spendUntil: "2024-12-31",
  financingKind: "full",
  fundingRate: percent("100"),
  grantAmount: euro("30000"),
  thirdPartyAmount: euro("0"),
  lineTolerance: percent("0"),
  drawUntil: null,
  advanceRate: percent("0"),
  spendWithinMonths: null,
  interimProofDueOn: null,
  proofDueOn: null,
  dedicatedUntil: null,
};
