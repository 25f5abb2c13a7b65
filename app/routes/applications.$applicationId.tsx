import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Euro } from "#app/components/euro.tsx";
import { ActionLink, Badge, Facts, Page, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { sum } from "#app/domain/money.ts";
import { may } from "#app/domain/permission.ts";
import { formatDay } from "#app/german/notation.ts";
import { idParam, wire } from "#app/http.ts";
import { findGrantOf, listMeasures, requireApplication } from "#app/records/applications.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.application.title ?? "Antrag"} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const application = await requireApplication(user, idParam(params.applicationId));
  const measures = await listMeasures(user, application.id);
  const grant = (await findGrantOf(user, application.id)) ?? null;
  return wire({
    application,
    measures,
    grant,
    total: sum(measures.map(({ amount }) => amount)),
    mayGrant: may(user.role, "record") && application.stands && grant === null,
  });
}

export default function Application() {
  const { application, measures, grant, total, mayGrant } = useLoaderData<typeof loader>();
  return (
    <Page
      title={application.title}
      lead={`Antrag vom ${formatDay(application.submittedOn)}`}
      crumbs={[{ to: `/envelopes/${application.envelopeId}`, label: "Förderprogramm" }]}
      actions={
        <>
          {!application.stands && <Badge kind="danger">storniert</Badge>}
          <TextLink to={`/documents/application/${application.id}`}>Beleg und Storno</TextLink>
          {mayGrant && (
            <ActionLink to={`/grants/new?application=${application.id}`} kind="primary">
              Bescheid buchen
            </ActionLink>
          )}
        </>
      }
    >
      <Facts
        facts={[
          ["Beruht auf Beschluss", application.resolution],
          [
            "Bescheid",
            grant ? (
              <TextLink to={`/grants/${grant.id}`}>{grant.fileNumber}</TextLink>
            ) : (
              "noch keiner"
            ),
          ],
        ]}
      />
      <Table
        caption="Maßnahmen"
        rows={measures}
        keyOf={({ id }) => id}
        footer={["Summe", "", "", <Euro key="total" amount={total} />, "", ""]}
        columns={[
          { label: "Schule", cell: ({ school }) => school },
          { label: "Fördergegenstand", cell: ({ code }) => code },
          { label: "Was", cell: ({ description }) => description },
          { label: "Kosten", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
          {
            label: "davon Sockelbetrag",
            isNumeric: true,
            cell: ({ fromBase }) => <Euro amount={fromBase} />,
          },
          {
            label: "davon frei teilbar",
            isNumeric: true,
            cell: ({ fromShared }) => <Euro amount={fromShared} />,
          },
        ]}
      />
    </Page>
  );
}
