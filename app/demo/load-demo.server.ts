/**
 * The example: Samtgemeinde Hankensbüttel, from the council paper SG/256/19 of 2019 to the last drawdown.
 * Real are the authority, its schools, the 245.341 €, the course of the resolution and the 10.000 € a
 * year; pupil numbers are fitted to the amount, every voucher is made up and says so. It is told through
 * the record functions, so that every rule has been asked.
 */
import { randomUUID } from "node:crypto";
import type { SchoolKind } from "#app/domain/programme.ts";
import { euro } from "#app/domain/money.ts";
import type { Role, User } from "#app/domain/permission.ts";
import { listSchools, recordResolution, recordSchool } from "#app/records/authorities.server.ts";
import { recordEnvelope } from "#app/records/envelopes.server.ts";
import { foundWithUsers } from "#app/records/users.server.ts";
import { tellWishes } from "./wishes.server.ts";
import { tellContracts } from "./contracts.server.ts";
import { tellAssets } from "./assets.server.ts";
import { tellGrants } from "./grants.server.ts";
import { tellJointService } from "./joint-service.server.ts";

export type DemoLogin = { name: string; email: string; password: string; roles: Role[] };

const password = "paktbuch-beispiel";

const logins: DemoLogin[] = [
  {
    ...{ name: "Frieda Finanzen", email: "finanzen@beispiel.de", password },
    roles: ["clerk", "verifier", "treasurer", "head_of_finance", "coordinator"],
  },
  { name: "Albert Ausschuss", email: "ausschuss@beispiel.de", password, roles: ["board"] },
  { name: "Petra Prüfung", email: "pruefung@beispiel.de", password, roles: ["auditor"] },
  {
    name: "Viktor Verwaltung",
    email: "verwaltung@beispiel.de",
    password,
    roles: ["administrator"],
  },
  { name: "Karla Kasse", email: "kasse@beispiel.de", password, roles: ["verifier", "treasurer"] },
];

/** Gets its role once its school is there. */
const schoolLogin: DemoLogin = {
  ...{ name: "Sabine Schule", email: "schule@beispiel.de", password, roles: ["school"] },
};

/** Loads the example into an empty database. @throws Error when a rule refuses a part of it. */
export async function loadDemo(): Promise<{ logins: DemoLogin[] }> {
  // Two persons share what a large office divides, and may pay what they recorded.
  const authority = {
    name: "Samtgemeinde Hankensbüttel",
    isExample: true,
    paidByAnother: false,
  };
  const users = await foundWithUsers(authority, [{ ...schoolLogin, roles: [] }, ...logins]);
  const [person, clerk] = users;
  const administrator = users.find(({ roles }) => roles.includes("administrator"))!;
  const clerks = { clerk: clerk!, certifier: users.at(-1)! };
  await tellSchools(clerk!);
  const resolutionId = await tellResolution(clerk!);
  const envelopeId = randomUUID();
  accepted(
    await recordEnvelope(clerk!, envelopeId, "ni-digitalpakt-2019", {
      givenAmount: euro("245341.00"),
      administrationAmount: euro("0"),
      givenOn: "2019-08-08",
      note: "Betrag nach Vorlage SG/256/19; Schülerzahlen illustrativ, die amtlichen sind nicht veröffentlicht.",
    }),
  );
  const schools = new Map((await listSchools(clerk!)).map(({ name, id }) => [name, id]));
  await tellGrants(clerks, { envelopeId, resolutionId, schoolOf: (name) => schools.get(name)! });
  await tellAssets(clerk!);
  await tellJointService(clerk!, resolutionId);
  await tellContracts(clerk!, (name) => schools.get(name)!);
  const people = { administrator, clerk: clerk!, person: person! };
  await tellWishes(people, schools.get("GS Steinhorst")!);
  return { logins: [...logins, schoolLogin] };
}

/** The example breaks no rule; if it does, it must not be shown. */
export function accepted(violation: object | undefined) {
  if (violation) throw new Error(`Das Beispiel bricht eine Regel: ${JSON.stringify(violation)}`);
}

async function tellSchools(clerk: User) {
  const schools: [name: string, kind: SchoolKind, pupils: number, mediaConceptOn: string][] = [
    ["GS Hankensbüttel", "primary", 221, "2020-03-06"],
    ["GS Steinhorst", "primary", 39, "2020-03-20"],
    ["GS Sprakensehl", "primary", 31, "2020-03-20"],
    ["Wiethornschule", "general", 192, "2020-04-24"],
  ];
  for (const [name, kind, pupils, mediaConceptOn] of schools) {
    accepted(
      await recordSchool(clerk, randomUUID(), {
        name,
        number: "",
        kind,
        pupils,
        pupilsCountedOn: "2018-08-23",
        pupilsAreIllustrative: true,
        mediaConceptOn,
      }),
    );
  }
}

async function tellResolution(clerk: User): Promise<string> {
  const id = randomUUID();
  accepted(
    await recordResolution(clerk, id, {
      number: "SG/256/19",
      title:
        "Interkommunale Zusammenarbeit im Bereich Digitalisierung und Medienentwicklungsplanung",
      stages: [
        {
          committee: "Schul- und Kindertagesstättenausschuss",
          kind: "preliminary",
          heldOn: "2019-11-27",
          outcome: "ungeändert beschlossen",
        },
        { committee: "Samtgemeindeausschuss", kind: "preliminary", heldOn: null, outcome: "" },
        {
          committee: "Rat der Samtgemeinde Hankensbüttel",
          kind: "decision",
          heldOn: "2019-12-11",
          outcome: "ungeändert beschlossen",
        },
      ],
    }),
  );
  return id;
}
