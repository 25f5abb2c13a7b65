/** School authorities (Schulträger), their schools and the resolutions of their councils. */
import { and, asc, eq } from "drizzle-orm";
import {
  type AuthoritySettings,
  checkSettings,
  type SettingsViolation,
} from "#app/domain/authority.ts";
import type { Day } from "#app/domain/calendar.ts";
import {
  checkMediaConcept,
  type MediaConceptState,
  type MediaConceptViolation,
} from "#app/domain/media-concept.ts";
import type { User } from "#app/domain/permission.ts";
import type { SchoolKind } from "#app/domain/programme.ts";
import { overBudgetTitles, payerTitles, paymentTitles } from "#app/domain/titles.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import {
  resolutions,
  resolutionStages,
  schoolAuthorities,
  schools,
} from "#db/schema/authorities.ts";
import { journalHeads } from "#db/schema/journal.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks } from "./journal.server.ts";
import { changedWords, changedInSchool, settingWords } from "./master-data-words.ts";
import { keepPupilCount } from "./pupil-counts.server.ts";
import { type MadeFromOld, versionOf } from "./versions.server.ts";

/** Founds an authority with an empty journal; its first user follows in the same transaction. */
export async function foundAuthority(
  tx: Transaction,
  given: { name: string; isExample: boolean; paidByAnother?: boolean },
) {
  const values = { paidByAnother: true, ...given };
  const [authority] = await tx.insert(schoolAuthorities).values(values).returning();
  await tx.insert(journalHeads).values({ schoolAuthorityId: authority!.id });
  return authority!;
}

export async function requireAuthority(user: User, reader: Reader = db) {
  const [authority] = await reader
    .select()
    .from(schoolAuthorities)
    .where(eq(schoolAuthorities.id, user.schoolAuthorityId));
  return authority ?? notFound();
}

/** The version of an authority's settings. */
export function versionOfSettings(authority: Required<AuthoritySettings>): string {
  return versionOf(settingWords(authority));
}

/**
 * Changes what holds for all invoices that are recorded from now on.
 * @param seen the version that they were made from
 */
export function changeSettings(
  user: User,
  settings: AuthoritySettings,
  seen?: string,
): Promise<SettingsViolation | MadeFromOld | undefined> {
  const { fourEyes, inputTaxRate } = settings;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "manage_settings");
    const violation = checkSettings(settings);
    if (violation) return violation;
    const { schoolAuthorityId: id } = user;
    const before = settingWords(await requireAuthority(user, tx));
    if (seen !== undefined && versionOf(before) !== seen) return { rule: "made_from_old" };
    await tx.update(schoolAuthorities).set(settings).where(eq(schoolAuthorities.id, id));
    const after = settingWords(await requireAuthority(user, tx));
    const eyes = `Vier-Augen-Prinzip ${fourEyes ? "ein" : "aus"}`;
    const vat = `Vorsteuerabzug ${inputTaxRate.toFixed()} %`;
    const text = [
      eyes,
      ...payerTitles(settings),
      vat,
      ...overBudgetTitles(settings),
      ...paymentTitles(settings),
    ].join(", ");
    await logChange(tx, user, "settings_changed", { id, text, ...changedWords(before, after) });
  });
}

export type SchoolDraft = {
  name: string;
  number: string;
  kind: SchoolKind;
  pupils: number;
  pupilsCountedOn: Day;
  pupilsAreIllustrative: boolean;
  mediaConceptOn: Day | null;
  mediaConceptState?: MediaConceptState;
};

export type SchoolViolation = MediaConceptViolation | { field: "name"; rule: "school_name_taken" };

