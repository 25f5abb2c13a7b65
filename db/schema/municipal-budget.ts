import { sql } from "drizzle-orm";
import { check, date, pgTable, uuid } from "drizzle-orm/pg-core";
import { authorityId, createdAt, euroAmount, id, withinAuthority } from "../columns.ts";
import { resolutions, schoolAuthorities } from "./authorities.ts";
import { accounts } from "./journal.ts";

/** Appropriation (Haushaltsansatz): what the council gives an account of the municipal budget. */
export const appropriations = pgTable(
  "appropriations",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    accountId: uuid().notNull(),
    amount: euroAmount().notNull(),
    decidedOn: date().notNull(),
    resolutionId: uuid(),
    createdAt: createdAt(),
  },
  (appropriation) => [
    withinAuthority(
      "appropriation_is_of_its_account",
      [appropriation.accountId, appropriation.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
    withinAuthority(
      "appropriation_rests_on_a_resolution",
      [appropriation.resolutionId, appropriation.schoolAuthorityId],
      [resolutions.id, resolutions.schoolAuthorityId],
    ),
    check("appropriated_amount_is_positive", sql`${appropriation.amount} > 0`),
  ],
);
