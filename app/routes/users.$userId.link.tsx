import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { Invited } from "#app/components/invited.tsx";
import { idParam } from "#app/http.ts";
import { requireAuthority } from "#app/records/authorities.server.ts";
import { renewLink } from "#app/records/password-links.server.ts";
import { requirePerson } from "#app/records/roles.server.ts";
import { requireUser } from "#app/session.server.ts";
import { sendRenewed } from "#app/sign-in.server.ts";

export const meta: MetaFunction = () => [{ title: "Neuer Link – Paktbuch" }];

/** It is asked for on the person's page. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const { id } = await requirePerson(user, idParam(params.userId));
  throw redirect(`/users/${id}`);
}

/** A link is shown in the answer and nowhere else. */
export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const renewed = await renewLink(user, idParam(params.userId));
  const { name: authority } = await requireAuthority(user);
  const { name, email, purpose } = renewed;
  return { name, email, purpose, link: await sendRenewed(request, renewed, authority) };
}

export default function Renewed() {
  const answer = useActionData<typeof action>();
  return answer && <Invited {...answer} title="Der neue Link ist ausgegeben" />;
}
