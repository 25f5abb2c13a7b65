/** What an invoice says, how its sums come out, and what became of it. */
import { Euro } from "#app/components/euro.tsx";
import { Facts, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import type { CostKind } from "#app/domain/order.ts";
import type { IneligibleReason, InvoiceLineKind } from "#app/domain/invoice-line.ts";
import type { BudgetTreatment } from "#app/domain/low-value.ts";
import { formatDay, formatEuro, formatPercent } from "#app/german/notation.ts";
import {
  budgetTreatmentWords,
  costKindWords,
  ineligibleReasonWords,
  invoiceLineKindWords,
} from "#app/german/words.ts";

type Payment = {
  id: string;
  paidOn: string;
  paidAmount: string;
  cashDiscount: string;
  missedDiscount: string | null;
};

type Invoice = {
  kind: string;
  grossAmount: string;
  open: string;
  supersedesId: string | null;
  creditedId: string | null;
  dueOn: string | null;
  discountRate: string | null;
  discountUntil: string | null;
  roundingReason: string | null;
  overOrderReason: string | null;
  arithmetic: { ours: string; difference: string };
  recordedBy: { name: string };
  certification: { id: string; certifiedOn: string; certifier: string; note: string } | null;
  payments: Payment[];
  credits: { invoiceId: string; number: string; grossAmount: string }[];
};

export function InvoiceFacts({ invoice }: { invoice: Invoice }) {
  const { certification, creditedId, supersedesId, arithmetic } = invoice;
  return (
    <Facts
      facts={[
        ["Brutto", <Euro key="gross" amount={invoice.grossAmount} />],
        [
          "Rechnerisch",
          arithmetic.difference === "0"
            ? "Netto, Steuer und Brutto stimmen überein"
            : `aus Netto und Steuersatz ${formatEuro(arithmetic.ours)}, Unterschied ${formatEuro(arithmetic.difference)}`,
        ],
        ...optional("Grund des Unterschieds", invoice.roundingReason),
        ...optional("Mehr als bestellt, weil", invoice.overOrderReason),
        ...optional("Fällig am", invoice.dueOn && formatDay(invoice.dueOn)),
        ...optional("Skonto", discountOf(invoice)),
        ["Erfasst von", invoice.recordedBy.name],
        [
          "Festgestellt",
          certification ? (
            <TextLink to={`/documents/certification/${certification.id}`}>
              am {formatDay(certification.certifiedOn)} von {certification.certifier}
            </TextLink>
          ) : (
            "noch nicht"
          ),
        ],
        [
          invoice.kind === "credit_note" ? "Erstattungen" : "Zahlungen",
          <Payments key="p" {...invoice} />,
        ],
        [
          invoice.kind === "credit_note" ? "Noch zu erstatten" : "Noch zu zahlen",
          <Euro key="open" amount={invoice.open} />,
        ],
        ...optional("Gutschriften", invoice.credits.length > 0 && <Credits {...invoice} />),
        ...optional(
          "Mindert",
          creditedId && <TextLink to={`/invoices/${creditedId}`}>die Rechnung</TextLink>,
        ),
        ...optional(
          "Ersetzt",
          supersedesId && (
            <TextLink to={`/invoices/${supersedesId}`}>die stornierte Rechnung</TextLink>
          ),
        ),
      ]}
    />
  );
}

type Fact = [term: string, value: React.ReactNode];

function optional(term: string, value: React.ReactNode): Fact[] {
  return value ? [[term, value]] : [];
}

function discountOf({ discountRate, discountUntil }: Invoice): string | null {
  if (!discountRate || !discountUntil) return null;
  return `${formatPercent(discountRate)} bis ${formatDay(discountUntil)}`;
}

function Credits({ credits }: Pick<Invoice, "credits">) {
  return (
    <ul className="plain-list">
      {credits.map(({ invoiceId, number, grossAmount }, index) => (
        <li key={`${invoiceId} ${index}`}>
          <TextLink to={`/invoices/${invoiceId}`}>
            {number}: {formatEuro(grossAmount)}
          </TextLink>
        </li>
      ))}
    </ul>
  );
}

function Payments({ payments }: { payments: Payment[] }) {
  if (payments.length === 0) return <>noch keine</>;
  return (
    <ul className="plain-list">
      {payments.map(({ id, paidOn, paidAmount, cashDiscount, missedDiscount }) => (
        <li key={id}>
          <TextLink to={`/documents/payment/${id}`}>
            {formatEuro(paidAmount)} am {formatDay(paidOn)}
            {cashDiscount !== "0" && `, Skonto ${formatEuro(cashDiscount)}`}
            {missedDiscount &&
              missedDiscount !== "0" &&
              `, nicht gezogen ${formatEuro(missedDiscount)}`}
          </TextLink>
        </li>
      ))}
    </ul>
  );
}

type Line = {
  id: string;
  kind: InvoiceLineKind | null;
  school: string;
  code: string;
  description: string;
  costKind: CostKind;
  accompanyingReason: string | null;
  treatment: BudgetTreatment | null;
  orderId: string | null;
  orderNumber: string | null;
  netAmount: string | null;
  vatRate: string | null;
  grossAmount: string;
  deductibleVat: string | null;
  ineligibleAmount: string;
  ineligibleReason: IneligibleReason | null;
  ineligibleNote: string | null;
  eligibleAmount: string;
};

/** On the municipal budget there is nothing eligible or not: the whole cost is the authority's. */
export function InvoiceLinesTable({ lines, isMunicipal }: { lines: Line[]; isMunicipal: boolean }) {
  return (
    <Table
      caption="Zeilen"
      rows={lines}
      keyOf={({ id }) => id}
      columns={[
        { label: "Position", cell: ({ school, code }) => `${school} ${code}` },
        {
          label: "Was",
          cell: ({ description, kind }) =>
            kind && kind !== "item"
              ? `${description} (${invoiceLineKindWords[kind].replace(/ \(.*/, "")})`
              : description,
        },
        {
          label: "Kostenart",
          cell: ({ costKind, treatment, accompanyingReason }) =>
            [
              [costKindWords[costKind], accompanyingReason].filter(Boolean).join(": "),
              treatment && budgetTreatmentWords[treatment],
            ]
              .filter(Boolean)
              .join(", im Haushalt "),
        },
        {
          label: "Auftrag",
          cell: ({ orderId, orderNumber }) =>
            orderId ? <TextLink to={`/orders/${orderId}`}>{orderNumber}</TextLink> : "–",
        },
        {
          label: "netto",
          isNumeric: true,
          cell: ({ netAmount }) => (netAmount ? <Euro amount={netAmount} /> : "–"),
        },
        {
          label: "Steuersatz",
          isNumeric: true,
          cell: ({ vatRate }) => (vatRate ? formatPercent(vatRate) : "–"),
        },
        {
          label: "brutto",
          isNumeric: true,
          cell: ({ grossAmount }) => <Euro amount={grossAmount} />,
        },
        ...(isMunicipal
          ? []
          : [
              {
                label: "nicht förderfähig",
                isNumeric: true,
                cell: (line: Line) => <Ineligible {...line} />,
              },
            ]),
        {
          label: isMunicipal ? "im Haushalt" : "förderfähig vor Skonto",
          isNumeric: true,
          cell: ({ eligibleAmount }) => <Euro amount={eligibleAmount} />,
        },
      ]}
    />
  );
}

function Ineligible({ ineligibleAmount, ineligibleReason, ineligibleNote, deductibleVat }: Line) {
  const reason = ineligibleReason && ineligibleReasonWords[ineligibleReason];
  return (
    <>
      <Euro amount={ineligibleAmount} />
      {reason && (
        <span className="muted"> ({[reason, ineligibleNote].filter(Boolean).join(": ")})</span>
      )}
      {deductibleVat && deductibleVat !== "0" && (
        <span className="muted"> und {formatEuro(deductibleVat)} Vorsteuer</span>
      )}
    </>
  );
}
