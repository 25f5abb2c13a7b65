/**
 * Funding programmes (Förderprogramme): the files that came with the program, and the versions that an
 * authority works with. A version is kept as text from the day on which something was made under it.
 */
import fs from "node:fs";
import path from "node:path";
import { and, asc, desc, eq, getTableColumns } from "drizzle-orm";
import type { User } from "#app/domain/permission.ts";
import type { Programme, ProgrammeVersion } from "#app/domain/programme.ts";
import { notFound } from "#app/http.ts";
import { readProgrammeFile } from "#app/programme-file.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { programmes } from "#db/schema/programmes.ts";
import { users } from "#db/schema/users.ts";

const folder = path.resolve("app/programmes");

/** Shipped files by key, read once. @throws Error for a file with a mistake: it loads nothing. */
export function shippedProgrammes(): Map<string, string> {
  shipped ??= new Map(
    fs
      .readdirSync(folder)
      .filter((name) => name.endsWith(".yaml"))
      .sort()
      .map((name) => {
        const content = fs.readFileSync(path.join(folder, name), "utf8");
        return [read(content).key, content] as const;
      }),
  );
  return shipped;
}
let shipped: Map<string, string> | undefined;

/** A stored file was checked before it was stored. */
function read(content: string): Programme {
  const known = parsed.get(content);
  if (known) return known;
  const file = readProgrammeFile(content);
  if ("problems" in file) {
    const [first] = file.problems;
    throw new Error(`Programmdatei, Zeile ${first?.line}: ${first?.place}: ${first?.sentence}`);
  }
  parsed.set(content, file.programme);
  return file.programme;
}
const parsed = new Map<string, Programme>();

/** Finds the programme of whatever names it by key and version. */
export type ProgrammeFinder = (key: string, version: number | null) => ProgrammeVersion;

/** All versions of an authority in one reading. */
export async function loadProgrammes(
  reader: Reader,
  schoolAuthorityId: string,
): Promise<ProgrammeFinder> {
  const rows = await reader
    .select({
      key: programmes.key,
      version: programmes.version,
      content: programmes.content,
    })
    .from(programmes)
    .where(eq(programmes.schoolAuthorityId, schoolAuthorityId));
  return (key, version) => {
    // What was made before programmes had versions was made under the shipped file.
    if (version === null) return { ...read(shippedProgrammes().get(key)!), version: 0 };
    const row = rows.find((one) => one.key === key && one.version === version);
    if (!row) throw new Error(`no programme ${key}, version ${version}`);
    return { ...read(row.content), version };
  };
}

export type KnownProgramme = {
  programme: Programme;
  content: string;
  /** 0 for a shipped file under which nothing was made yet. */
  version: number;
  isShipped: boolean;
};

/** What an authority can work with: its latest versions, and the shipped files. */
export async function listProgrammes(user: User, reader: Reader = db): Promise<KnownProgramme[]> {
  const rows = await reader
    .select()
    .from(programmes)
    .where(eq(programmes.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(programmes.key), desc(programmes.version));
  const keys = [...new Set([...shippedProgrammes().keys(), ...rows.map(({ key }) => key)])];
  return keys
    .map((key) =>
      latestOf(
        rows.filter((row) => row.key === key),
        shippedProgrammes().get(key),
      ),
    )
    .sort((a, b) => a.programme.name.localeCompare(b.programme.name, "de"));
}

type Row = typeof programmes.$inferSelect;

/** The latest own version; a newer shipped file goes before an older shipped one. */
function latestOf([latest]: Row[], shippedContent: string | undefined): KnownProgramme {
  if (latest && (!latest.isShipped || latest.content === shippedContent || !shippedContent)) {
    const { content, version, isShipped } = latest;
    return { programme: read(content), content, version, isShipped };
  }
  const content = shippedContent!;
  return { programme: read(content), content, version: 0, isShipped: true };
}

export async function requireProgramme(
  user: User,
  key: string | undefined,
  reader: Reader = db,
): Promise<KnownProgramme> {
  const known = await listProgrammes(user, reader);
  return known.find(({ programme }) => programme.key === key) ?? notFound();
}

/** All versions of a programme that the authority has kept, newest first. */
export function listVersions(user: User, key: string, reader: Reader = db) {
  return reader
    .select({ ...getTableColumns(programmes), recordedByName: users.name })
    .from(programmes)
    .innerJoin(users, eq(users.id, programmes.recordedBy))
    .where(and(eq(programmes.schoolAuthorityId, user.schoolAuthorityId), eq(programmes.key, key)))
    .orderBy(desc(programmes.version));
}

/** One version that the authority has kept, as it stood. */
export async function requireVersion(
  user: User,
  key: string,
  version: number,
): Promise<KnownProgramme> {
  const versions = await listVersions(user, key);
  const kept = versions.find((one) => one.version === version) ?? notFound();
  const { content, isShipped } = kept;
  return { programme: read(content), content, version, isShipped };
}

/** The programme as it is today, kept as a version from now on: something is made under it. */
export async function keepProgramme(
  tx: Transaction,
  user: User,
  key: string,
): Promise<ProgrammeVersion> {
  const { programme, content, version, isShipped } = await requireProgramme(user, key, tx);
  if (version > 0) return { ...programme, version };
  return {
    ...programme,
    version: await storeVersion(tx, user, key, { content, isShipped, reason: "" }),
  };
}

/** Stores a checked file as the next version of its key. */
export async function storeVersion(
  tx: Transaction,
  user: User,
  key: string,
  file: { content: string; isShipped: boolean; reason: string },
): Promise<number> {
  const { schoolAuthorityId } = user;
  const [latest] = await tx
    .select({ version: programmes.version })
    .from(programmes)
    .where(and(eq(programmes.schoolAuthorityId, schoolAuthorityId), eq(programmes.key, key)))
    .orderBy(desc(programmes.version))
    .limit(1);
  const version = (latest?.version ?? 0) + 1;
  await tx
    .insert(programmes)
    .values({ schoolAuthorityId, key, version, recordedBy: user.id, ...file });
  return version;
}
