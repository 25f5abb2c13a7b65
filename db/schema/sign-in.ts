/** What an account signs in with besides its password. */
import {
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { linkPurposes } from "#app/domain/password-link.ts";
import { authorityId, createdAt, id, withinAuthority } from "../columns.ts";
import { users } from "./users.ts";

export const linkPurpose = pgEnum("link_purpose", linkPurposes);

/**
 * The links by which an account gets a password, one for each purpose: a reset that anybody may ask for does not end
 * an invitation. Only the SHA-256 of a link's secret is kept.
 */
export const passwordLinks = pgTable(
  "password_links",
  {
    userId: uuid()
      .notNull()
      .references(() => users.id),
    secretHash: text().notNull().unique("password_link_is_used_once"),
    purpose: linkPurpose().notNull().default("invitation"),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
  },
  (link) => [
    primaryKey({ name: "account_has_one_link_of_a_purpose", columns: [link.userId, link.purpose] }),
  ],
);

/** The app that makes codes for an account (TOTP, RFC 6238). */
export const secondFactors = pgTable(
  "second_factors",
  {
    userId: uuid().primaryKey(),
    schoolAuthorityId: authorityId(),
    /** Sealed with the key of the installation, for this account only. */
    secret: text().notNull(),
    /** The last step of half a minute whose code was used: none is taken twice. */
    lastStep: integer().notNull().default(0),
    /** Null until a first code has shown that the app makes the right ones. */
    confirmedAt: timestamp({ withTimezone: true }),
    createdAt: createdAt(),
  },
  (factor) => [
    withinAuthority(
      "second_factor_is_of_an_account_of_its_authority",
      [factor.userId, factor.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);

/**
 * A recovery code that is not used yet. Only the SHA-256 of its random bits is kept: 120, or 80 of codes that were
 * given before.
 */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    userId: uuid().notNull(),
    codeHash: text().notNull(),
  },
  (code) => [
    unique("recovery_code_of_an_account_is_given_once").on(code.userId, code.codeHash),
    withinAuthority(
      "recovery_code_is_of_an_account_of_its_authority",
      [code.userId, code.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);

/** Who an account is in the directory of the municipality (OpenID Connect). */
export const directoryLinks = pgTable(
  "directory_links",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    userId: uuid().notNull(),
    issuer: text().notNull(),
    subject: text().notNull(),
    createdAt: createdAt(),
  },
  (link) => [
    unique("account_is_one_person_of_a_directory").on(link.userId, link.issuer),
    unique("person_of_a_directory_has_one_account_in_an_authority").on(
      link.issuer,
      link.subject,
      link.schoolAuthorityId,
    ),
    withinAuthority(
      "directory_link_is_of_an_account_of_its_authority",
      [link.userId, link.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);
