/** Makes a Z3 export (Datenträgerüberlassung) of the books: for a download, and for what is put together later. */
import { formatDay } from "./german/notation.ts";
import type { BookScope } from "./domain/audit-scope.ts";
import type { User } from "./domain/permission.ts";
import { writeZ3File } from "./exports/z3.server.ts";
import { exportFileName } from "./german/export-words.ts";
import { z3Words } from "./german/z3-words.ts";
import { requireAuthority } from "./records/authorities.server.ts";
import { cancelledBy } from "./records/cancelling.server.ts";
import { requireGrant } from "./records/grants.server.ts";
import { momentOfBooks, readKnown } from "./records/known.server.ts";
import { z3Lines, z3Sums, z3Tables } from "./records/z3.server.ts";

export type Z3Options = {
  /** Ends the query and leaves no file; its reason is thrown. */
  signal?: AbortSignal;
  /** Told now and then how many records are written. */
  onProgress?: (records: number) => void;
};

/**
 * Writes the export of a scope to a path: as known at the scope's moment, or now. Who asks must be allowed to export
 * books; a limited auditor gets the grants and fiscal years that the access is for.
 * @returns the name that a reader gives the file; undefined for a moment that is still to come
 */
export async function writeZ3(
  user: User,
  scope: BookScope,
  target: string,
  { signal, onProgress }: Z3Options = {},
): Promise<{ name: string } | undefined> {
  const moment = scope.knownOn ? new Date(scope.knownOn) : await momentOfBooks(user);
  return readKnown(user, moment, (reader) =>
    cancelledBy(signal, reader, async () => {
      const authority = await requireAuthority(user, reader);
      const tables = z3Tables(user, scope, z3Words);
      const day = formatDay(scope.asOf);
      const example = authority.isExample ? " BEISPIELDATEN." : "";
      const part = tables.some(({ name }) => name === "Protokoll") ? "alle Bücher" : "Auszug";
      const content = {
        head: {
          supplier: authority.name,
          location: authority.name,
          comment: `Paktbuch, ${part}, Stichtag ${day}, bekannt am ${moment.toISOString()}.${example}`,
        },
        ...{ moment, tables, sums: await z3Sums(reader, tables) },
        linesOf: ({ file }: { file: string }) =>
          z3Lines(reader, tables.find((table) => table.file === file)!),
      };
      await writeZ3File(content, target, { signal, onProgress });
      const of = await nameOfScope(user, scope, authority.name);
      return { name: exportFileName("z3", of, { asOf: scope.asOf, knownOn: moment }) };
    }),
  );
}

/** What it is of, in its file's name. */
async function nameOfScope(user: User, scope: BookScope, authority: string) {
  const { grantId, grantIds = grantId ? [grantId] : [], fiscalYear } = scope;
  if (fiscalYear) return `Haushalt ${fiscalYear}`;
  const grants = await Promise.all(grantIds.map((id) => requireGrant(user, id)));
  const all = user.limits ? `${authority} Auszug` : authority;
  return grants.map(({ fileNumber }) => fileNumber).join(", ") || all;
}
