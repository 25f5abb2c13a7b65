/** Whether the time of a refused sign-in tells that there is an account. */
import { randomUUID } from "node:crypto";
import { findSigningIn, foundWithUsers } from "#app/records/users.server.ts";
import { report, timed } from "./measure.ts";

const tries = 200;

export async function measureSignIn(): Promise<void> {
  const email = `finanzen-${randomUUID()}@example.org`;
  const draft = { name: "Frieda", email, roles: ["clerk" as const] };
  await foundWithUsers({ name: "Stadt Zeitmessung", isExample: false }, [
    { ...draft, password: "ein langes Passwort" },
  ]);
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
  const addresses = { known: email, unknown: `niemand-${email}` };
  for (let count = 0; count < 10; count += 1) await findSigningIn(email, "zum Warmwerden");
  // In turns, so that whatever else the machine does befalls both.
  for (let count = 0; count < tries; count += 1) {
    for (const kind of ["known", "unknown"] as const) {
      const { milliseconds } = await timed(() => findSigningIn(addresses[kind], "falsch geraten"));
      times[kind].push(milliseconds);
    }
  }
  const [known, unknown] = [median(times.known), median(times.unknown)];
  const percent = (Math.abs(known - unknown) / Math.min(known, unknown)) * 100;
  report("refused sign-in, known and unknown account, medians apart", percent, 5, "%");
}

function median(values: number[]): number {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}
