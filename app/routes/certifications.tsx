import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { today } from "#app/clock.server.ts";
import { DayText, Euro } from "#app/components/euro.tsx";
import { ButtonKey } from "#app/components/form.tsx";
import { Empty, Notice, Page, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { key, readForm } from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { wire } from "#app/http.ts";
import { certifyInvoices, listUncertified } from "#app/records/certifications.server.ts";
import { requireUser } from "#app/session.server.ts";

const chosenForm = z.object({
  invoiceIds: z.union([key.transform((id) => [id]), z.array(key)]).default([]),
});

export const meta: MetaFunction = () => [{ title: "Rechnungen feststellen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "certify");
  return wire({ invoices: await listUncertified(user) });
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "certify");
  const form = await readForm(request, chosenForm);
  if (form.status !== "success" || form.value.invoiceIds.length === 0) {
    return data({ problem: "Bitte mindestens eine Rechnung ankreuzen." }, { status: 422 });
  }
  const refused = await certifyInvoices(user, form.value.invoiceIds, {
    certifiedOn: today(),
    note: "",
  });
  if (!refused) return redirect("/certifications");
  const { sentence } = problemOf(refused.violation);
  return data({ problem: `Rechnung ${refused.number}: ${sentence}` }, { status: 422 });
}

export default function Certifications() {
  const { invoices } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <Page
      title="Rechnungen feststellen"
      lead="Erfasst, aber noch nicht als sachlich und rechnerisch richtig bestätigt. Was Sie selbst erfasst haben, stellt eine andere Person fest."
    >
      {refused && (
        <Notice kind="danger" title={refused.problem}>
          Es wurde nichts festgestellt.
        </Notice>
      )}
      {invoices.length === 0 ? (
        <Empty>Alles ist festgestellt.</Empty>
      ) : (
        <Form method="post">
          <ButtonKey />
          <Table
            caption="Noch nicht festgestellt, älteste zuerst"
            rows={invoices}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Auswahl",
                cell: ({ id, number, isOwn }) =>
                  isOwn ? (
                    "selbst erfasst"
                  ) : (
                    <input
                      type="checkbox"
                      name="invoiceIds"
                      value={id}
                      className="kern-form-check__checkbox"
                      aria-label={`Rechnung ${number} auswählen`}
                    />
                  ),
              },
              {
                label: "Rechnung",
                cell: ({ id, number }) => <TextLink to={`/invoices/${id}`}>{number}</TextLink>,
              },
              { label: "vom", cell: ({ invoicedOn }) => <DayText day={invoicedOn} /> },
              { label: "Lieferant", cell: ({ supplier }) => supplier },
              { label: "Zuwendung", cell: ({ place }) => place },
              {
                label: "Hinweis",
                cell: ({ overOrderReason, roundingReason, hasFile }) =>
                  [
                    !hasFile && "ohne Beleg",
                    overOrderReason && `mehr als bestellt: ${overOrderReason}`,
                    roundingReason && `Summen weichen ab: ${roundingReason}`,
                  ]
                    .filter(Boolean)
                    .join("; ") || "–",
              },
              { label: "erfasst von", cell: ({ recordedBy }) => recordedBy },
              {
                label: "brutto",
                isNumeric: true,
                cell: ({ grossAmount }) => <Euro amount={grossAmount} />,
              },
            ]}
          />
          {invoices.some(({ isOwn }) => !isOwn) && (
            <div className="actions">
              <button type="submit" className="kern-btn kern-btn--primary">
                <span className="kern-label">
                  Ausgewählte sind sachlich und rechnerisch richtig
                </span>
              </button>
            </div>
          )}
        </Form>
      )}
    </Page>
  );
}
