import { boolean, pgEnum, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { roles } from "#app/domain/permission.ts";
import { authorityId, createdAt, id } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";

export const role = pgEnum("role", roles);

/** A person who signs in, of one authority, with one role. */
export const users = pgTable(
  "users",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    /** Lower case. */
    email: text().notNull().unique("email_is_used_once"),
    name: text().notNull(),
    role: role().notNull(),
    /** argon2id, in its own text form. */
    passwordHash: text().notNull(),
    isActive: boolean().notNull().default(true),
    createdAt: createdAt(),
  },
  (user) => [unique("user_is_of_one_authority").on(user.id, user.schoolAuthorityId)],
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
