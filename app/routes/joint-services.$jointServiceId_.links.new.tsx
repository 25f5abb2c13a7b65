import { useForm } from "@conform-to/react";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { SelectField } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { LinkOffered } from "#app/components/link-offered.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Page } from "#app/components/page.tsx";
import { offerDays } from "#app/domain/joint-link.ts";
import { key, readForm, rejected } from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { offerLink, requireOffers } from "#app/records/joint-links.server.ts";
import { requireUser } from "#app/session.server.ts";

const offerForm = z.object({ seeingId: key });

export const meta: MetaFunction = () => [{ title: "Einsicht anbieten – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const { agreement, members } = await requireOffers(user, idParam(params.jointServiceId));
  return {
    service: { id: agreement.id, name: agreement.name },
    members: members
      .filter(({ offer }) => offer?.state !== "in_force")
      .map(({ id, name }) => ({ value: id, label: name })),
  };
}

/** The code is shown in the answer and nowhere else. */
export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const jointServiceId = idParam(params.jointServiceId);
  const form = await readForm(request, offerForm);
  if (form.status !== "success") return rejected(form);

  const offered = await offerLink(user, jointServiceId, form.value.seeingId);
  if ("violation" in offered) return rejected(form, problemOf(offered.violation));
  return wire(offered);
}

export default function OfferLink() {
  const { service, members } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const offered = answer && "code" in answer ? answer : undefined;
  const [form, fields] = useForm<z.input<typeof offerForm>>({
    id: "offer",
    lastResult: answer && !("code" in answer) ? answer : undefined,
  });
  const back = `/joint-services/${service.id}/links`;
  if (offered) return <LinkOffered {...offered} agreement={service.name} back={back} />;
  return (
    <Page
      title="Einsicht anbieten"
      lead={`${service.name}. Das Mitglied bekommt von Ihnen einen Code und nimmt damit innerhalb von ${offerDays} Tagen an.`}
      crumbs={[
        { to: `/joint-services/${service.id}`, label: "IKZ-Vereinbarung" },
        { to: back, label: "Einsicht der Mitglieder" },
      ]}
    >
      <MunicipalTabs />
      <p className="kern-body">
        Wer annimmt, liest: die Vereinbarung, Schlüssel, Jahrespläne und Abrechnungen mit den
        Anteilen aller Mitglieder, die Istkosten als Summe je Art, die eigenen Zahlungen und das
        eigene Schreiben. Zahlungen anderer Mitglieder, Rechnungen, Anlagen und Bemerkungen bleiben
        bei Ihnen.
      </p>
      <EntryForm form={form} submit="Code erzeugen">
        <SelectField field={fields.seeingId} label="Mitglied" options={members} />
      </EntryForm>
    </Page>
  );
}
