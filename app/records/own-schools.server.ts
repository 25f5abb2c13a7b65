/** What a school sees of the books: its own lines, and what is left on them. */
import type { Day } from "#app/domain/calendar.ts";
import { mediaConceptOf } from "#app/domain/media-concept.ts";
import { leftBySchool, overviewFigures, splitByDeadline } from "#app/domain/overview.ts";
import { categoryOf } from "#app/domain/programme.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { forbidden } from "#app/http.ts";
import { listSchools } from "./authorities.server.ts";
import { listGrants } from "./grants.server.ts";
import { listStandingAccounts } from "./overview.server.ts";

/** The user's own schools, each with its lines of grants that stand, from the same sums as everywhere. */
export async function loadOwnSchools(user: User, today: Day) {
  if (!mayUser(user, "read_own_school")) forbidden();
  const [accounts, schools, grants] = await Promise.all([
    listStandingAccounts(user),
    listSchools(user),
    listGrants(user),
  ]);
  const own = schools.filter(({ id }) => user.schoolIds.includes(id));
  return own.map((school) => ({
    id: school.id,
    // As the school board's page has it.
    share: leftBySchool(accounts, [school], today)[0]!,
    name: school.name,
    mediaConcept: mediaConceptOf(school, today),
    mediaConceptOn: school.mediaConceptOn,
    lines: accounts
      .filter(({ kind, schoolId }) => kind === "budget_line" && schoolId === school.id)
      .map((line) => ({ line, grant: grants.find(({ id }) => id === line.grantId) }))
      .filter((one): one is typeof one & { grant: object } => one.grant !== undefined)
      .map(({ line, grant }) => ({
        id: line.id,
        fileNumber: grant.fileNumber,
        code: line.code!,
        category: categoryOf(grant.programme, line.code!).name,
        approved: line.approved,
        ...splitByDeadline(overviewFigures([line], "pot").available, line.spendUntil!, today),
        until: line.spendUntil!,
      })),
  }));
}
