/**
 * Reads the table of invoices as its form sends it: each column as often as there are rows. It has more
 * fields than any other form, and none that is checked on its own; every other form goes through `readForm`.
 */
import { data } from "@remix-run/node";
import { entryColumns, type EntryRow, mostEntryRows } from "./domain/entry.ts";

const mostCharacters = { cell: 2_000, pasted: 1_500_000 };

const deeds = ["check", "book", "paste", "more"] as const;
export type EntryDeed = (typeof deeds)[number];

export type EntryFormContent = { id: string; deed: EntryDeed; pasted: string; rows: EntryRow[] };

/** Rows are numbered from 1. Ends the request with 400 where no honest form sent it. */
export async function readEntryForm(request: Request): Promise<EntryFormContent> {
  const form = await request.formData().catch(() => undefined);
  if (!form) throw dishonest();
  const names = new Set<string>([...entryColumns, "id", "deed", "pasted", "formKey"]);
  for (const [name, value] of form) {
    const most = name === "pasted" ? mostCharacters.pasted : mostCharacters.cell;
    if (!names.has(name) || typeof value !== "string" || value.length > most) throw dishonest();
  }
  const columns = entryColumns.map((column) => form.getAll(column) as string[]);
  const count = columns[0]!.length;
  if (count > mostEntryRows || columns.some(({ length }) => length !== count)) throw dishonest();

  const id = form.get("id");
  const deed = deeds.find((one) => one === form.get("deed"));
  if (typeof id !== "string" || !uuid.test(id) || !deed) throw dishonest();
  const rows = Array.from({ length: count }, (_, at): EntryRow => {
    const cells = entryColumns.map((column, place) => [column, columns[place]![at]!] as const);
    return { number: at + 1, cells: Object.fromEntries(cells) };
  });
  return { id, deed, pasted: (form.get("pasted") as string | null) ?? "", rows };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function dishonest() {
  return data("Diese Eingabe kommt aus keinem Formular von Paktbuch.", { status: 400 });
}

export function isBlank({ cells }: EntryRow): boolean {
  return !Object.values(cells).some((text) => text.trim());
}
