/** A filled form (Vordruck) as a file. */
import { officialFormPaper } from "#app/exports/official-form.server.ts";
import { formText } from "#app/german/official-form-text.ts";
import { download, idParam } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { askedForm, formFileName } from "#app/official-form-request.server.ts";
import { logDownload } from "#app/records/access-log.server.ts";
import { requireAuthority } from "#app/records/authorities.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";

export const loader = asKnown("read_books", async ({ request, params }, user) => {
  const grant = await requireGrant(user, idParam(params.grantId));
  const authority = await requireAuthority(user);
  const asked = await askedForm(user, grant.id, params.formKey, request);
  const file = await officialFormPaper(formText(asked.filled), {
    ...{ author: authority.name, isExample: authority.isExample, writtenOn: asked.asOf },
  });
  const name = `${formFileName(asked, grant.fileNumber)}.pdf`;
  await logDownload(user, { name, bytes: file });
  return download(file, name, "application/pdf", file.byteLength);
});
