import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { NewInvoice } from "#app/components/new-invoice.tsx";
import { Page } from "#app/components/page.tsx";
import { yearParam } from "#app/http.ts";
import { bookInvoice, loadNewInvoice } from "#app/invoice-entry.server.ts";
import { findYearClosing } from "#app/records/fiscal-years.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction = () => [{ title: "Rechnung im Haushalt buchen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const year = yearParam(params.year);
  // A closed year has no form: its page says so.
  if (await findYearClosing(user, year)) throw redirect(`/municipal-budget?year=${year}`);
  return loadNewInvoice(request, user, { fiscalYear: year });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const fiscalYear = yearParam(params.year);
  return bookInvoice(request, user, { fiscalYear }, `/municipal-budget/${fiscalYear}/invoices/new`);
}

export default function NewMunicipalInvoice() {
  const page = useLoaderData<typeof loader>();
  const { fiscalYear } = page;
  return (
    <Page
      title={`Rechnung im Haushalt ${fiscalYear} buchen`}
      crumbs={[
        { to: "/municipal-budget", label: "Haushalt" },
        { to: `/municipal-budget/${fiscalYear}/invoices`, label: `Rechnungen ${fiscalYear}` },
      ]}
    >
      <MunicipalTabs />
      <NewInvoice page={page} lastResult={useActionData<typeof action>()} />
    </Page>
  );
}
