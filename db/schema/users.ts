import { boolean, pgEnum, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { roles } from "#app/domain/permission.ts";
import { sessionBegins } from "#app/domain/session.ts";
import { authorityId, createdAt, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";

export const role = pgEnum("role", roles);

/** A person who signs in, of one authority, with one role. */
export const users = pgTable(
  "users",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    /** Lower case. */
    email: text().notNull(),
    name: text().notNull(),
    role: role().notNull(),
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
