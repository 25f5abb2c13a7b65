/** What the books have of a contract in each fiscal year: planned, committed, invoiced, paid. */
import { Euro } from "#app/components/euro.tsx";
import { Empty, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import type { Shown } from "./route.tsx";

export function PostedYears({ contract, posted, mayChange }: Shown) {
  return (
    <Section title="Im Haushalt gebucht">
      {posted.length === 0 ? (
        <Empty>
          Noch ist nichts gebunden. Gebucht wird von selbst, sobald der Haushalt eines Jahres das
          Konto und genug Geld dafür hat; was fehlt, steht bei den Verträgen.
        </Empty>
      ) : (
        <Table
          caption="Gebucht je Haushaltsjahr"
          isCaptionHidden
          rows={posted}
          keyOf={({ orderId }) => orderId}
          columns={[
            {
              label: "Haushaltsjahr",
              cell: ({ fiscalYear, costYear, isCarried, orderId }) => (
                <>
                  {fiscalYear}:{" "}
                  <TextLink to={`/orders/${orderId}`}>Auftrag {contract.number}</TextLink>
                  {isCarried && `, aus ${costYear} übertragen`}
                </>
              ),
            },
            {
              label: "geplant",
              isNumeric: true,
              cell: ({ planned }) => <Euro amount={planned} />,
            },
            {
              label: "gebunden",
              isNumeric: true,
              cell: ({ committed }) => <Euro amount={committed} />,
            },
            {
              label: "in Rechnung gestellt",
              isNumeric: true,
              cell: ({ fiscalYear, invoiced }) => (
                <TextLink to={`/municipal-budget/${fiscalYear}/invoices`}>
                  <Euro amount={invoiced} />
                </TextLink>
              ),
            },
            { label: "bezahlt", isNumeric: true, cell: ({ paid }) => <Euro amount={paid} /> },
            {
              label: "Rechnung",
              cell: ({ fiscalYear, orderId, committed }) =>
                mayChange && Number(committed) > 0 ? (
                  <TextLink to={`/municipal-budget/${fiscalYear}/invoices/new?order=${orderId}`}>
                    Rechnung dazu buchen
                  </TextLink>
                ) : (
                  "–"
                ),
            },
          ]}
        />
      )}
    </Section>
  );
}
