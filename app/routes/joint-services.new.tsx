import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Checkbox, DayField, SelectField, TextArea, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden, Row, RowButton, Rows } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import {
  checkbox,
  day,
  key,
  optionalKey,
  optionalText,
  readForm,
  rejected,
  text,
} from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { listResolutions, requireAuthority } from "#app/records/authorities.server.ts";
import { recordJointService } from "#app/records/joint-services.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const jointServiceForm = z.object({
  id: key,
  name: text,
  legalForm: text,
  startedOn: day,
  resolutionId: optionalKey,
  note: optionalText,
  members: z.array(z.object({ name: text, isOwn: checkbox })).default([]),
});

export const meta: MetaFunction = () => [{ title: "IKZ-Vereinbarung anlegen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const [resolutions, authority] = await Promise.all([
    listResolutions(user),
    requireAuthority(user),
  ]);
  return {
    id: randomUUID(),
    authority: authority.name,
    resolutions: resolutions.map(({ id, number, title }) => {
      return { value: id, label: `${number} ${title}` };
    }),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, jointServiceForm);
  if (form.status !== "success") return rejected(form);

  const { id, resolutionId, ...draft } = form.value;
  const violation = await recordJointService(user, id, { ...draft, resolutionId });
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/joint-services/${id}`);
}

export default function NewJointService() {
  const { id, authority, resolutions } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof jointServiceForm>>({
    id: "joint-service",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id, members: [{ name: authority, isOwn: "on" }, {}] },
  });
  const { name } = fields.members;
  return (
    <Page
      title="IKZ-Vereinbarung anlegen"
      crumbs={[{ to: "/municipal-budget", label: "Haushalt und IKZ" }]}
    >
      <EntryForm form={form} submit="Vereinbarung anlegen">
        <Hidden field={fields.id} />
        <TextField field={fields.name} label="Bezeichnung" />
        <div className="field-row">
          <TextField field={fields.legalForm} label="Rechtsform" hint="wie Zweckvereinbarung" />
          <DayField field={fields.startedOn} label="Beginn" />
        </div>
        <SelectField
          field={fields.resolutionId}
          label="Beschluss"
          isOptional
          empty="ohne Angabe"
          options={resolutions}
        />
        <TextArea field={fields.note} label="Bemerkung" isOptional />
        <Rows
          id={fields.members.id}
          title="Mitglieder"
          errors={fields.members.errors}
          addButton={
            <RowButton button={form.insert.getButtonProps({ name })}>Weiteres Mitglied</RowButton>
          }
        >
          {fields.members.getFieldList().map((member, index) => {
            const field = member.getFieldset();
            return (
              <Row
                key={member.key}
                title={`${index + 1}. Mitglied`}
                removeButton={
                  <RowButton button={form.remove.getButtonProps({ name, index })}>
                    Mitglied entfernen
                  </RowButton>
                }
              >
                <TextField field={field.name} label="Name" />
                <Checkbox field={field.isOwn} label="das sind wir" />
              </Row>
            );
          })}
        </Rows>
      </EntryForm>
    </Page>
  );
}
