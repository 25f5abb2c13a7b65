/** A filled form (Vordruck) as a file. */
import { officialFormBook } from "#app/exports/official-form-book.server.ts";
import { download, idParam } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { askedForm, formFileName } from "#app/official-form-request.server.ts";
import { logDownload } from "#app/records/access-log.server.ts";
import { requireAuthority } from "#app/records/authorities.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export const loader = asKnown("read_books", async ({ request, params }, user) => {
  const grant = await requireGrant(user, idParam(params.grantId));
  const authority = await requireAuthority(user);
  const asked = await askedForm(user, grant.id, params.formKey, request);
  const { name: author, isExample } = authority;
  const file = await officialFormBook(asked.filled, { author, isExample, writtenOn: asked.asOf });
  const name = `${formFileName(asked, grant.fileNumber)}.xlsx`;
  await logDownload(user, { name, bytes: file });
  return download(file, name, xlsx, file.byteLength);
});
