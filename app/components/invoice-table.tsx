/** Invoices, newest first, each with how far it is. */
import type { InvoiceState } from "#app/domain/certification.ts";
import type { InvoiceKind } from "#app/domain/invoice.ts";
import { invoiceKindWords } from "#app/german/words.ts";
import { DayText, Euro } from "./euro.tsx";
import { InvoiceStateBadge } from "./invoice-state.tsx";
import { Badge, TextLink } from "./page.tsx";
import { Table } from "./table.tsx";

type Invoice = {
  id: string;
  number: string;
  kind: InvoiceKind;
  invoicedOn: string;
  supplier: string;
  places: string[];
  grossAmount: string;
  eligibleAmount: string;
  open: string;
  state: InvoiceState;
  paidOn: string | null;
  stands: boolean;
  hasFile: boolean;
};

/** On the municipal budget nothing is "eligible": there its cost is what the authority bears. */
export function InvoiceTable({
  invoices,
  isMunicipal = false,
}: {
  invoices: Invoice[];
  isMunicipal?: boolean;
}) {
  return (
    <Table
      caption="Rechnungen, neueste zuerst"
      rows={invoices}
      keyOf={({ id }) => id}
      columns={[
        {
          label: "Rechnung",
          cell: ({ id, number, kind }) => (
            <>
              <TextLink to={`/invoices/${id}`}>{number}</TextLink>
              {kind !== "invoice" && <> ({invoiceKindWords[kind]})</>}
            </>
          ),
        },
        { label: "vom", cell: ({ invoicedOn }) => <DayText day={invoicedOn} /> },
        { label: "Lieferant", cell: ({ supplier }) => supplier },
        { label: "Positionen", cell: ({ places }) => places.join(", ") },
        {
          label: "brutto",
          isNumeric: true,
          cell: ({ grossAmount }) => <Euro amount={grossAmount} />,
        },
        {
          label: isMunicipal ? "im Haushalt" : "förderfähig vor Skonto",
          isNumeric: true,
          cell: ({ eligibleAmount }) => <Euro amount={eligibleAmount} />,
        },
        { label: "offen", isNumeric: true, cell: ({ open }) => <Euro amount={open} /> },
        {
          label: "Stand",
          cell: ({ state, paidOn, stands, hasFile }) => (
            <span className="badges">
              <InvoiceStateBadge state={state} paidOn={paidOn} />
              {stands && !hasFile && <Badge kind="warning">ohne Beleg</Badge>}
            </span>
          ),
        },
      ]}
    />
  );
}
