import {
  date,
  index,
  jsonb,
  pgEnum,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { stepKinds } from "#app/domain/application-step.ts";
import { authorityId, createdAt, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { applications, envelopes } from "./envelopes.ts";
import { users } from "./users.ts";

export const stepKind = pgEnum("step_kind", stepKinds);

/**
 * Draft (Entwurf) of an application: written over and over until it is submitted, then frozen as an
 * application. No figure comes from it.
 */
export const applicationDrafts = pgTable(
  "application_drafts",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    envelopeId: uuid().notNull(),
    title: text().notNull(),
    /** The fields of its form as they were typed. */
    content: jsonb().$type<Record<string, unknown>>().notNull(),
    /** The application that was returned and is written anew; null for a first one. */
    replacesId: uuid(),
    /** The application that it became. */
    submittedAs: uuid(),
    changedBy: uuid().notNull(),
    changedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    createdAt: createdAt(),
  },
  (draft) => [
    withinAuthority(
      "draft_is_for_its_envelope",
      [draft.envelopeId, draft.schoolAuthorityId],
      [envelopes.id, envelopes.schoolAuthorityId],
    ),
    withinAuthority(
      "draft_replaces_an_application_of_its_authority",
      [draft.replacesId, draft.schoolAuthorityId],
      [applications.id, applications.schoolAuthorityId],
    ),
    withinAuthority(
      "draft_became_an_application_of_its_authority",
      [draft.submittedAs, draft.schoolAuthorityId],
      [applications.id, applications.schoolAuthorityId],
    ),
    withinAuthority(
      "draft_is_changed_within_its_authority",
      [draft.changedBy, draft.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);

/** Step (Verfahrensschritt) in the life of an application: its state is its last step. */
export const applicationSteps = pgTable(
  "application_steps",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    applicationId: uuid().notNull(),
    kind: stepKind().notNull(),
    takenOn: date().notNull(),
    reason: text().notNull(),
    recordedBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (step) => [
    unique("step_is_of_one_authority").on(step.id, step.schoolAuthorityId),
    withinAuthority(
      "step_is_of_its_application",
      [step.applicationId, step.schoolAuthorityId],
      [applications.id, applications.schoolAuthorityId],
    ),
    withinAuthority(
      "step_is_recorded_within_its_authority",
      [step.recordedBy, step.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
    index("application_steps_by_application").on(step.applicationId),
  ],
);
