/** How an envelope was reckoned, school by school: exact, as published, and what differs. */
import { formatDay, formatFactor } from "#app/german/notation.ts";
import { Euro } from "./euro.tsx";
import { Badge, Facts, Section, TextLink } from "./page.tsx";
import { Table } from "./table.tsx";

/** The published amount, ours beside it both ways, and what differs. */
export function EnvelopeFacts({
  envelope,
  programme: { key, version },
  roundedTotal,
  differences,
}: {
  envelope: {
    givenAmount: string;
    computedAmount: string | null;
    givenOn: string;
    note: string;
  };
  programme: { key: string; version: number };
  roundedTotal: string | null;
  differences: { exact: string | null; rounded: string | null };
}) {
  const { computedAmount: exactTotal } = envelope;
  const none = "keine Formel veröffentlicht";
  return (
    <Facts
      facts={[
        [
          "Förderprogramm",
          <TextLink key="rules" to={`/programmes/${key}${version ? `?version=${version}` : ""}`}>
            {version ? `Regeln der Fassung ${version}` : "Regeln"}
          </TextLink>,
        ],
        ["Veröffentlicht", <Euro key="given" amount={envelope.givenAmount} />],
        ["Nach der Formel, genau", exactTotal ? <Euro key="exact" amount={exactTotal} /> : none],
        ["Differenz des genauen Betrags", difference(differences.exact)],
        [
          "Summe der gerundeten Schulbeträge",
          roundedTotal ? <Euro key="rounded" amount={roundedTotal} /> : exactTotal ? "–" : none,
        ],
        ["Differenz der gerundeten Summe", difference(differences.rounded)],
        ["Veröffentlicht am", formatDay(envelope.givenOn)],
        ["Bemerkung", envelope.note || "–"],
      ]}
    />
  );
}

function difference(amount: string | null) {
  return amount ? <Euro amount={amount} /> : "–";
}

export type SchoolArithmetic = {
  accountId: string;
  school: string | null;
  pupils: number | null;
  pupilsAreIllustrative: boolean | null;
  weight: string | null;
  ceiling: string;
  perPupilShare: string | null;
  total: string;
  rounded: string;
};

export function EnvelopeArithmetic({
  perPupilAmount,
  roundedTo,
  schools,
  totals,
}: {
  perPupilAmount: string;
  roundedTo: "euro" | "cent";
  schools: SchoolArithmetic[];
  totals: { baseAmount: string; perPupilShare: string; total: string; rounded: string };
}) {
  return (
    <Section title="So wurde gerechnet">
      <Table
        caption={`Sockelbetrag und Kopfbetrag (${formatFactor(perPupilAmount)} € je Schüler beim Gewicht 1)`}
        rows={schools}
        keyOf={({ accountId }) => accountId}
        columns={[
          { label: "Schule", cell: ({ school }) => school },
          {
            label: "Schülerzahl",
            isNumeric: true,
            cell: ({ pupils, pupilsAreIllustrative }) => (
              <>
                {pupils} {pupilsAreIllustrative && <Badge kind="info">illustrativ</Badge>}
              </>
            ),
          },
          {
            label: "Gewicht",
            isNumeric: true,
            cell: ({ weight }) => weight && formatFactor(weight),
          },
          {
            label: "Sockelbetrag",
            isNumeric: true,
            cell: ({ ceiling }) => <Euro amount={ceiling} />,
          },
          {
            label: "Kopfbetrag, genau",
            isNumeric: true,
            cell: ({ perPupilShare }) => perPupilShare && exact(perPupilShare),
          },
          { label: "zusammen, genau", isNumeric: true, cell: ({ total }) => exact(total) },
          {
            label: roundedTo === "euro" ? "auf Euro gerundet" : "auf Cent gerundet",
            isNumeric: true,
            cell: ({ rounded }) => <Euro amount={rounded} />,
          },
        ]}
        footer={[
          "Summe",
          schools.reduce((sum, { pupils }) => sum + (pupils ?? 0), 0),
          "",
          <Euro key="base" amount={totals.baseAmount} />,
          exact(totals.perPupilShare),
          exact(totals.total),
          <Euro key="rounded" amount={totals.rounded} />,
        ]}
      />
      <p className="kern-body kern-body--small muted">
        Schülerzahlen und Gewichte sind die vom Tag der Buchung. Der Sockelbetrag bleibt bei seiner
        Schule.
      </p>
    </Section>
  );
}

function exact(amount: string): string {
  return `${formatFactor(amount)} €`;
}
