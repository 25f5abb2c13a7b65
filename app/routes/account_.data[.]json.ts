import type { LoaderFunctionArgs } from "@remix-run/node";
import { fileOfPerson } from "#app/person-file-request.server.ts";
import { requireUser } from "#app/session.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "use_account");
  return fileOfPerson(user, user.id);
}
