/** What the form of the exports asks for: which kind, of which books. */
import { type AskedBook, askedBook } from "./audit-request.server.ts";
import { type ExportKind, exportKinds } from "./domain/book-export.ts";
import type { User } from "./domain/permission.ts";

/** Reads the submitted form as the query of the same fields; what is no kind is a workbook. */
export async function askedExport(
  user: User,
  request: Request,
): Promise<AskedBook & { kind: ExportKind; id: string; search: string }> {
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? "");
  const kind = exportKinds.find((one) => one === text("kind")) ?? "workbook";
  const query = new URLSearchParams({ year: text("year"), on: text("on"), stand: text("stand") });
  for (const grant of form.getAll("grant")) query.append("grant", String(grant));
  query.set("kind", kind);
  const asked = await askedBook(user, new Request(`${new URL(request.url).origin}/?${query}`));
  return { ...asked, kind, id: text("id"), search: `?${query}` };
}
