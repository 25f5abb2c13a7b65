import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DayText } from "#app/components/euro.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { ActionLink, Empty, Page, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listEndedLinks, listSeenServices } from "#app/records/joint-seen.server.ts";
import { listJointServices } from "#app/records/joint-services.server.ts";
import { SeenServices } from "./seen-services.tsx";

export const meta: MetaFunction = () => [{ title: "IKZ – Paktbuch" }];

export const loader = asKnown("read_all_books", async (_args, user) => {
  return wire({
    services: await listJointServices(user),
    seen: await listSeenServices(user),
    ended: await listEndedLinks(user),
    isPast: user.readsOnly === true,
    mayRecord: mayUser(user, "coordinate"),
  });
});

export default function JointServices() {
  const { services, seen, ended, isPast, mayRecord } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Interkommunale Zusammenarbeit"
      lead="Vereinbarungen mit anderen Schulträgern: wer mitmacht, wie die Kosten geteilt werden, was jedes Jahr geplant, gezahlt und abgerechnet ist."
      crumbs={[{ to: "/municipal-budget", label: "Haushalt" }]}
      actions={
        mayRecord && (
          <ActionLink to="/joint-services/new" kind="primary">
            Vereinbarung anlegen
          </ActionLink>
        )
      }
    >
      <MunicipalTabs />
      {services.length === 0 ? (
        <Empty>Noch keine Vereinbarung.</Empty>
      ) : (
        <Table
          caption="Vereinbarungen"
          isCaptionHidden
          rows={services}
          keyOf={({ id }) => id}
          columns={[
            {
              label: "Vereinbarung",
              cell: ({ id, name }) => <TextLink to={`/joint-services/${id}`}>{name}</TextLink>,
            },
            { label: "Beginn", cell: ({ startedOn }) => <DayText day={startedOn} /> },
            { label: "Beschluss", cell: ({ resolution }) => resolution ?? "–" },
          ]}
        />
      )}
      {!isPast && <SeenServices seen={seen} ended={ended} mayEnter={mayRecord} />}
    </Page>
  );
}
