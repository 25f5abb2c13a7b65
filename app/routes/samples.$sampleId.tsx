import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AuditStateBadge } from "#app/components/audit-marks.tsx";
import { DayText, Euro } from "#app/components/euro.tsx";
import { Facts, Notice, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { auditStateOf } from "#app/domain/audit-mark.ts";
import { sum } from "#app/domain/money.ts";
import { sampleMethodWords, scopeWords } from "#app/german/hint-words.ts";
import { formatMoment } from "#app/german/notation.ts";
import { idParam, wire } from "#app/http.ts";
import { marksByReceipt } from "#app/records/audit-marks.server.ts";
import { requireSample } from "#app/records/audit-samples.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Stichprobe ${data?.seed ?? ""} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const { units, chosen, ...sample } = await requireSample(user, idParam(params.sampleId));
  const marksOf = await marksByReceipt(user, { grantId: sample.grantId ?? undefined });
  return wire({
    ...sample,
    chosen: chosen.map((unit) => ({ ...unit, state: auditStateOf(marksOf.get(unit.id) ?? []) })),
    amount: sum(chosen.map(({ amount }) => amount)),
    total: sum(units.map(({ amount }) => amount)),
  });
}

export default function Sample() {
  const sample = useLoaderData<typeof loader>();
  const { name, rule } = sampleMethodWords[sample.method];
  return (
    <Page
      title={`Stichprobe ${sample.seed}`}
      lead={`${sample.drawn} von ${sample.count} Rechnungen, gezogen von ${sample.drawnBy}, ${formatMoment(sample.createdAt)}`}
      crumbs={[
        { to: "/marks", label: "Prüfung" },
        { to: "/samples", label: "Stichproben" },
      ]}
    >
      <Facts
        facts={[
          ["Umfang", scopeWords(sample, sample.fileNumber)],
          ["Verfahren", `${name}. ${rule}`],
          ["Verlangt", `${sample.size} Belege`],
          ["Startzahl", sample.seed],
          [
            "Nachrechnen",
            "Die Rechnungen sind nach Datum, Lieferant und Nummer geordnet und durchgezählt (Platz). Zufallszahlen: x wird 16807 · x mod 2147483647, beginnend mit der Startzahl; die ersten zehn fallen weg (Park und Miller).",
          ],
          ["Gezogen", <Euro key="amount" amount={sample.amount} />],
          ["Im Umfang, brutto", <Euro key="total" amount={sample.total} />],
        ]}
      />
      <Notice
        kind={sample.isSame ? "success" : "danger"}
        title={
          sample.isSame
            ? "Nachgerechnet: Startzahl und Umfang ergeben dieselbe Stichprobe"
            : "Die Startzahl ergibt eine andere Stichprobe als die aufbewahrte"
        }
      />
      <div className="sheet">
        <Section title="Gezogene Rechnungen">
          <Table
            caption="In der Reihenfolge der Ziehung"
            rows={sample.chosen}
            keyOf={({ id }) => id}
            footer={["", "", "zusammen", "", "", "", <Euro key="sum" amount={sample.amount} />, ""]}
            columns={[
              { label: "Nr.", cell: ({ drawnAs }) => drawnAs },
              { label: "Platz", isNumeric: true, cell: ({ position }) => position },
              {
                label: "Rechnung",
                cell: ({ id, number }) => <TextLink to={`/invoices/${id}`}>{number}</TextLink>,
              },
              { label: "vom", cell: ({ invoicedOn }) => <DayText day={invoicedOn} /> },
              { label: "Lieferant", cell: ({ supplier }) => supplier },
              { label: "Zuwendung", cell: ({ place }) => place },
              { label: "brutto", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
              {
                label: "Stand der Prüfung",
                cell: ({ state }) => <AuditStateBadge state={state} />,
              },
            ]}
          />
        </Section>
      </div>
    </Page>
  );
}
