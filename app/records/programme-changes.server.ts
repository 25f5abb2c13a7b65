/** Changed and copied programmes (Förderprogramme), and what was made under which version. */
import { sql } from "drizzle-orm";
import type { User } from "#app/domain/permission.ts";
import { readProgrammeFile } from "#app/programme-file.ts";
import { db, type Reader } from "#db/client.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks } from "./journal.server.ts";
import {
  listProgrammes,
  listVersions,
  requireProgramme,
  shippedProgrammes,
  storeVersion,
} from "./programmes.server.ts";
import { standing } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

export type ProgrammeChange = {
  /** The whole file. With a key that is new it is a copy, with its own key the next version. */
  content: string;
  reason: string;
  /** The version that was changed; 0 for a shipped file under which nothing was made yet. */
  basedOn: number;
};

export type ProgrammeChangeViolation = { field: "content" } & (
  | { rule: "programme_unchanged" }
  | { rule: "programme_key_taken"; name: string }
  | { rule: "programme_changed_meanwhile" }
);

/**
 * Stores a changed file and gives the key under which it stands. What was made before keeps its version.
 * @throws Error for a file with a problem: it was to be checked before.
 */
export function changeProgramme(
  user: User,
  id: string,
  key: string | undefined,
  change: ProgrammeChange,
): Promise<{ key: string } | { violation: ProgrammeChangeViolation }> {
  const refuse = (violation: ProgrammeChangeViolation) => ({ violation });
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const { content, reason } = change;
    const file = readProgrammeFile(content);
    if ("problems" in file) throw new Error("a programme file with problems is not stored");
    const { programme } = file;
    if (await wasSent(tx, user, id, { of: key, ...change })) return { key: programme.key };

    const origin = await requireProgramme(user, key, tx);
    const isCopy = programme.key !== origin.programme.key;
    if (isCopy) {
      const known = await listProgrammes(user, tx);
      const namesake = known.find((one) => one.programme.key === programme.key);
      if (namesake) {
        const { name } = namesake.programme;
        return refuse({ field: "content", rule: "programme_key_taken", name });
      }
    } else {
      if (content === origin.content) {
        return refuse({ field: "content", rule: "programme_unchanged" });
      }
      if ((await contentOf(tx, user, programme.key, change.basedOn)) !== origin.content) {
        return refuse({ field: "content", rule: "programme_changed_meanwhile" });
      }
    }
    // Who goes back to the shipped file has it again, and its later ones with it.
    const isShipped = content === shippedProgrammes().get(programme.key);
    const version = await storeVersion(tx, user, programme.key, { content, isShipped, reason });
    await rememberSent(tx, user, id, { of: key, ...change });
    const text = `${programme.name}, Fassung ${version}: ${reason}`;
    await logChange(tx, user, "programme_changed", {
      id,
      text,
      before: { Fassung: String(change.basedOn || "mitgeliefert") },
      after: { Fassung: String(version) },
    });
    return { key: programme.key };
  });
}

async function contentOf(reader: Reader, user: User, key: string, version: number) {
  if (version === 0) return shippedProgrammes().get(key);
  const versions = await listVersions(user, key, reader);
  return versions.find((one) => one.version === version)?.content;
}

/** How many envelopes and grants stand under each version of each programme. */
export async function listProgrammeUses(user: User) {
  const rows = await db.execute<{
    key: string;
    version: number | null;
    envelopes: number;
    grants: number;
  }>(sql`
    select key, version, count(*) filter (where what = 'envelope')::int as envelopes,
      count(*) filter (where what = 'grant')::int as grants
    from (
      select e.programme as key, e.programme_version as version, 'envelope' as what
      from envelopes e
      where e.school_authority_id = ${user.schoolAuthorityId} and ${standing(sql`e.id`)}
      union all
      select e.programme, coalesce(g.programme_version, e.programme_version), 'grant'
      from grants g join applications a on a.id = g.application_id
      join envelopes e on e.id = a.envelope_id
      where g.school_authority_id = ${user.schoolAuthorityId} and ${standing(sql`g.id`)}
    ) as uses group by key, version`);
  return rows.map(({ key, version, envelopes, grants }) => ({ key, version, envelopes, grants }));
}
