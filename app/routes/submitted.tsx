import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DayText, Euro } from "#app/components/euro.tsx";
import { Empty, Facts, Page, Section } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { noticeTitles } from "#app/domain/titles.ts";
import { formatDay, formatEuro } from "#app/german/notation.ts";
import { proofKindWords } from "#app/german/words.ts";
import { wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadSubmitted } from "#app/records/submitted.server.ts";

export const meta: MetaFunction = () => [{ title: "Eingereichtes – Paktbuch" }];

export const loader = asKnown("read_submitted", async (_args, user) => {
  return wire({ grants: await loadSubmitted(user) });
});

export default function Submitted() {
  const { grants } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Eingereichtes"
      lead="Anträge, Mittelabrufe und Nachweise, wie sie bei der Bewilligungsbehörde eingereicht wurden, und ihre Bescheide."
    >
      {grants.length === 0 && <Empty>Noch ist nichts eingereicht.</Empty>}
      {grants.map((grant) => (
        <Section key={grant.id} title={grant.fileNumber}>
          <Facts
            facts={[
              ["Bewilligungsbehörde", grant.grantingAuthority],
              ["Bescheid", `${formatDay(grant.noticeOn)}, ${formatEuro(grant.grantAmount)}`],
              [
                "Antrag",
                `${grant.application.title}, eingereicht am ${formatDay(grant.application.submittedOn)}`,
              ],
            ]}
          />
          <Papers grant={grant} />
        </Section>
      ))}
    </Page>
  );
}

type Grant = ReturnType<typeof useLoaderData<typeof loader>>["grants"][number];

function Papers({ grant }: { grant: Grant }) {
  const { fileNumber, measures, notices, drawdowns, proofs } = grant;
  return (
    <>
      <Table
        caption={`Maßnahmen des Antrags zu ${fileNumber}`}
        rows={measures}
        keyOf={({ id }) => id}
        columns={[
          { label: "Schule", cell: ({ school }) => school },
          { label: "Gegenstand", cell: ({ code }) => code },
          { label: "Beschreibung", cell: ({ description }) => description },
          { label: "beantragt", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
        ]}
      />
      {notices.length > 0 && (
        <Table
          caption={`Folgebescheide zu ${fileNumber}`}
          rows={notices}
          keyOf={({ id }) => id}
          columns={[
            { label: "Bescheid", cell: ({ kind }) => noticeTitles[kind] },
            { label: "vom", cell: ({ noticeOn }) => <DayText day={noticeOn} /> },
            { label: "Zeichen", cell: ({ reference }) => reference || "–" },
          ]}
        />
      )}
      {drawdowns.length === 0 ? (
        <Empty>Mittelabrufe zu {fileNumber}: noch keiner gestellt.</Empty>
      ) : (
        <Table
          caption={`Mittelabrufe zu ${fileNumber}`}
          rows={drawdowns}
          keyOf={({ id }) => id}
          columns={[
            { label: "Nr.", isNumeric: true, cell: ({ number }) => number },
            { label: "abgerufen am", cell: ({ requestedOn }) => <DayText day={requestedOn} /> },
            { label: "Zweck", cell: ({ purpose }) => purpose },
            { label: "Betrag", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
            {
              label: "eingegangen",
              isNumeric: true,
              cell: ({ received }) => <Euro amount={received} />,
            },
          ]}
        />
      )}
      {proofs.length === 0 ? (
        <Empty>Nachweise zu {fileNumber}: noch keiner eingereicht.</Empty>
      ) : (
        <Table
          caption={`Nachweise zu ${fileNumber}`}
          rows={proofs}
          keyOf={({ id }) => id}
          columns={[
            { label: "Nachweis", cell: ({ kind }) => proofKindWords[kind] },
            { label: "eingereicht am", cell: ({ submittedOn }) => <DayText day={submittedOn} /> },
            {
              label: "beantwortet am",
              cell: ({ answeredOn }) => (answeredOn ? <DayText day={answeredOn} /> : "–"),
            },
            {
              label: "Papier",
              cell: ({ id, submittedOn }) => (
                <a
                  className="kern-link kern-link--no-visited-state"
                  href={`/proofs/${id}.pdf`}
                  aria-label={`Nachweis vom ${formatDay(submittedOn)} als PDF`}
                >
                  PDF
                </a>
              ),
            },
          ]}
        />
      )}
    </>
  );
}
