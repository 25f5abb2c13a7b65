import type { LoaderFunctionArgs } from "@remix-run/node";
import { idParam } from "#app/http.ts";
import { fileOfPerson } from "#app/person-file-request.server.ts";
import { requireUser } from "#app/session.server.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  return fileOfPerson(user, idParam(params.userId));
}
