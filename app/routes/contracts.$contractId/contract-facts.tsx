/** What was agreed in a contract, and what was changed since. */
import { Badge, Facts, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import {
  adjustmentWords,
  changeKindWords,
  rhythmWords,
  stepDayWords,
} from "#app/german/contract-words.ts";
import { formatDay, formatEuro, formatFactor, formatPercent } from "#app/german/notation.ts";
import type { Shown } from "./route.tsx";

type Contract = Shown["contract"];

export function ContractFacts({ contract, served, lastDay, terminatedTo, notice }: Shown) {
  return (
    <Facts
      facts={[
        ["Vertragspartner", contract.supplier ?? "eigene Leistung"],
        [
          "Preis bei Abschluss",
          `${formatEuro(contract.amount)} ${rhythmWords[contract.rhythm]}, darin ${formatPercent(contract.vatRate)} Umsatzsteuer`,
        ],
        ["Preisanpassung", adjustmentOf(contract)],
        ["Laufzeit", termOf(contract)],
        [
          "Kündigung",
          terminatedTo
            ? `gekündigt zum ${formatDay(terminatedTo)}`
            : notice
              ? `kündbar bis ${formatDay(notice.noticeBy)} zum ${formatDay(notice.endsOn)}`
              : `endet am ${formatDay(lastDay!)} von selbst`,
        ],
        [
          "Haushaltskonto",
          [contract.product, contract.costCentre, contract.ledgerAccount]
            .filter(Boolean)
            .join(" / "),
        ],
        [
          "Dient der Investition",
          served ? (
            <span key="served">
              <TextLink to={`/grants/${served.grantId}`}>{served.label}</TextLink>
              {contract.servedNote && `: ${contract.servedNote}`}. Auf die Zuwendung wird davon
              nichts gebucht.
            </span>
          ) : (
            "–"
          ),
        ],
      ]}
    />
  );
}

function termOf({ signedOn, startedOn, endsOn, noticeMonths, renewalMonths }: Contract): string {
  const months = (count: number) => `${count} ${count === 1 ? "Monat" : "Monate"}`;
  return [
    `geschlossen am ${formatDay(signedOn)}`,
    endsOn
      ? `${formatDay(startedOn)} bis ${formatDay(endsOn)}`
      : `ab ${formatDay(startedOn)} unbefristet`,
    renewalMonths > 0 && `verlängert sich um ${months(renewalMonths)}`,
    noticeMonths !== null && `Kündigungsfrist ${months(noticeMonths)}`,
  ]
    .filter(Boolean)
    .join("; ");
}

function adjustmentOf(contract: Contract): string {
  const on = stepDayWords[contract.stepOn];
  if (contract.adjustment === "yearly_step") {
    return `${formatPercent(contract.stepRate!)} mehr, ${on}`;
  }
  if (contract.adjustment === "none") return adjustmentWords.none;
  return `${contract.indexName} (Ausgangswert ${formatFactor(contract.indexBase!)}), ${on}; ohne Wert ${formatPercent(contract.expectedRate!)} im Jahr`;
}

export function ChangeTable({ contract }: Shown) {
  if (contract.documents.length === 0) return null;
  return (
    <Section title="Änderungen">
      <Table
        caption="Vertragsänderungen"
        isCaptionHidden
        rows={contract.documents}
        keyOf={({ id }) => id}
        columns={[
          {
            label: "vom",
            cell: ({ id, changedOn, stands }) => (
              <>
                <TextLink to={`/documents/contract_change/${id}`}>{formatDay(changedOn)}</TextLink>{" "}
                {!stands && <Badge kind="danger">storniert</Badge>}
              </>
            ),
          },
          {
            label: "Was",
            cell: ({ kind, validFrom, amount }) =>
              kind === "price"
                ? `${changeKindWords.price}: ${formatEuro(amount!)} ${rhythmWords[contract.rhythm]} ab ${formatDay(validFrom)}`
                : `${changeKindWords[kind]}: ${formatDay(validFrom)}`,
          },
          { label: "Grund", cell: ({ reason }) => reason },
        ]}
      />
    </Section>
  );
}
