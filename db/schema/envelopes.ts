import { sql } from "drizzle-orm";
import { check, date, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import {
  authorityId,
  createdAt,
  euroAmount,
  exactFactor,
  id,
  withinAuthority,
} from "../columns.ts";
import { resolutions, schoolAuthorities, schools } from "./authorities.ts";
import { accounts, potKind } from "./journal.ts";

/** Envelope (Höchstbetrag): the published amount is taken as given, the computed one stands beside it. */
export const envelopes = pgTable(
  "envelopes",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    /** Key of the programme. */
    programme: text().notNull(),
    givenAmount: euroAmount().notNull(),
    /** Version of the programme; null for an envelope recorded before programmes had versions. */
    programmeVersion: integer(),
    /** What the formula gives; null where the programme has none. */
    computedAmount: euroAmount(),
    administrationAmount: euroAmount().notNull(),
    givenOn: date().notNull(),
    note: text().notNull(),
    /** The reversed envelope that this one replaces. */
    supersedesId: uuid().unique("envelope_is_superseded_once"),
    createdAt: createdAt(),
  },
  (envelope) => [
    unique("envelope_is_of_one_authority").on(envelope.id, envelope.schoolAuthorityId),
    unique("envelope_is_recorded_once")
      .on(envelope.schoolAuthorityId, envelope.programme, envelope.supersedesId)
      .nullsNotDistinct(),
    withinAuthority(
      "superseded_envelope_is_of_the_same_authority",
      [envelope.supersedesId, envelope.schoolAuthorityId],
      [envelope.id, envelope.schoolAuthorityId],
    ),
  ],
);

/** Pot of an envelope, with the arithmetic that led to it (frozen: pupil numbers change later). */
export const envelopePots = pgTable(
  "envelope_pots",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    envelopeId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    position: integer().notNull(),
    potKind: potKind().notNull(),
    schoolId: uuid(),
    ceiling: euroAmount().notNull(),
    pupils: integer(),
    weight: exactFactor(),
    /** What the formula gives the school per pupil, with fractions of a cent. */
    perPupilShare: exactFactor(),
  },
  (pot) => [
    withinAuthority(
      "pot_belongs_to_its_envelope",
      [pot.envelopeId, pot.schoolAuthorityId],
      [envelopes.id, envelopes.schoolAuthorityId],
    ),
    withinAuthority(
      "pot_school_is_of_its_authority",
      [pot.schoolId, pot.schoolAuthorityId],
      [schools.id, schools.schoolAuthorityId],
    ),
    check(
      "base_amount_has_a_school",
      sql`(${pot.potKind} = 'base') = (${pot.schoolId} is not null)`,
    ),
  ],
);

/** What a line takes of the pots: of its school's base amount, of what is shared, beyond the envelope. */
export const potColumns = () => ({
  fromBase: euroAmount().notNull(),
  fromShared: euroAmount().notNull(),
  /** In order of receipt, beyond the envelope (Windhundverfahren); null is nothing. */
  beyond: euroAmount(),
  baseAccountId: uuid().references(() => accounts.id),
  sharedAccountId: uuid().references(() => accounts.id),
  beyondAccountId: uuid().references(() => accounts.id),
});

/**
 * Application (Antrag) to the granting authority: what was submitted, as it was submitted. A new
 * version after a return for information is a new row that names the one it replaces.
 */
export const applications = pgTable(
  "applications",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    envelopeId: uuid().notNull(),
    resolutionId: uuid().notNull(),
    title: text().notNull(),
    submittedOn: date().notNull(),
    /** Answers to the checklist of the programme, as they were given. */
    profile: text(),
    followUpCosts: text(),
    infrastructure: text(),
    /** The application that this one replaces after a return for information. */
    supersedesId: uuid().unique("application_is_superseded_once"),
    createdAt: createdAt(),
  },
  (application) => [
    withinAuthority(
      "superseded_application_is_of_the_same_authority",
      [application.supersedesId, application.schoolAuthorityId],
      [application.id, application.schoolAuthorityId],
    ),
    unique("application_is_of_one_authority").on(application.id, application.schoolAuthorityId),
    withinAuthority(
      "application_draws_on_its_envelope",
      [application.envelopeId, application.schoolAuthorityId],
      [envelopes.id, envelopes.schoolAuthorityId],
    ),
    withinAuthority(
      "application_rests_on_a_resolution",
      [application.resolutionId, application.schoolAuthorityId],
      [resolutions.id, resolutions.schoolAuthorityId],
    ),
  ],
);

/** Measure (Maßnahme) of an application, with what it takes of the pots. */
export const measures = pgTable(
  "measures",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    applicationId: uuid().notNull(),
    position: integer().notNull(),
    schoolId: uuid().notNull(),
    code: text().notNull(),
    description: text().notNull(),
    amount: euroAmount().notNull(),
    ...potColumns(),
  },
  (measure) => [
    withinAuthority(
      "measure_belongs_to_its_application",
      [measure.applicationId, measure.schoolAuthorityId],
      [applications.id, applications.schoolAuthorityId],
    ),
    withinAuthority(
      "measure_school_is_of_its_authority",
      [measure.schoolId, measure.schoolAuthorityId],
      [schools.id, schools.schoolAuthorityId],
    ),
    index("measures_by_application").on(measure.applicationId),
    check("measure_amount_is_positive", sql`${measure.amount} > 0`),
    check(
      "measure_is_charged_whole",
      sql`${measure.fromBase} + ${measure.fromShared} + coalesce(${measure.beyond}, 0) = ${measure.amount}`,
    ),
  ],
);

/** Allotment (Zuteilung): a decision of the authority that gives schools their part of the free pot. */
export const allotments = pgTable(
  "allotments",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    envelopeId: uuid().notNull(),
    decidedOn: date().notNull(),
    resolutionId: uuid(),
    reason: text().notNull(),
    createdAt: createdAt(),
  },
  (allotment) => [
    unique("allotment_is_of_one_authority").on(allotment.id, allotment.schoolAuthorityId),
    withinAuthority(
      "allotment_divides_its_envelope",
      [allotment.envelopeId, allotment.schoolAuthorityId],
      [envelopes.id, envelopes.schoolAuthorityId],
    ),
    withinAuthority(
      "allotment_rests_on_a_resolution",
      [allotment.resolutionId, allotment.schoolAuthorityId],
      [resolutions.id, resolutions.schoolAuthorityId],
    ),
  ],
);

/** What a school gains or loses by the decision; what is left over stays with the rest of the pot. */
export const allotmentLines = pgTable(
  "allotment_lines",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    allotmentId: uuid().notNull(),
    position: integer().notNull(),
    /** The school's part of the free pot, and the rest for all. */
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    sharedAccountId: uuid()
      .notNull()
      .references(() => accounts.id),
    change: euroAmount().notNull(),
  },
  (line) => [
    withinAuthority(
      "line_belongs_to_its_allotment",
      [line.allotmentId, line.schoolAuthorityId],
      [allotments.id, allotments.schoolAuthorityId],
    ),
    index("allotment_lines_by_allotment").on(line.allotmentId),
    check("allotment_changes_something", sql`${line.change} <> 0`),
  ],
);
