/** The two forms in which a person's file goes out: what a page shows of it, and all of it as JSON. */
import { now } from "./clock.server.ts";
import type { PersonFile } from "./domain/person-file.ts";
import { placesOf } from "./domain/name-search.ts";
import type { User } from "./domain/permission.ts";
import { download } from "./http.ts";
import { personOnFile } from "./records/person-file.server.ts";

/** So many rows of a part the page shows; the file has all. */
export const shownRows = 50;

/** What the page shows; that it was shown stands in the change log. */
export async function shownFile(user: User, personId: string) {
  const { parts, named, ...person } = await personOnFile(user, personId, "Seite");
  return {
    ...person,
    parts: parts
      .filter(({ rows }) => rows.length > 0)
      .map((part) => ({ ...part, rows: part.rows.slice(0, shownRows), count: part.rows.length })),
    named: named?.map(({ ids, ...one }) => {
      const place = placesOf[one.table];
      return { ...one, links: place ? ids.map((id) => place.path + id) : [] };
    }),
  };
}
export type ShownFile = Awaited<ReturnType<typeof shownFile>>;

/** All of it as a file to keep, in a common form that programs read (Art. 20). */
export async function fileOfPerson(user: User, personId: string): Promise<Response> {
  const file = await personOnFile(user, personId, "Datei (JSON)");
  const bytes = new TextEncoder().encode(`${JSON.stringify(asJson(file), undefined, 2)}\n`);
  return download(bytes, "paktbuch-auskunft.json", "application/json; charset=utf-8", bytes.length);
}

function asJson({ name, email, parts, named }: PersonFile) {
  return {
    auskunft: { name, email, stand: now().toISOString(), grundlage: "Art. 15, 20 DSGVO" },
    teile: parts.map(({ table, person, rows }) => ({
      tabelle: table,
      spalte: person,
      zeilen: rows,
    })),
    // Left out of JSON where it is undefined.
    name_in_anderen_texten: named?.map(({ table, columns, count }) => {
      return { tabelle: table, spalten: columns, treffer: count };
    }),
  };
}
