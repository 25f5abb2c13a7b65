import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { z } from "zod";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { SchoolFieldset } from "#app/components/school-form.tsx";
import { key, readForm, rejected } from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { recordSchool } from "#app/records/authorities.server.ts";
import { schoolForm } from "#app/school-form.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const newSchoolForm = schoolForm.extend({ id: key });

export const meta: MetaFunction = () => [{ title: "Schule anlegen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireUser(request, "record");
  return { id: randomUUID() };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, newSchoolForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await recordSchool(user, id, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect("/schools");
}

export default function NewSchool() {
  const [form, fields] = useForm<z.input<typeof newSchoolForm>>({
    id: "school",
    lastResult: useActionData<typeof action>(),
    defaultValue: useLoaderData<typeof loader>(),
  });
  return (
    <Page title="Schule anlegen" crumbs={[{ to: "/schools", label: "Schulen und Beschlüsse" }]}>
      <EntryForm form={form} submit="Schule anlegen">
        <Hidden field={fields.id} />
        <SchoolFieldset fields={fields} />
      </EntryForm>
    </Page>
  );
}
