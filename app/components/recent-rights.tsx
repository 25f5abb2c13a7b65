/** What changed of late in rights that move money, for those who answer for it. */
import { formatDay } from "#app/german/notation.ts";
import { roleWords } from "#app/german/words.ts";
import type { Role } from "#app/domain/permission.ts";

/** A role that was given or taken, with the day in Berlin. */
export type RecentRight = {
  id: string;
  day: string;
  person: string;
  role: Role;
  isGranted: boolean;
  by: string;
};

export function RecentRights({ changes }: { changes: RecentRight[] }) {
  return (
    <ul className="kern-list kern-list--bullet">
      {changes.map(({ id, day, person, role, isGranted, by }) => (
        <li key={id}>
          {formatDay(day)}: {person} {isGranted ? "erhielt" : "verlor"} die Rolle {roleWords[role]}{" "}
          durch {by}.
        </li>
      ))}
    </ul>
  );
}
