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
import { Attachments } from "#app/components/attachments.tsx";
import { Euro } from "#app/components/euro.tsx";
import { DayField, EuroField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Badge, Facts, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { may } from "#app/domain/permission.ts";
import { day, euroAmount, key, optionalEuroAmount, readForm, rejected } from "#app/form.ts";
import { amountInput, formatDay, formatEuro } from "#app/german/notation.ts";
import { costKindWords, ineligibleReasonWords, problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { loadAttachments } from "#app/records/attachments.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { recordPayment, requireInvoice } from "#app/records/invoices.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const paymentForm = z.object({
  id: key,
  paidOn: day,
  cashDiscount: optionalEuroAmount,
  missedDiscount: optionalEuroAmount,
  paidAmount: euroAmount,
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Rechnung ${data?.invoice.number ?? ""} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const invoice = await requireInvoice(user, idParam(params.invoiceId));
  const { programme } = await requireGrant(user, invoice.grantId);
  return wire({
    deductsMissed: programme.cashDiscounts.some(({ deductsMissed }) => deductsMissed),
    id: randomUUID(),
    invoice,
    mayPay: may(user.role, "record") && invoice.stands && !invoice.payment,
    attachments: await loadAttachments(user, { subject: "invoice", subjectId: invoice.id }),
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const invoiceId = idParam(params.invoiceId);
  const form = await readForm(request, paymentForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await recordPayment(user, id, invoiceId, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/invoices/${invoiceId}`);
}

export default function Invoice() {
  const { id, invoice, mayPay, attachments } = useLoaderData<typeof loader>();
  const { payment } = invoice;
  return (
    <Page
      title={`Rechnung ${invoice.number}`}
      lead={`${invoice.supplier}, Rechnungsdatum ${formatDay(invoice.invoicedOn)}`}
      crumbs={[{ to: `/grants/${invoice.grantId}/invoices`, label: "Rechnungen der Zuwendung" }]}
      actions={
        <>
          {!invoice.stands && <Badge kind="danger">storniert</Badge>}
          <TextLink to={`/documents/invoice/${invoice.id}`}>Beleg und Storno</TextLink>
        </>
      }
    >
      <Facts
        facts={[
          ["Brutto", <Euro key="gross" amount={invoice.grossAmount} />],
          [
            "Zahlung",
            payment ? (
              <TextLink to={`/documents/payment/${payment.id}`}>
                {formatEuro(payment.paidAmount)} am {formatDay(payment.paidOn)}, Skonto{" "}
                {formatEuro(payment.cashDiscount)}
                {payment.missedDiscount &&
                  payment.missedDiscount !== "0" &&
                  `, nicht gezogen ${formatEuro(payment.missedDiscount)}`}
              </TextLink>
            ) : (
              "noch keine"
            ),
          ],
          [
            "Ersetzt",
            invoice.supersedesId ? (
              <TextLink to={`/invoices/${invoice.supersedesId}`}>die stornierte Rechnung</TextLink>
            ) : (
              "–"
            ),
          ],
        ]}
      />
      <Table
        caption="Zeilen"
        rows={invoice.lines}
        keyOf={({ id }) => id}
        columns={[
          { label: "Position", cell: ({ school, code }) => `${school} ${code}` },
          { label: "Was", cell: ({ description }) => description },
          { label: "Kostenart", cell: ({ costKind }) => costKindWords[costKind] },
          {
            label: "Auftrag",
            cell: ({ orderId, orderNumber }) =>
              orderId ? <TextLink to={`/orders/${orderId}`}>{orderNumber}</TextLink> : "–",
          },
          {
            label: "brutto",
            isNumeric: true,
            cell: ({ grossAmount }) => <Euro amount={grossAmount} />,
          },
          {
            label: "nicht förderfähig",
            isNumeric: true,
            cell: ({ ineligibleAmount, ineligibleReason }) => (
              <>
                <Euro amount={ineligibleAmount} />
                {ineligibleReason && (
                  <span className="muted"> ({ineligibleReasonWords[ineligibleReason]})</span>
                )}
              </>
            ),
          },
          {
            label: "förderfähig",
            isNumeric: true,
            cell: ({ eligibleAmount }) => <Euro amount={eligibleAmount} />,
          },
        ]}
      />
      {mayPay && <PaymentForm key={id} />}
      <Attachments
        {...attachments}
        hint="Die Rechnung, wie sie gekommen ist; Lieferschein, Zahlungsbeleg."
      />
    </Page>
  );
}

function PaymentForm() {
  const { id, invoice, deductsMissed } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof paymentForm>>({
    id: "payment",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id, cashDiscount: "0,00", paidAmount: amountInput(invoice.grossAmount) },
  });
  return (
    <Section title="Zahlung buchen">
      <EntryForm form={form} submit="Zahlung buchen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <DayField field={fields.paidOn} label="Gezahlt am (Wertstellung)" />
          <EuroField
            field={fields.cashDiscount}
            label="Skonto"
            hint="abgezogener Betrag; mindert die Kosten"
          />
          {deductsMissed && (
            <EuroField
              field={fields.missedDiscount}
              label="Nicht gezogenes Skonto"
              hint="angeboten, aber nicht abgezogen; nach diesem Förderprogramm nicht förderfähig"
              isOptional
            />
          )}
          <EuroField
            field={fields.paidAmount}
            label="Gezahlter Betrag"
            hint="Rechnung weniger Skonto"
          />
        </div>
      </EntryForm>
    </Section>
  );
}
