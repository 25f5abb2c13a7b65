import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ApplicationState } from "#app/components/application-state.tsx";
import { entriesOf, Euro } from "#app/components/euro.tsx";
import { ActionLink, Badge, Empty, Facts, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { may } from "#app/domain/permission.ts";
import { formatDay, formatFactor, formatMoment } from "#app/german/notation.ts";
import { idParam, wire } from "#app/http.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { listDrafts } from "#app/records/application-drafts.server.ts";
import { listApplications } from "#app/records/applications.server.ts";
import { listPotArithmetic, requireEnvelope } from "#app/records/envelopes.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.programme.name ?? "Förderprogramm"} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const { programme, ...envelope } = await requireEnvelope(user, idParam(params.envelopeId));
  const [arithmetic, pots, applications, drafts] = await Promise.all([
    listPotArithmetic(user, envelope.id),
    listAccounts(user, { envelopeId: envelope.id, kind: "pot" }),
    listApplications(user),
    listDrafts(user, envelope.id),
  ]);
  const { key, version, name, directive, envelope: formula } = programme;
  return wire({
    envelope,
    difference: envelope.computedAmount?.minus(envelope.givenAmount) ?? null,
    programme: { key, version, name, directive },
    perPupilAmount: formula?.perPupilAmount ?? null,
    arithmetic: arithmetic.filter(({ potKind }) => potKind === "base"),
    pots,
    applications: applications.filter(({ envelopeId }) => envelopeId === envelope.id),
    drafts: drafts.map(({ id, title, changedAt, changedBy }) => {
      return { id, title: title || "ohne Bezeichnung", changedAt, changedBy };
    }),
    mayRecord: may(user.role, "record") && envelope.stands,
  });
}

export default function Envelope() {
  const {
    envelope,
    difference,
    programme,
    perPupilAmount,
    arithmetic,
    pots,
    applications,
    drafts,
    mayRecord,
  } = useLoaderData<typeof loader>();
  return (
    <Page
      title={programme.name}
      lead={programme.directive}
      crumbs={[{ to: "/", label: "Übersicht" }]}
      actions={
        <>
          {!envelope.stands && <Badge kind="danger">storniert</Badge>}
          <TextLink to={`/documents/envelope/${envelope.id}`}>Beleg und Storno</TextLink>
        </>
      }
    >
      <Facts
        facts={[
          ["Veröffentlicht", <Euro key="given" amount={envelope.givenAmount} />],
          [
            "Nach der Formel berechnet",
            envelope.computedAmount ? (
              <Euro key="computed" amount={envelope.computedAmount} />
            ) : (
              "keine Formel veröffentlicht"
            ),
          ],
          ["Differenz", difference ? <Euro key="difference" amount={difference} /> : "–"],
          ["Veröffentlicht am", formatDay(envelope.givenOn)],
          ["Bemerkung", envelope.note || "–"],
        ]}
      />

      {perPupilAmount && (
        <Section title="So wurde gerechnet">
          <Table
            caption={`Sockelbetrag und Kopfbetrag (${formatFactor(perPupilAmount)} € je Schüler beim Gewicht 1)`}
            rows={arithmetic}
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
                cell: ({ perPupilShare }) => perPupilShare && `${formatFactor(perPupilShare)} €`,
              },
            ]}
          />
          <p className="kern-body kern-body--small muted">
            Der Betrag je Schüler ist aus veröffentlichten Zuteilungen hergeleitet; die Richtlinie
            nennt ihn nicht. Der Sockelbetrag bleibt bei seiner Schule.
          </p>
        </Section>
      )}

      <Section title="Kontingente">
        <Table
          caption="Was beantragt und bewilligt ist"
          rows={pots}
          keyOf={({ id }) => id}
          columns={[
            { label: "Kontingent", cell: ({ label }) => label },
            ...(["ceiling", "applied", "granted"] as const).map((figure) => ({
              label: { ceiling: "Höchstbetrag", applied: "beantragt", granted: "bewilligt" }[
                figure
              ],
              isNumeric: true,
              cell: (pot: (typeof pots)[number]) => (
                <Euro amount={pot[figure]} to={entriesOf({ account: pot.id, figure })} />
              ),
            })),
          ]}
        />
      </Section>

      <Section
        title="Anträge"
        actions={
          mayRecord && (
            <ActionLink to={`/applications/new?envelope=${envelope.id}`} kind="primary">
              Antrag vorbereiten
            </ActionLink>
          )
        }
      >
        {applications.length === 0 ? (
          <Empty>Noch kein Antrag aus diesem Förderprogramm.</Empty>
        ) : (
          <Table
            caption="Anträge"
            isCaptionHidden
            rows={applications}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Antrag",
                cell: ({ id, title }) => <TextLink to={`/applications/${id}`}>{title}</TextLink>,
              },
              {
                label: "Stand",
                cell: (application) => <ApplicationState application={application} />,
              },
              { label: "gestellt am", cell: ({ submittedOn }) => formatDay(submittedOn) },
              {
                label: "Beschluss",
                cell: ({ resolutionId, resolution }) => (
                  <TextLink to={`/resolutions/${resolutionId}`}>{resolution}</TextLink>
                ),
              },
              { label: "Summe", isNumeric: true, cell: ({ asked }) => <Euro amount={asked} /> },
            ]}
          />
        )}
        {drafts.length > 0 && (
          <Table
            caption="Entwürfe"
            rows={drafts}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Entwurf",
                cell: ({ id, title }) =>
                  mayRecord ? (
                    <TextLink to={`/applications/drafts/${id}`}>{title}</TextLink>
                  ) : (
                    title
                  ),
              },
              { label: "geändert am", cell: ({ changedAt }) => formatMoment(changedAt) },
              { label: "von", cell: ({ changedBy }) => changedBy },
            ]}
          />
        )}
      </Section>
    </Page>
  );
}
