import { randomUUID } from "node:crypto";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { OrderForm } from "#app/components/order-form.tsx";
import { Page } from "#app/components/page.tsx";
import { readForm, rejected } from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { wire, yearParam } from "#app/http.ts";
import { orderDraftOf, orderForm } from "#app/order-form.ts";
import { recordOrder } from "#app/records/orders.server.ts";
import { loadSpendingForm } from "#app/records/spending-form.server.ts";
import { findYearClosing } from "#app/records/fiscal-years.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction = () => [{ title: "Auftrag im Haushalt buchen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const year = yearParam(params.year);
  // A closed year has no form: its page says so.
  if (await findYearClosing(user, year)) throw redirect(`/municipal-budget?year=${year}`);
  const page = await loadSpendingForm(user, { fiscalYear: year });
  return wire({ id: randomUUID(), ...page });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const fiscalYear = yearParam(params.year);
  const form = await readForm(request, orderForm);
  if (form.status !== "success") return rejected(form);

  const { id } = form.value;
  const violation = await recordOrder(user, id, { fiscalYear }, orderDraftOf(form.value));
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/orders/${id}`);
}

export default function NewMunicipalOrder() {
  const page = useLoaderData<typeof loader>();
  const { fiscalYear } = page;
  return (
    <Page
      title={`Auftrag im Haushalt ${fiscalYear} buchen`}
      crumbs={[
        { to: "/municipal-budget", label: "Haushalt" },
        { to: `/municipal-budget/${fiscalYear}/orders`, label: `Aufträge ${fiscalYear}` },
      ]}
    >
      <MunicipalTabs />
      <OrderForm page={page} lastResult={useActionData<typeof action>()} />
    </Page>
  );
}
