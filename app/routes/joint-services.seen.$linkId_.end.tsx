import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { TextArea } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Page } from "#app/components/page.tsx";
import { readForm, rejected, text } from "#app/form.ts";
import { idParam } from "#app/http.ts";
import { endLink } from "#app/records/joint-link-answers.server.ts";
import { requireLink } from "#app/records/joint-seen.server.ts";
import { requireUser } from "#app/session.server.ts";

const endForm = z.object({ reason: text });

export const meta: MetaFunction = () => [{ title: "Einsicht beenden – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const { id, keeperName, serviceName } = await requireLink(user, idParam(params.linkId));
  return { id, keeperName, serviceName };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const link = await requireLink(user, idParam(params.linkId));
  const form = await readForm(request, endForm);
  if (form.status !== "success") return rejected(form);

  await endLink(user, link.id, form.value.reason);
  return redirect("/joint-services");
}

export default function EndLink() {
  const { id, keeperName, serviceName } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof endForm>>({
    id: "end-link",
    lastResult: useActionData<typeof action>(),
  });
  return (
    <Page
      title="Einsicht beenden"
      lead={`${serviceName}, geführt von ${keeperName}`}
      crumbs={[
        { to: "/joint-services", label: "IKZ" },
        { to: `/joint-services/seen/${id}`, label: "Vereinbarung" },
      ]}
    >
      <MunicipalTabs />
      <p className="kern-body">
        Ihr Schulträger sieht die Vereinbarung dann nicht mehr. Die Mitgliedschaft selbst bleibt.
        Den Grund liest auch der führende Schulträger.
      </p>
      <EntryForm form={form} submit="Einsicht beenden">
        <TextArea field={fields.reason} label="Grund" />
      </EntryForm>
    </Page>
  );
}
