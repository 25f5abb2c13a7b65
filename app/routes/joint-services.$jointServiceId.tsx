import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DayText, Euro } from "#app/components/euro.tsx";
import { ActionLink, Badge, Empty, Facts, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { may } from "#app/domain/permission.ts";
import { allocationKeyWords } from "#app/german/book-words.ts";
import { formatDay, formatFactor } from "#app/german/notation.ts";
import { idParam, wire } from "#app/http.ts";
import { listCostShares, requireJointService } from "#app/records/joint-services.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.service.name ?? "IKZ"} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const service = await requireJointService(user, idParam(params.jointServiceId));
  const shares = await listCostShares(user, service.id);
  return wire({ service, shares, mayRecord: may(user.role, "record") });
}

export default function JointService() {
  const { service, shares, mayRecord } = useLoaderData<typeof loader>();
  return (
    <Page
      title={service.name}
      lead={`${service.legalForm}, seit ${formatDay(service.startedOn)}`}
      crumbs={[{ to: "/municipal-budget", label: "Haushalt und IKZ" }]}
      actions={
        mayRecord && (
          <ActionLink to={`/joint-services/${service.id}/cost-shares/new`} kind="primary">
            Umlage eines Jahres buchen
          </ActionLink>
        )
      }
    >
      <Facts
        facts={[
          ["Beschluss", service.resolution ?? "–"],
          ["Mitglieder", service.members.map(({ name }) => name).join(", ")],
          ["Bemerkung", service.note || "–"],
        ]}
      />
      <Section title="Umlagen">
        {shares.length === 0 ? (
          <Empty>Noch keine Umlage gebucht.</Empty>
        ) : (
          <Table
            caption="Je Haushaltsjahr"
            rows={shares}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Haushaltsjahr",
                cell: ({ id, fiscalYear, stands }) => (
                  <>
                    <TextLink to={`/cost-shares/${id}`}>{fiscalYear}</TextLink>{" "}
                    {!stands && <Badge kind="danger">storniert</Badge>}
                  </>
                ),
              },
              {
                label: "Lesart und Schlüssel",
                cell: ({ allocationKey }) => readingOf[allocationKey],
              },
              {
                label: "Betrag nach dieser Lesart",
                isNumeric: true,
                cell: ({ amount }) => <Euro amount={amount} />,
              },
              {
                label: "eigener Anteil",
                isNumeric: true,
                cell: ({ ownAmount }) => <Euro amount={ownAmount} />,
              },
              {
                label: "bezahlt am",
                cell: ({ paidOn }) =>
                  paidOn ? <DayText day={paidOn} /> : <Badge kind="warning">offen</Badge>,
              },
            ]}
          />
        )}
      </Section>
      {shares
        .filter(({ parts, stands }) => stands && parts.length > 1)
        .map(({ id, fiscalYear, allocationKey, amount, parts }) => (
          <Section key={id} title={`So wurde ${fiscalYear} geteilt`}>
            <Table
              caption={`Gesamtkosten ${allocationKeyWords[allocationKey]}, Rest der Cent nach dem größten Rest`}
              rows={parts}
              keyOf={(part) => part.id}
              footer={["Summe", "", <Euro key="total" amount={amount} />]}
              columns={[
                {
                  label: "Mitglied",
                  cell: ({ member, isOwn }) => (isOwn ? <strong>{member}</strong> : member),
                },
                {
                  label: "Gewicht",
                  isNumeric: true,
                  cell: ({ weight }) => (weight ? formatFactor(weight) : "–"),
                },
                {
                  label: "Anteil",
                  isNumeric: true,
                  cell: (part) => <Euro amount={part.amount} />,
                },
              ]}
            />
          </Section>
        ))}
    </Page>
  );
}

const readingOf = {
  own_share: "Betrag ist der eigene Anteil",
  equal_parts: "Betrag ist die Summe aller, gleiche Teile",
  by_weight: "Betrag ist die Summe aller, nach Gewichten",
};
