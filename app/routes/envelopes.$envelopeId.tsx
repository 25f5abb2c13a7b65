import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ApplicationState } from "#app/components/application-state.tsx";
import { entriesOf, Euro } from "#app/components/euro.tsx";
import { EnvelopeArithmetic, EnvelopeFacts } from "#app/components/envelope-arithmetic.tsx";
import {
  ActionLink,
  Badge,
  Empty,
  Notice,
  Page,
  Section,
  TextLink,
} from "#app/components/page.tsx";
import { AllotmentTable, SchoolPotsTable } from "#app/components/school-pots.tsx";
import { Table } from "#app/components/table.tsx";
import { schoolArithmetic } from "#app/domain/envelope.ts";
import { mayUser } from "#app/domain/permission.ts";
import { formatDay, formatMoment } from "#app/german/notation.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { listAllotments, loadDividedPots } from "#app/records/allotments.server.ts";
import { listDrafts } from "#app/records/application-drafts.server.ts";
import { listApplications } from "#app/records/applications.server.ts";
import { listPotArithmetic, requireEnvelope } from "#app/records/envelopes.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.programme.name ?? "Förderprogramm"} – Paktbuch` },
];

export const loader = asKnown("read_all_books", async ({ params }, user) => {
  const { programme, ...envelope } = await requireEnvelope(user, idParam(params.envelopeId));
  const [potRows, pots, divided, allotments, applications, drafts] = await Promise.all([
    listPotArithmetic(user, envelope.id),
    listAccounts(user, { envelopeId: envelope.id, kind: "pot" }),
    loadDividedPots(user, envelope.id),
    listAllotments(user, envelope.id),
    listApplications(user),
    listDrafts(user, envelope.id),
  ]);
  const { key, version, name, directive, envelope: formula, firstCome } = programme;
  // Kept school by school only where base amounts are bound to their schools.
  const bases = potRows.filter(({ potKind }) => potKind === "base");
  const hasArithmetic = formula !== undefined && bases.length > 0;
  const arithmetic = schoolArithmetic(formula, bases);
  return wire({
    envelope,
    differences: {
      exact: envelope.computedAmount?.minus(envelope.givenAmount) ?? null,
      rounded: hasArithmetic ? arithmetic.totals.rounded.minus(envelope.givenAmount) : null,
    },
    programme: { key, version, name, directive },
    formula: hasArithmetic
      ? { perPupilAmount: formula.perPupilAmount, schoolsRoundedTo: formula.schoolsRoundedTo }
      : null,
    firstCome: firstCome ?? null,
    arithmetic,
    divided,
    allotments,
    pots,
    applications: applications.filter(({ envelopeId }) => envelopeId === envelope.id),
    drafts: drafts.map(({ id, title, changedAt, changedBy }) => {
      return { id, title: title || "ohne Bezeichnung", changedAt, changedBy };
    }),
    mayRecord: mayUser(user, "record") && envelope.stands,
  });
});

export default function Envelope() {
  const {
    envelope,
    differences,
    programme,
    formula,
    firstCome,
    arithmetic,
    divided,
    allotments,
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
      <EnvelopeFacts
        envelope={envelope}
        programme={programme}
        roundedTotal={formula ? arithmetic.totals.rounded : null}
        differences={differences}
      />

      {formula && (
        <EnvelopeArithmetic
          perPupilAmount={formula.perPupilAmount}
          roundedTo={formula.schoolsRoundedTo}
          schools={arithmetic.schools}
          totals={arithmetic.totals}
        />
      )}

      <Section
        title="Schulen und Zuteilung"
        actions={
          mayRecord && (
            <ActionLink to={`/envelopes/${envelope.id}/allotments/new`}>
              Zuteilung buchen
            </ActionLink>
          )
        }
      >
        {firstCome && (
          <Notice
            kind="info"
            title={`Windhundverfahren ab ${formatDay(firstCome.from)}${
              firstCome.until ? ` bis ${formatDay(firstCome.until)}` : ""
            }`}
          >
            <p className="kern-body">
              In dieser Zeit darf ein Bescheid über den Höchstbetrag hinausgehen; was darüber liegt,
              steht im Kontingent „Windhundverfahren“.
            </p>
          </Notice>
        )}
        <SchoolPotsTable envelopeId={envelope.id} {...divided} />
        <AllotmentTable allotments={allotments} />
      </Section>

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
