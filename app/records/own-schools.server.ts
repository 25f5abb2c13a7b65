/** What a school sees of the books: its own lines, and what is left on them. */
import type { Day } from "#app/domain/calendar.ts";
import { mediaConceptOf } from "#app/domain/media-concept.ts";
import { overviewFigures } from "#app/domain/overview.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { forbidden } from "#app/http.ts";
import { listAccounts } from "./accounts.server.ts";
import { listSchools } from "./authorities.server.ts";
import { listGrants } from "./grants.server.ts";

/** The user's own schools, each with its lines of grants that stand, from the same sums as everywhere. */
export async function loadOwnSchools(user: User, today: Day) {
  if (!mayUser(user, "read_own_school")) forbidden();
  const [accounts, schools, grants] = await Promise.all([
    listAccounts(user, { kind: "budget_line" }),
    listSchools(user),
    listGrants(user),
  ]);
  const own = schools.filter(({ id }) => user.schoolIds.includes(id));
  return own.map((school) => ({
    id: school.id,
    name: school.name,
    mediaConcept: mediaConceptOf(school, today),
    mediaConceptOn: school.mediaConceptOn,
    lines: accounts
      .filter(({ schoolId, grantId }) => {
        return schoolId === school.id && grants.some(({ id }) => id === grantId);
      })
      .map((line) => ({
        id: line.id,
        fileNumber: line.fileNumber!,
        code: line.code!,
        approved: line.approved,
        available: overviewFigures([line], "pot").available,
        until: line.spendUntil!,
      })),
  }));
}
