import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Euro } from "#app/components/euro.tsx";
import { ActionLink, Empty, Page, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { formatDay, formatPercent } from "#app/german/notation.ts";
import { wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listEnvelopes } from "#app/records/envelopes.server.ts";
import { listGrants } from "#app/records/grants.server.ts";

export const meta: MetaFunction = () => [{ title: "Zuwendungen – Paktbuch" }];

export const loader = asKnown("read_books", async (_args, user) => {
  const [grants, envelopes] = await Promise.all([listGrants(user), listEnvelopes(user)]);
  return wire({ grants, envelopes, mayRecord: mayUser(user, "record") });
});

export default function Grants() {
  const { grants, envelopes, mayRecord } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Zuwendungen"
      lead="Bewilligt durch Bescheid; ein neuer wird beim Antrag gebucht."
      actions={
        <>
          {mayRecord &&
            envelopes.map(({ id }) => (
              <ActionLink key={id} to={`/envelopes/${id}`}>
                Anträge und neuer Antrag
              </ActionLink>
            ))}
          <ActionLink to="/receipts">Fehlende Belege</ActionLink>
        </>
      }
    >
      {grants.length === 0 ? (
        <Empty>
          Noch kein Bescheid. In der <TextLink to="/">Übersicht</TextLink> das Förderprogramm
          öffnen, den Antrag buchen und beim Antrag den Bescheid.
        </Empty>
      ) : (
        <Table
          caption="Zuwendungen"
          isCaptionHidden
          rows={grants}
          keyOf={({ id }) => id}
          columns={[
            {
              label: "Aktenzeichen",
              cell: ({ id, fileNumber }) => <TextLink to={`/grants/${id}`}>{fileNumber}</TextLink>,
            },
            { label: "Antrag", cell: ({ application }) => application },
            { label: "Bescheid vom", cell: ({ noticeOn }) => formatDay(noticeOn) },
            {
              label: "Bewilligungszeitraum",
              cell: ({ spendFrom, spendUntil }) =>
                `${formatDay(spendFrom)} bis ${formatDay(spendUntil)}`,
            },
            {
              label: "Fördersatz",
              isNumeric: true,
              cell: ({ fundingRate }) => formatPercent(fundingRate),
            },
            {
              label: "Zuwendung",
              isNumeric: true,
              cell: ({ grantAmount }) => <Euro amount={grantAmount} />,
            },
          ]}
        />
      )}
    </Page>
  );
}
