import type { LoaderFunctionArgs } from "@remix-run/node";
import { download, idParam } from "#app/http.ts";
import { requireAttachment } from "#app/records/attachments.server.ts";
import { requireUser } from "#app/session.server.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const { content, fileName, mediaType, size } = await requireAttachment(
    user,
    idParam(params.attachmentId),
  );
  return download(new Uint8Array(content), fileName, mediaType, size);
}
