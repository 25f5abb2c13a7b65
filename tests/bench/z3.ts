/** How fast the books are handed over as a Z3 export, and that memory does not grow with them. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { today } from "#app/clock.server.ts";
import { writeZ3 } from "#app/z3.server.ts";
import { createGrant, createOffice } from "#tests/support/factories.ts";
import { peakMegabytes, report, reportRate, timed } from "./measure.ts";
import { prolong } from "./verification.ts";

/** A million records in a minute. */
const bars = { rate: 1_000_000 / 60, megabytes: 150 };

export async function measureZ3(): Promise<void> {
  const office = await createOffice();
  await createGrant(office);
  await prolong(office.clerk.schoolAuthorityId);
  const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-z3-"));
  const before = peakMegabytes();
  let count = 0;
  const { milliseconds } = await timed(() =>
    writeZ3(office.clerk, { asOf: today() }, path.join(folder, "z3.zip"), {
      onProgress: (records) => (count = records),
    }),
  );
  await rm(folder, { recursive: true });
  report(
    "a Z3 export grows the process by at most",
    peakMegabytes() - before,
    bars.megabytes,
    "MB",
  );
  reportRate("records of a Z3 export", (count / milliseconds) * 1_000, bars.rate, "records/s");
}
