/** Files as a browser sends them. */
import type { ActionFunctionArgs } from "@remix-run/node";
import type { User } from "#app/domain/permission.ts";
import { action } from "#app/routes/attachments/route.tsx";
import { answer, get } from "./request.ts";

export const pdf = Buffer.from("%PDF-1.4\n1 0 obj\nendobj\n");

export type Place = { subject: string; subjectId: string };

/** Without content: what a browser sends when no file was chosen. */
export function upload(user: User, place: Place, content: Buffer | undefined, name: string) {
  return uploadAll(user, place, [[name, content]]);
}

export function uploadAll(user: User, place: Place, files: [string, Buffer | undefined][]) {
  const form = new FormData();
  for (const [name, content] of files) {
    form.append("file", new File(content ? [new Uint8Array(content)] : [], name));
  }
  return send(user, place, form);
}

export async function send(
  user: User,
  place: Place,
  body: FormData,
  run: (args: ActionFunctionArgs) => unknown = action,
) {
  const { request, ...rest } = await get(user, `/attachments?${new URLSearchParams(place)}`);
  const sent = new Request(request.url, { method: "POST", body, headers: request.headers });
  return answer(async () => run({ request: sent, ...rest }));
}
