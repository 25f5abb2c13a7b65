/** The payment of an invoice, whole or in part, or the refund of a credit note. */
import { type SubmissionResult, useForm } from "@conform-to/react";
import { z } from "zod";
import { Checkbox, DayField, EuroField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Section } from "#app/components/page.tsx";
import { euro } from "#app/domain/money.ts";
import { checkbox, day, euroAmount, key, optionalEuroAmount } from "#app/form.ts";
import { amountInput, formatDay, formatEuro, formatPercent } from "#app/german/notation.ts";

export const paymentForm = z.object({
  id: key,
  paidOn: day,
  cashDiscount: optionalEuroAmount,
  missedDiscount: optionalEuroAmount,
  paidAmount: euroAmount,
  isPartial: checkbox,
});

type Page = {
  id: string;
  deductsMissed: boolean;
  /** What the invoice's own terms give today. */
  discount: string;
  invoice: {
    kind: string;
    open: string;
    payments: unknown[];
    discountRate: string | null;
    discountUntil: string | null;
  };
};

export function PaymentForm({
  page,
  lastResult,
}: {
  page: Page;
  lastResult: SubmissionResult<string[]> | undefined;
}) {
  const { id, invoice, deductsMissed } = page;
  const isRefund = invoice.kind === "credit_note";
  const discount = invoice.payments.length === 0 ? euro(page.discount) : euro("0");
  const [form, fields] = useForm<z.input<typeof paymentForm>>({
    id: "payment",
    lastResult,
    defaultValue: {
      id,
      cashDiscount: amountInput(discount),
      paidAmount: amountInput(euro(invoice.open).minus(discount)),
    },
  });
  const title = isRefund ? "Erstattung buchen" : "Zahlung buchen";
  return (
    <Section title={title}>
      {invoice.discountRate && invoice.discountUntil && (
        <p className="kern-body">
          Angeboten: {formatPercent(invoice.discountRate)} Skonto bis{" "}
          {formatDay(invoice.discountUntil)}.
        </p>
      )}
      <EntryForm form={form} submit={title}>
        <Hidden field={fields.id} />
        <div className="field-row">
          <DayField
            field={fields.paidOn}
            label={isRefund ? "Erstattet am (Wertstellung)" : "Gezahlt am (Wertstellung)"}
          />
          {!isRefund && (
            <EuroField
              field={fields.cashDiscount}
              label="Skonto"
              hint="abgezogener Betrag; mindert die Kosten"
            />
          )}
          {deductsMissed && !isRefund && (
            <EuroField
              field={fields.missedDiscount}
              label="Nicht gezogenes Skonto"
              hint="angeboten, aber nicht abgezogen; nach diesem Förderprogramm nicht förderfähig"
              isOptional
            />
          )}
          <EuroField
            field={fields.paidAmount}
            label={isRefund ? "Erstatteter Betrag" : "Gezahlter Betrag"}
            hint={`offen ${formatEuro(invoice.open)}${isRefund ? "" : ", weniger Skonto"}`}
          />
        </div>
        <Checkbox
          field={fields.isPartial}
          label={
            isRefund
              ? "Teilerstattung, der Rest kommt später"
              : "Teilzahlung, der Rest wird später gezahlt"
          }
        />
      </EntryForm>
    </Section>
  );
}
