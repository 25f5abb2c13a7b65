import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData } from "@remix-run/react";
import { z } from "zod";
import { TextField } from "#app/components/fields.tsx";
import { ButtonKey, EntryForm } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Facts, Page } from "#app/components/page.tsx";
import { readForm, rejected, shortText } from "#app/form.ts";
import { formatDay, formatMoment } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { wire } from "#app/http.ts";
import { lookAtOffer } from "#app/joint-link.server.ts";
import { requireUser } from "#app/session.server.ts";

const codeForm = z.object({ linkCode: shortText });

export const meta: MetaFunction = () => [{ title: "Code eingeben – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireUser(request, "coordinate");
  return null;
}

/** Looks at what is offered; the code goes with the answer, and so into no address. */
export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const form = await readForm(request, codeForm);
  if (form.status !== "success") return rejected(form);

  const { linkCode: code } = form.value;
  const found = await lookAtOffer(user, code);
  if ("violation" in found) return rejected(form, problemOf(found.violation));
  return data(wire({ code, offered: found.offered }));
}

export default function EnterCode() {
  const answer = useActionData<typeof action>();
  const found = answer && "offered" in answer ? answer : undefined;
  const [form, fields] = useForm<z.input<typeof codeForm>>({
    id: "link-code",
    lastResult: answer && !("offered" in answer) ? answer : undefined,
  });
  if (found) return <Offer {...found} />;
  return (
    <Page
      title="Code eingeben"
      lead="Führt ein anderer Schulträger eine Vereinbarung, deren Mitglied Sie sind, kann er Ihnen Einsicht anbieten. Den Code dafür bekommen Sie von dort."
      crumbs={[{ to: "/joint-services", label: "IKZ" }]}
    >
      <MunicipalTabs />
      <EntryForm form={form} submit="Angebot ansehen">
        <TextField
          field={fields.linkCode}
          label="Code"
          hint="acht Gruppen zu vier Zeichen"
          autoComplete="off"
        />
      </EntryForm>
    </Page>
  );
}

type Found = {
  code: string;
  offered: {
    keeperName: string;
    agreement: string;
    startedOn: string;
    member: string;
    expiresAt: string;
  };
};

/** What is offered, to be accepted or declined. */
function Offer({ code, offered }: Found) {
  const { keeperName, agreement, startedOn, member, expiresAt } = offered;
  return (
    <Page
      title="Einsicht in eine Vereinbarung"
      lead={`${keeperName} bietet Ihnen Einsicht an.`}
      crumbs={[{ to: "/joint-services", label: "IKZ" }]}
    >
      <MunicipalTabs />
      <Facts
        facts={[
          ["Vereinbarung", agreement],
          ["Geführt von", keeperName],
          ["Beginn", formatDay(startedOn)],
          ["Ihr Schulträger ist dort Mitglied als", member],
          ["Das Angebot gilt bis", formatMoment(expiresAt)],
        ]}
      />
      <p className="kern-body">
        Bitte nur annehmen, wenn „{member}“ Ihr Schulträger ist. Beide Seiten können die Einsicht
        jederzeit beenden. In Ihren eigenen Büchern ändert sich nichts.
      </p>
      <Form method="post" action="/joint-services/seen/answer" className="actions">
        <ButtonKey of="answer" />
        <input type="hidden" name="linkCode" value={code} />
        <button
          type="submit"
          name="linkAnswer"
          value="accept"
          className="kern-btn kern-btn--primary"
        >
          <span className="kern-label">Annehmen</span>
        </button>
        <button
          type="submit"
          name="linkAnswer"
          value="decline"
          className="kern-btn kern-btn--secondary"
        >
          <span className="kern-label">Ablehnen</span>
        </button>
      </Form>
    </Page>
  );
}
