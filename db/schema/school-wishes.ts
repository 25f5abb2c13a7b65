import { sql } from "drizzle-orm";
import {
  check,
  date,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { wishEnds } from "#app/domain/school-wish.ts";
import { authorityId, createdAt, euroAmount, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities, schools } from "./authorities.ts";
import { costKind } from "./orders.ts";
import { users } from "./users.ts";

export const wishEnd = pgEnum("wish_end", wishEnds);

/** What a school asks for (Bedarfsmeldung); it moves no money. Appended only. */
export const schoolWishes = pgTable(
  "school_wishes",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    schoolId: uuid().notNull(),
    what: text().notNull(),
    costKind: costKind().notNull(),
    quantity: integer().notNull(),
    /** For all of it, gross. */
    estimatedAmount: euroAmount().notNull(),
    wantedBy: date(),
    reason: text().notNull(),
    wishedBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (wish) => [
    unique("wish_is_of_one_authority").on(wish.id, wish.schoolAuthorityId),
    index("school_wishes_by_school").on(wish.schoolId),
    check("wish_is_for_something", sql`${wish.quantity} > 0 and ${wish.estimatedAmount} > 0`),
    withinAuthority(
      "wish_is_of_a_school_of_its_authority",
      [wish.schoolId, wish.schoolAuthorityId],
      [schools.id, schools.schoolAuthorityId],
    ),
    withinAuthority(
      "wish_is_recorded_within_its_authority",
      [wish.wishedBy, wish.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);

/** What became of a wish: answered by the office, or withdrawn by the school. Once, appended only. */
export const schoolWishEnds = pgTable(
  "school_wish_ends",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    wishId: uuid().notNull().unique("wish_ends_once"),
    kind: wishEnd("kind").notNull(),
    reason: text().notNull(),
    endedBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (end) => [
    withinAuthority(
      "end_is_of_a_wish_of_its_authority",
      [end.wishId, end.schoolAuthorityId],
      [schoolWishes.id, schoolWishes.schoolAuthorityId],
    ),
    withinAuthority(
      "wish_is_ended_within_its_authority",
      [end.endedBy, end.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);
