import { boolean, pgEnum, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { roles } from "#app/domain/permission.ts";
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

/** A signed-in browser. Only the SHA-256 of its secret is kept: a leaked table signs nobody in. */
export const sessions = pgTable("sessions", {
  id: text().primaryKey(),
  userId: uuid()
    .notNull()
    .references(() => users.id),
  expiresAt: timestamp({ withTimezone: true }).notNull(),
  /** Begin of the session, which ends absolutely some hours later. */
  createdAt: createdAt(),
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
