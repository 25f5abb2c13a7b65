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
import { today } from "#app/clock.server.ts";
import { Euro } from "#app/components/euro.tsx";
import { DayField, EuroField, TextArea } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Facts, Section, TextLink } from "#app/components/page.tsx";
import { figureBy } from "#app/domain/drawdown.ts";
import { repayable } from "#app/domain/repayment.ts";
import { day, key, optionalEuroAmount, readForm, rejected, text } from "#app/form.ts";
import { amountInput, formatDay } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { loadGrantBooks, loadLateInterest } from "#app/records/drawing.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { recordRepayment } from "#app/records/repayments.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const repaymentForm = z.object({
  id: key,
  repaidOn: day,
  amount: optionalEuroAmount,
  interestAmount: optionalEuroAmount,
  reason: text,
});

export const meta: MetaFunction = () => [{ title: "Rückzahlung buchen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "pay");
  const grant = await requireGrant(user, idParam(params.grantId));
  const books = await loadGrantBooks(user, grant);
  const { total } = await loadLateInterest(user, grant, books);
  const on = today();
  return wire({
    id: randomUUID(),
    grantId: grant.id,
    on,
    received: figureBy(books.movements, "received", on),
    ...repayable(books, on),
    interestDue: total,
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "pay");
  const grantId = idParam(params.grantId);
  const form = await readForm(request, repaymentForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await recordRepayment(user, id, grantId, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/grants/${grantId}/drawdowns`);
}

export default function NewRepayment() {
  const page = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof repaymentForm>>({
    id: "repayment",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id: page.id, amount: page.open === "0" ? "" : amountInput(page.open) },
  });
  return (
    <Section
      title="Rückzahlung buchen"
      actions={<TextLink to={`/grants/${page.grantId}/drawdowns`}>Zu den Mittelabrufen</TextLink>}
    >
      <Facts
        facts={[
          ["Erhalten", <Euro key="received" amount={page.received} />],
          ["Zurückgefordert (Bescheide)", <Euro key="reclaimed" amount={page.reclaimed} />],
          ["Zurückgezahlt", <Euro key="repaid" amount={page.repaid} />],
          ["Über die Zuwendung hinaus erhalten", <Euro key="open" amount={page.open} />],
          [
            `Zinsen gerechnet bis ${formatDay(page.on)}`,
            <Euro key="due" amount={page.interestDue} />,
          ],
          ["Zinsen gezahlt", <Euro key="paid" amount={page.interestPaid} />],
        ]}
      />
      <EntryForm form={form} submit="Rückzahlung buchen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <DayField field={fields.repaidOn} label="Zurückgezahlt am" />
          <EuroField
            field={fields.amount}
            label="Betrag"
            hint="von der Zuwendung, ohne Zinsen"
            isOptional
          />
          <EuroField
            field={fields.interestAmount}
            label="Zinsen"
            hint="laut Bescheid der Bewilligungsbehörde"
            isOptional
          />
        </div>
        <TextArea field={fields.reason} label="Grund" />
      </EntryForm>
    </Section>
  );
}
