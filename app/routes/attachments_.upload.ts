/** For the script of the form alone: the same deed, answered in a way that it can read. */
import type { ActionFunctionArgs } from "@remix-run/node";
import { requireUser } from "#app/session.server.ts";
import { takeUploads } from "./attachments/take-uploads.server.ts";

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "attach");
  const taken = await takeUploads(user, request);
  return Response.json(taken, { status: taken.problems.length === 0 ? 200 : 422 });
}
