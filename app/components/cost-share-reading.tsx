/** How a fixed sum of a joint service is meant: the reading, the total, the key, and the part of each member. */
import type { AllocationKey } from "#app/domain/cost-share.ts";
import { fixedReadingWords } from "#app/german/joint-words.ts";
import { formatEuro, formatFactor } from "#app/german/notation.ts";
import { Euro } from "./euro.tsx";
import { Facts, Section } from "./page.tsx";
import { Table } from "./table.tsx";

/** As it comes over the wire: amounts and weights as exact decimal texts. */
type Share = {
  allocationKey: AllocationKey;
  /** In euro gross: the own share, or the joint total of all members. */
  amount: string;
  ownAmount: string;
  parts: { id: string; member: string; isOwn: boolean; weight: string | null; amount: string }[];
};

export function CostShareReading({ share }: { share: Share }) {
  const { allocationKey, amount, ownAmount, parts } = share;
  const isOwnShare = allocationKey === "own_share";
  return (
    <>
      <Facts
        facts={[
          ["Art", "Festbetrag, ohne Plan und Abrechnung"],
          ["Lesart und Schlüssel", fixedReadingWords[allocationKey]],
          ...(isOwnShare
            ? []
            : [["Summe aller Mitglieder", formatEuro(amount)] as [string, string]]),
          ["Eigener Anteil", formatEuro(ownAmount)],
        ]}
      />
      <Section title="Anteile der Mitglieder">
        {isOwnShare ? (
          <p className="kern-body">
            Gefordert ist nur unser eigener Anteil. Summe, Schlüssel und Anteile der anderen
            Mitglieder stehen nicht in diesen Büchern.
          </p>
        ) : (
          <Table
            caption="Anteile der Mitglieder"
            isCaptionHidden
            rows={parts}
            keyOf={({ id }) => id}
            footer={["Summe", "", <Euro key="sum" amount={amount} />]}
            columns={[
              {
                label: "Mitglied",
                cell: ({ member, isOwn }) => (isOwn ? <strong>{member}</strong> : member),
              },
              {
                label: "Gewicht",
                isNumeric: true,
                cell: ({ weight }) => (weight === null ? "–" : formatFactor(weight)),
              },
              { label: "Anteil", isNumeric: true, cell: (part) => <Euro amount={part.amount} /> },
            ]}
          />
        )}
      </Section>
    </>
  );
}
