/** A school of the example: its person, and what it asks for. */
import { randomUUID } from "node:crypto";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { changeRoles } from "#app/records/roles.server.ts";
import { endWish, recordWish } from "#app/records/school-wishes.server.ts";
import { accepted } from "./load-demo.server.ts";

/** Its person gets the role from the administrator, its wishes come by its person; the clerk has taken up one. */
export async function tellWishes(
  { administrator, clerk, person }: { administrator: User; clerk: User; person: User },
  schoolId: string,
) {
  const given = { roles: ["school" as const], schoolIds: [schoolId] };
  accepted(await changeRoles(administrator, person.id, given));
  const school: User = { ...person, ...given };
  const [projector, tablets] = [randomUUID(), randomUUID()];
  accepted(
    await recordWish(school, projector, {
      ...{ schoolId, what: "Interaktive Tafel für den Musikraum (Beispiel)" },
      ...{ costKind: "investment", quantity: 1, estimatedAmount: euro("4200.00") },
      ...{ wantedBy: null, reason: "Der alte Beamer ist ausgefallen." },
    }),
  );
  accepted(
    await recordWish(school, tablets, {
      ...{ schoolId, what: "Tablets mit Koffer (Beispiel)", costKind: "investment", quantity: 16 },
      ...{ estimatedAmount: euro("9600.00"), wantedBy: null },
      reason: "Nach dem Medienbildungskonzept, Baustein 3.",
    }),
  );
  accepted(
    await endWish(clerk, tablets, {
      end: "taken_up",
      reason: "Für den nächsten Antrag vorgemerkt.",
    }),
  );
}
