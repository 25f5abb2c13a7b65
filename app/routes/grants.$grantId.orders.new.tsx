import { randomUUID } from "node:crypto";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { OrderForm } from "#app/components/order-form.tsx";
import { Section } from "#app/components/page.tsx";
import { readForm, rejected } from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { orderDraftOf, orderForm } from "#app/order-form.ts";
import { recordOrder } from "#app/records/orders.server.ts";
import { loadSpendingForm } from "#app/records/spending-form.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction = () => [{ title: "Auftrag buchen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const page = await loadSpendingForm(user, { grantId: idParam(params.grantId) });
  return wire({ id: randomUUID(), ...page });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const grantId = idParam(params.grantId);
  const form = await readForm(request, orderForm);
  if (form.status !== "success") return rejected(form);

  const { id } = form.value;
  const violation = await recordOrder(user, id, { grantId }, orderDraftOf(form.value));
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/orders/${id}`);
}

export default function NewOrder() {
  const page = useLoaderData<typeof loader>();
  return (
    <Section title="Auftrag buchen">
      <OrderForm page={page} lastResult={useActionData<typeof action>()} />
    </Section>
  );
}
