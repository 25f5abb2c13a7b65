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
import { idParam, notFound } from "#app/http.ts";
import { endOffer, requireOffer } from "#app/records/joint-links.server.ts";
import { requireUser } from "#app/session.server.ts";

const endForm = z.object({ reason: text });

export const meta: MetaFunction = () => [{ title: "Einsicht beenden – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const offer = await requireOffer(user, idParam(params.offerId));
  if (offer.jointServiceId !== idParam(params.jointServiceId)) notFound();
  if (offer.endedAt) throw redirect(`/joint-services/${offer.jointServiceId}/links`);
  const { agreement, member, authorityName, jointServiceId } = offer;
  return {
    agreement,
    member,
    authorityName,
    jointServiceId,
    isInForce: offer.state === "in_force",
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const offer = await requireOffer(user, idParam(params.offerId));
  if (offer.jointServiceId !== idParam(params.jointServiceId)) notFound();
  const form = await readForm(request, endForm);
  if (form.status !== "success") return rejected(form);

  await endOffer(user, offer.id, form.value.reason);
  return redirect(`/joint-services/${offer.jointServiceId}/links`);
}

export default function EndOffer() {
  const { agreement, member, authorityName, jointServiceId, isInForce } =
    useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof endForm>>({
    id: "end-offer",
    lastResult: useActionData<typeof action>(),
  });
  const title = isInForce ? "Einsicht beenden" : "Angebot zurücknehmen";
  return (
    <Page
      title={title}
      lead={`${agreement}: ${member}${isInForce && authorityName ? ` (${authorityName})` : ""}`}
      crumbs={[
        { to: `/joint-services/${jointServiceId}`, label: "IKZ-Vereinbarung" },
        { to: `/joint-services/${jointServiceId}/links`, label: "Einsicht der Mitglieder" },
      ]}
    >
      <MunicipalTabs />
      <p className="kern-body">
        {isInForce
          ? "Der Schulträger sieht die Vereinbarung dann nicht mehr. Die Mitgliedschaft selbst und alles Gebuchte bleiben, wie sie sind."
          : "Der Code gilt dann nicht mehr."}
      </p>
      <EntryForm form={form} submit={title}>
        <TextArea field={fields.reason} label="Grund" />
      </EntryForm>
    </Page>
  );
}
