/** The seal of a proof of use: SHA-256 over its report and its figures as they were sent. */
import { createHash } from "node:crypto";

export function sealOfProof(report: string, figures: string): string {
  return createHash("sha256")
    .update(JSON.stringify([report, figures]))
    .digest("hex");
}
