import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { NewInvoice } from "#app/components/new-invoice.tsx";
import { idParam } from "#app/http.ts";
import { bookInvoice, loadNewInvoice } from "#app/invoice-entry.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction = () => [{ title: "Rechnung buchen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  return loadNewInvoice(request, user, { grantId: idParam(params.grantId) });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const grantId = idParam(params.grantId);
  return bookInvoice(request, user, { grantId }, `/grants/${grantId}/invoices/new`);
}

export default function NewGrantInvoice() {
  const page = useLoaderData<typeof loader>();
  return <NewInvoice page={page} lastResult={useActionData<typeof action>()} />;
}