export function listSchools(user: User, reader: Reader = db) {
  return reader
    .select()
    .from(schools)
    .where(eq(schools.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(schools.name));
}

type School = Awaited<ReturnType<typeof listSchools>>[number];

/** The version of a school's master data. */
export function versionOfSchool(school: School): string {
  return versionOf(school);
}

export async function requireSchool(user: User, schoolId: string) {
  const [school] = await db
    .select()
    .from(schools)
    .where(and(eq(schools.id, schoolId), eq(schools.schoolAuthorityId, user.schoolAuthorityId)));
  return school ?? notFound();
}

export function recordSchool(
  user: User,
  id: string,
  draft: SchoolDraft,
): Promise<SchoolViolation | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const { schoolAuthorityId } = user;
    const violation = checkMediaConcept(draft);
    if (violation) return violation;
    const [school] = await tx
      .insert(schools)
      .values({ id, schoolAuthorityId, ...draft })
      .onConflictDoNothing()
      .returning();
    if (!school) {
      const known = await listSchools(user, tx);
      // Sent twice: it is on file already.
      if (known.some((one) => one.id === id)) return undefined;
      return { field: "name", rule: "school_name_taken" };
    }
    await keepPupilCount(tx, user, id, draft);
    await logChange(tx, user, "school_recorded", { id, text: school.name });
  });
}

/**
 * Master data may change; what was accounted for on it is frozen in its documents.
 * @param seen the version that the change was made from
 */
export function changeSchool(
  user: User,
  schoolId: string,
  draft: SchoolDraft,
  seen?: string,
): Promise<SchoolViolation | MadeFromOld | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const known = await listSchools(user, tx);
    const before = known.find(({ id }) => id === schoolId) ?? notFound();
    if (seen !== undefined && versionOfSchool(before) !== seen) return { rule: "made_from_old" };
    if (known.some(({ id, name }) => id !== schoolId && name === draft.name)) {
      return { field: "name", rule: "school_name_taken" };
    }
    const violation = checkMediaConcept(draft);
    if (violation) return violation;
    await tx.update(schools).set(draft).where(eq(schools.id, before.id));
    await keepPupilCount(tx, user, schoolId, draft);
    await logChange(tx, user, "school_changed", {
      id: schoolId,
      text: draft.name,
      ...changedInSchool(before, draft),
    });
  });
}

export type StageDraft = {
  committee: string;
  kind: "preliminary" | "decision";
  heldOn: Day | null;
  outcome: string;
};

export type ResolutionDraft = { number: string; title: string; stages: StageDraft[] };

export type ResolutionViolation = { field: "number"; rule: "resolution_number_taken" };

/** Resolutions with their course through the committees, newest last stage first. */
export async function listResolutions(user: User) {
  const own = await db
    .select()
    .from(resolutions)
    .where(eq(resolutions.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(resolutions.number));
  const stages = await db
    .select()
    .from(resolutionStages)
    .where(eq(resolutionStages.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(resolutionStages.position));
  return own.map((resolution) => ({
    ...resolution,
    stages: stages.filter(({ resolutionId }) => resolutionId === resolution.id),
  }));
}

/** True for a resolution of the user's own council. */
export async function isResolution(user: User, id: string, reader: Reader): Promise<boolean> {
  const [resolution] = await reader
    .select({ id: resolutions.id })
    .from(resolutions)
    .where(and(eq(resolutions.id, id), eq(resolutions.schoolAuthorityId, user.schoolAuthorityId)));
  return resolution !== undefined;
}

export function recordResolution(
  user: User,
  id: string,
  { stages, ...draft }: ResolutionDraft,
): Promise<ResolutionViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const [resolution] = await tx
      .insert(resolutions)
      .values({ id, schoolAuthorityId, ...draft })
      .onConflictDoNothing()
      .returning();
    if (!resolution) {
      const [sentTwice] = await tx
        .select({ id: resolutions.id })
        .from(resolutions)
        .where(and(eq(resolutions.id, id), eq(resolutions.schoolAuthorityId, schoolAuthorityId)));
      return sentTwice ? undefined : { field: "number", rule: "resolution_number_taken" };
    }
    if (stages.length > 0) {
      const owner = { schoolAuthorityId, resolutionId: id };
      await tx
        .insert(resolutionStages)
        .values(stages.map((stage, position) => ({ ...stage, position, ...owner })));
    }
    const text = `${draft.number} ${draft.title}`;
    await logChange(tx, user, "resolution_recorded", { id, text });
  });
}
