import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  integer,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { mediaConceptStates } from "#app/domain/media-concept.ts";
import { overBudgetPolicies } from "#app/domain/municipal-budget.ts";
import type { Role } from "#app/domain/permission.ts";
import { schoolKinds } from "#app/domain/programme.ts";
import { authorityId, createdAt, id, percentage, withinAuthority } from "../columns.ts";

export const overBudgetPolicy = pgEnum("over_budget_policy", overBudgetPolicies);

/** School authority (Schulträger): the grant recipient, and the wall between tenants. */
export const schoolAuthorities = pgTable("school_authorities", {
  id: id(),
  name: text().notNull(),
  /** Marks an authority whose vouchers are example data. */
  isExample: boolean().notNull().default(false),
  /** True where another person than who recorded an invoice certifies it. */
  fourEyes: boolean().notNull().default(true),
  /** True where who recorded or certified an invoice does not pay it: so in authorities that are new. */
  paidByAnother: boolean().notNull().default(false),
  /** How much of its VAT the authority deducts as input tax, in percent. */
  inputTaxRate: percentage()
    .notNull()
    .default(sql`0`),
  /** What happens where an order, an invoice or a recurring cost goes beyond the municipal budget. */
  overBudgetOrders: overBudgetPolicy().notNull().default("stop"),
  overBudgetInvoices: overBudgetPolicy().notNull().default("stop"),
  overBudgetRecurring: overBudgetPolicy().notNull().default("stop"),
  /** Where others pay to and who signs, for letters; null where nothing is settled. */
  iban: text(),
  bankName: text(),
  signatory: text(),
  /** How many years names stay in the books, and by what rule: null until the authority has said so. */
  retentionYears: integer(),
  retentionBasis: text(),
  /** Roles that sign in with a second factor only. */
  secondFactorRoles: text()
    .array()
    .$type<Role[]>()
    .notNull()
    .default(sql`'{}'`),
  createdAt: createdAt(),
});

export const schoolKind = pgEnum("school_kind", schoolKinds);
export const mediaConceptState = pgEnum("media_concept_state", mediaConceptStates);

/** School (Schule). Its pupils are those of the programme's cut-off date. */
export const schools = pgTable(
  "schools",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    name: text().notNull(),
    /** Official number (Schulnummer); empty where it is not known. */
    number: text().notNull().default(""),
    kind: schoolKind().notNull(),
    pupils: integer().notNull(),
    pupilsCountedOn: date().notNull(),
    /** True while the number is not the official one. */
    pupilsAreIllustrative: boolean().notNull(),
    /** Since when the media concept (Medienbildungskonzept) is there. */
    mediaConceptOn: date(),
    /** How it stands with the concept; null where only its day was entered. */
    mediaConceptState: mediaConceptState(),
    createdAt: createdAt(),
  },
  (school) => [
    unique("school_is_of_one_authority").on(school.id, school.schoolAuthorityId),
    unique("school_name_is_used_once").on(school.schoolAuthorityId, school.name),
    check("school_has_no_negative_pupils", sql`${school.pupils} >= 0`),
  ],
);

/**
 * Pupils of a school on a day (Stichtag): programmes count on different days. The school itself keeps
 * the number that was entered last.
 */
export const pupilCounts = pgTable(
  "pupil_counts",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    schoolId: uuid().notNull(),
    countedOn: date().notNull(),
    pupils: integer().notNull(),
    isIllustrative: boolean().notNull(),
  },
  (count) => [
    unique("pupils_are_counted_once_a_day").on(count.schoolId, count.countedOn),
    withinAuthority(
      "pupils_are_of_their_school",
      [count.schoolId, count.schoolAuthorityId],
      [schools.id, schools.schoolAuthorityId],
    ),
    check("pupils_are_not_negative", sql`${count.pupils} >= 0`),
  ],
);

/** Council resolution (Ratsbeschluss): the legal ground of an application or a budget. */
export const resolutions = pgTable(
  "resolutions",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    number: text().notNull(),
    title: text().notNull(),
    createdAt: createdAt(),
  },
  (resolution) => [
    unique("resolution_is_of_one_authority").on(resolution.id, resolution.schoolAuthorityId),
    unique("resolution_number_is_used_once").on(resolution.schoolAuthorityId, resolution.number),
  ],
);

export const stageKinds = ["preliminary", "decision"] as const;
export const stageKind = pgEnum("stage_kind", stageKinds);

/** One step in the course of a resolution (Beratungsfolge). */
export const resolutionStages = pgTable(
  "resolution_stages",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    resolutionId: uuid().notNull(),
    position: integer().notNull(),
    committee: text().notNull(),
    kind: stageKind().notNull(),
    /** Null where the paper gives no date. */
    heldOn: date(),
    outcome: text().notNull().default(""),
  },
  (stage) => [
    withinAuthority(
      "stage_belongs_to_its_resolution",
      [stage.resolutionId, stage.schoolAuthorityId],
      [resolutions.id, resolutions.schoolAuthorityId],
    ),
  ],
);
