import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { TextField } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { mostYears, yearsOfBooks } from "#app/domain/retention.ts";
import { readForm, rejected, secret, text, wholeNumber } from "#app/form.ts";
import { madeFromOld } from "#app/kept-form.ts";
import { changeRetentionPeriod, loadRetentionPeriod } from "#app/records/retention.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const periodForm = z.object({
  version: secret,
  retentionYears: wholeNumber(yearsOfBooks, mostYears),
  retentionBasis: text,
});

export const meta: MetaFunction = () => [{ title: "Aufbewahrung von Namen – Paktbuch" }];

type Period = Awaited<ReturnType<typeof loadRetentionPeriod>>;

/** The period as it is typed, and which version it is. */
function kept({ years, basis, version }: Period) {
  return { version, fields: { retentionYears: String(years), retentionBasis: basis ?? "" } };
}

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  return kept(await loadRetentionPeriod(user));
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const form = await readForm(request, periodForm);
  if (form.status !== "success") return rejected(form);
  const { version, retentionYears: years, retentionBasis: basis } = form.value;
  const violation = await changeRetentionPeriod(user, { years, basis }, version);
  if (violation) return madeFromOld(form, kept(await loadRetentionPeriod(user)));
  return redirect("/data-protection");
}

export default function Period() {
  const { version, fields: given } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof periodForm>>({
    id: "period",
    lastResult: useActionData<typeof action>(),
    defaultValue: given,
  });
  return (
    <Page
      title="Aufbewahrung von Namen"
      lead="Wie lange nach dem letzten Vorgang eines gesperrten Zugangs der Name in den Büchern bleibt."
      crumbs={[{ to: "/data-protection", label: "Datenschutz" }]}
    >
      <EntryForm form={form} submit="Aufbewahrung festlegen" version={version}>
        <TextField
          field={fields.retentionYears}
          label="Volle Jahre"
          hint={`mindestens ${yearsOfBooks}; länger, wo ein Bescheid oder das Landesrecht es verlangt`}
          inputMode="numeric"
          autoComplete="off"
          isShort
        />
        <TextField
          field={fields.retentionBasis}
          label="Grundlage"
          hint="Vorschrift oder Dienstanweisung, wie sie der Schulträger mit seiner oder seinem Datenschutzbeauftragten festgestellt hat"
          autoComplete="off"
        />
      </EntryForm>
    </Page>
  );
}
