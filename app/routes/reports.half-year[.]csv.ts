import { redirect } from "@remix-run/node";
import { today } from "#app/clock.server.ts";
import { writeHalfYear } from "#app/exports/half-year.server.ts";
import { readHalfYear } from "#app/german/half-year-words.ts";
import { download } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadHalfYear } from "#app/records/half-year.server.ts";
import { logDownload } from "#app/records/access-log.server.ts";

export const loader = asKnown("read_all_books", async ({ request }, user) => {
  const { searchParams } = new URL(request.url);
  const asked = { on: searchParams.get("on"), known: searchParams.get("known") };
  const { view, problems } = readHalfYear(asked, today());
  // The page says what is wrong with the days.
  if (problems.on || problems.known) return redirect(`/reports/half-year?${searchParams}`);

  const file = new Blob([writeHalfYear(view, await loadHalfYear(user, view))]);
  const name = `Halbjahresbericht ${view.on}, bekannt ${view.known}.csv`;
  await logDownload(user, { name, bytes: await file.bytes() });
  return download(file.stream(), name, "text/csv; charset=utf-8", file.size);
});
