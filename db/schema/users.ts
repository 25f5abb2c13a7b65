import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  pgEnum,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { roles } from "#app/domain/permission.ts";
import { sessionBegins } from "#app/domain/session.ts";
import { authorityId, createdAt, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities, schools } from "./authorities.ts";

/** What an account had as its only role before roles were assigned. */
export const formerRole = pgEnum("role", ["clerk", "board", "auditor", "administrator"]);
export const assignedRole = pgEnum("assigned_role", roles);

/** A person who signs in, of one authority. */
export const users = pgTable(
  "users",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    /** Lower case. */
    email: text().notNull(),
    name: text().notNull(),
    /**
     * Of accounts before roles were assigned: it is in the seal of their rows, and nothing reads or writes it
     * any more. See `role_assignments`.
     */
    formerRole: formerRole("role"),
    /** argon2id, in its own text form. */
    passwordHash: text().notNull(),
    isActive: boolean().notNull().default(true),
    createdAt: createdAt(),
  },
  (user) => [
    unique("user_is_of_one_authority").on(user.id, user.schoolAuthorityId),
    // An auditor of several authorities has an account at each.
    unique("email_is_used_once_in_an_authority").on(user.email, user.schoolAuthorityId),
  ],
);

/**
 * That a person was given a role, or that it was taken back: for the authority, or for one school. Of a person,
 * role and school the newest line counts. Appended only.
 */
export const roleAssignments = pgTable(
  "role_assignments",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    userId: uuid().notNull(),
    role: assignedRole().notNull(),
    /** Of the role `school` only. */
    schoolId: uuid(),
    isGranted: boolean().notNull(),
    /** The account itself where an authority was founded, or had it before roles were assigned. */
    assignedBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (assignment) => [
    index("role_assignments_by_user").on(assignment.userId),
    check(
      "role_of_a_school_names_it",
      sql`(${assignment.role} = 'school') = (${assignment.schoolId} is not null)`,
    ),
    withinAuthority(
      "role_is_of_a_person_of_its_authority",
      [assignment.userId, assignment.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
    withinAuthority(
      "role_is_for_a_school_of_its_authority",
      [assignment.schoolId, assignment.schoolAuthorityId],
      [schools.id, schools.schoolAuthorityId],
    ),
    withinAuthority(
      "role_is_assigned_within_its_authority",
      [assignment.assignedBy, assignment.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);

export const sessionBegin = pgEnum("session_begin", sessionBegins);

/**
 * A signed-in browser. Only the SHA-256 of its secret is kept: a leaked table signs nobody in. What is personal in it
 * (browser, network address) goes with the row.
 */
export const sessions = pgTable("sessions", {
  id: text().primaryKey(),
  /** The name under which its owner sees and ends it. */
  publicId: uuid().notNull().unique("session_is_named_once").defaultRandom(),
  userId: uuid()
    .notNull()
    .references(() => users.id),
  expiresAt: timestamp({ withTimezone: true }).notNull(),
  /** Begin of the session, which ends absolutely some hours later. */
  createdAt: createdAt(),
  /** To the minute. */
  lastUsedAt: createdAt(),
  begunBy: sessionBegin().notNull().default("password"),
  /** True while the second factor is asked for: until then the session may do nothing else. */
  awaitsCode: boolean().notNull().default(false),
  /** "Firefox, Windows"; empty where it did not say. */
  browser: text().notNull().default(""),
  address: text(),
});

/** A user's calendar of deadlines: whoever knows its secret address reads it, until it is withdrawn. */
export const calendarFeeds = pgTable(
  "calendar_feeds",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    userId: uuid().notNull().unique("user_has_one_calendar"),
    /** SHA-256 of the secret in the address. */
    secretHash: text().notNull().unique("calendar_address_is_used_once"),
    createdAt: createdAt(),
  },
  (feed) => [
    withinAuthority(
      "calendar_is_of_a_user_of_its_authority",
      [feed.userId, feed.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);
