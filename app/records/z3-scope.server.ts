/** Which rows a Z3 export holds: those of its scope that the user may see, up to its day. */
import { type SQL, sql } from "drizzle-orm";
import { type BookScope, isWhole } from "#app/domain/audit-scope.ts";
import type { User } from "#app/domain/permission.ts";
import { fundingSeenBy } from "./seen.server.ts";

export type Z3Scope = {
  /** True for rows of the authority; `t` is the table's name in the query. */
  own: SQL;
  /** The same for the authority itself. */
  ownAuthority: SQL;
  /** Rows of grants and fiscal years, by the columns that name them. */
  funded: (grantId: string, fiscalYear: string) => SQL;
  /** Up to the day of the export. */
  until: (column: string) => SQL;
  /** True where nothing is left out: then also what belongs to no grant and no fiscal year is in it. */
  isAll: boolean;
};

export function z3Scope(user: User, scope: BookScope): Z3Scope {
  const ids = scope.grantIds ?? (scope.grantId ? [scope.grantId] : undefined);
  return {
    own: sql`t.school_authority_id = ${user.schoolAuthorityId}`,
    ownAuthority: sql`t.id = ${user.schoolAuthorityId}`,
    funded: (grantId, fiscalYear) => {
      const [grant, year] = [sql.raw(grantId), sql.raw(fiscalYear)];
      const asked = ids
        ? sql`${grant} = any(${`{${ids.join(",")}}`}::uuid[])`
        : scope.fiscalYear
          ? sql`${year} = ${scope.fiscalYear}`
          : sql`true`;
      const seen = fundingSeenBy(user, grant, year) ?? sql`true`;
      return sql`(${asked} and ${seen})`;
    },
    until: (column) => sql`${sql.raw(column)} <= ${scope.asOf}`,
    isAll: isWhole(scope) && !user.limits,
  };
}
