/** The file of a programme as a download: today's version, or an older one. */
import type { LoaderFunctionArgs } from "@remix-run/node";
import { download } from "#app/http.ts";
import { pageParam } from "#app/form.ts";
import { requireProgramme, requireVersion } from "#app/records/programmes.server.ts";
import { logDownload } from "#app/records/access-log.server.ts";
import { requireUser } from "#app/session.server.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const asked = new URL(request.url).searchParams.get("version");
  const latest = await requireProgramme(user, params.key);
  const { key } = latest.programme;
  const { content } = asked ? await requireVersion(user, key, pageParam(asked)) : latest;
  const file = new Blob([content]);
  const name = asked ? `${key} Fassung ${pageParam(asked)}.yaml` : `${key}.yaml`;
  await logDownload(user, { name, bytes: await file.bytes() });
  return download(file.stream(), name, "application/yaml; charset=utf-8", file.size);
}
