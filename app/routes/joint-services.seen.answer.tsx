import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { z } from "zod";
import { ActionLink, Notice, Page } from "#app/components/page.tsx";
import { choice, readForm, rejected, shortText } from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { answerToOffer } from "#app/joint-link.server.ts";
import { requireUser } from "#app/session.server.ts";

const answerForm = z.object({
  linkCode: shortText,
  linkAnswer: choice(["accept", "decline"]),
});

export const meta: MetaFunction = () => [{ title: "Einsicht – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireUser(request, "coordinate");
  return redirect("/joint-services/seen/new");
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const form = await readForm(request, answerForm);
  if (form.status !== "success") return rejected(form);

  const { linkCode: code, linkAnswer: answer } = form.value;
  const answered = await answerToOffer(user, code, answer === "accept");
  if ("violation" in answered) return rejected(form, problemOf(answered.violation));
  return redirect(
    answer === "accept" ? `/joint-services/seen/${answered.linkId}` : "/joint-services",
  );
}

/** Seen only where the offer came to an end between looking and answering. */
export default function AnswerRefused() {
  const problems = Object.values(useActionData<typeof action>()?.error ?? {}).flat();
  return (
    <Page title="Einsicht" crumbs={[{ to: "/joint-services", label: "IKZ" }]}>
      <Notice kind="warning" title="Das Angebot gilt nicht mehr">
        {problems.map((problem) => (
          <p key={problem} className="kern-body">
            {problem}
          </p>
        ))}
      </Notice>
      <div className="actions">
        <ActionLink to="/joint-services/seen/new" kind="primary">
          Code eingeben
        </ActionLink>
      </div>
    </Page>
  );
}
