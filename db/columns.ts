/** Column kinds used by every table, so that money, rates and keys look the same everywhere. */
import { type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, customType, foreignKey, timestamp, uuid } from "drizzle-orm/pg-core";
import {
  assertWholeCents,
  euro,
  type Factor,
  factor,
  type Money,
  type Percent,
  percent,
} from "#app/domain/money.ts";

export const id = () => uuid().primaryKey().defaultRandom();

/** The wall between tenants: every row that an authority owns names it. */
export const authorityId = () => uuid("school_authority_id").notNull();

/** The moment of the row, not of its transaction: whoever waited for a lock comes later. */
export const createdAt = () =>
  timestamp({ withTimezone: true })
    .notNull()
    .default(sql`clock_timestamp()`);

/**
 * The same for tables that had no such column at first: null in their old rows, whose moment follows from
 * what was recorded with them. Given by the program, since a default would stamp the old rows too.
 */
export const writtenAt = () =>
  timestamp({ withTimezone: true }).$defaultFn((): SQL => sql`clock_timestamp()`);

/** In euro, whole cents; up to 999,999,999,999.99. */
export const euroAmount = customType<{ data: Money; driverData: string }>({
  dataType: () => "numeric(14, 2)",
  fromDriver: euro,
  toDriver(amount) {
    assertWholeCents(amount);
    return amount.toFixed(2);
  },
});

/** In percent: 90 means 90 %. */
export const percentage = customType<{ data: Percent; driverData: string }>({
  dataType: () => "numeric(5, 2)",
  fromDriver: percent,
  toDriver: (rate) => rate.toFixed(),
});

/** A weight or an amount with fractions of a cent, exact to four places. */
export const exactFactor = customType<{ data: Factor; driverData: string }>({
  dataType: () => "numeric(18, 4)",
  fromDriver: factor,
  toDriver(value) {
    if (value.decimalPlaces() > 4) throw new RangeError(`more than four places: ${value}`);
    return value.toFixed();
  },
});

/** A reference that can't cross the wall: both rows are of the same authority. */
export function withinAuthority(
  name: string,
  from: [AnyPgColumn, AnyPgColumn],
  to: [AnyPgColumn, AnyPgColumn],
) {
  return foreignKey({ name, columns: from, foreignColumns: to });
}
