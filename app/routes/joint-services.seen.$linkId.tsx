import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DayText, Euro } from "#app/components/euro.tsx";
import { JointMember } from "#app/components/joint-member.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { ActionLink, Empty, Facts, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { keyText, legalFormText } from "#app/german/joint-words.ts";
import { formatDay, formatMoment } from "#app/german/notation.ts";
import { idParam, wire } from "#app/http.ts";
import { requireSeenAgreement } from "#app/records/joint-seen.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.name ?? "IKZ"} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_all_books");
  const agreement = await requireSeenAgreement(user, idParam(params.linkId));
  return wire({ ...agreement, mayEnd: mayUser(user, "coordinate") });
}

export default function SeenAgreement() {
  const agreement = useLoaderData<typeof loader>();
  const { linkId, name, keeperName, acceptedAt, members, tasks, years, mayEnd } = agreement;
  return (
    <Page
      title={name}
      lead={`Geführt von ${keeperName}. Sie lesen hier mit; gebucht wird dort.`}
      crumbs={[{ to: "/joint-services", label: "IKZ" }]}
      actions={
        mayEnd && (
          <ActionLink to={`/joint-services/seen/${linkId}/end`}>Einsicht beenden</ActionLink>
        )
      }
    >
      <MunicipalTabs />
      <Facts
        facts={[
          ["Rechtsform", legalFormText(agreement)],
          ["Beginn", formatDay(agreement.startedOn)],
          ["Ende", agreement.endsOn ? formatDay(agreement.endsOn) : "unbefristet"],
          [
            "Kündigungsfrist",
            agreement.noticeMonths != null ? `${agreement.noticeMonths} Monate` : "ohne Angabe",
          ],
          ["Einsicht seit", formatMoment(acceptedAt)],
        ]}
      />
      <Section title="Haushaltsjahre">
        {years.length === 0 ? (
          <Empty>Noch kein Schlüssel festgelegt und kein Jahr geplant.</Empty>
        ) : (
          <Table
            caption="Geplant und abgerechnet"
            isCaptionHidden
            rows={years}
            keyOf={({ fiscalYear }) => fiscalYear}
            columns={[
              {
                label: "Jahr",
                cell: ({ fiscalYear }) => (
                  <TextLink to={`/joint-services/seen/${linkId}/years/${fiscalYear}`}>
                    {fiscalYear}
                  </TextLink>
                ),
              },
              { label: "Schlüssel", cell: ({ components }) => keyText(components) || "–" },
              { label: "geplant", isNumeric: true, cell: (y) => <Amount amount={y.planned} /> },
              {
                label: "unser Anteil",
                isNumeric: true,
                cell: (y) => <Amount amount={y.ownPlanned} />,
              },
              { label: "abgerechnet", isNumeric: true, cell: (y) => <Amount amount={y.settled} /> },
              {
                label: "unser Anteil am Ist",
                isNumeric: true,
                cell: (y) => <Amount amount={y.ownSettled} />,
              },
            ]}
          />
        )}
      </Section>
      <Section title="Mitglieder">
        <Table
          caption="Mitglieder"
          isCaptionHidden
          rows={members}
          keyOf={({ id }) => id}
          columns={[
            { label: "Mitglied", cell: (member) => <JointMember {...member} /> },
            { label: "seit", cell: ({ joinedOn }) => <DayText day={joinedOn} /> },
            { label: "bis", cell: ({ leftOn }) => (leftOn ? <DayText day={leftOn} /> : "–") },
          ]}
        />
      </Section>
      <Section title="Aufgaben">
        {tasks.length === 0 ? (
          <Empty>Noch keine Aufgaben eingetragen.</Empty>
        ) : (
          <ol className="kern-list kern-list--number">
            {tasks.map(({ id, title, points }) => (
              <li key={id}>
                {title}
                {points && (
                  <ul className="kern-list kern-list--bullet">
                    {points.split("\n").map((point) => (
                      <li key={point}>{point}</li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ol>
        )}
      </Section>
    </Page>
  );
}

function Amount({ amount }: { amount: string | null }) {
  return amount === null ? "–" : <Euro amount={amount} />;
}
