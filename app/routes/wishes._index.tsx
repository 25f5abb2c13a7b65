import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DayText, Euro } from "#app/components/euro.tsx";
import { Empty, Page, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { wishEndTitles } from "#app/domain/titles.ts";
import { costKindWords } from "#app/german/words.ts";
import { wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listWishes } from "#app/records/school-wishes.server.ts";

export const meta: MetaFunction = () => [{ title: "Bedarfsmeldungen – Paktbuch" }];

export const loader = asKnown("read_all_books", async (_args, user) => {
  return wire({ wishes: await listWishes(user), mayAnswer: mayUser(user, "record") });
});

export default function Wishes() {
  const { wishes, mayAnswer } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Bedarfsmeldungen"
      lead="Was Schulen brauchen. Eine Meldung bindet kein Geld."
      crumbs={[{ to: "/schools", label: "Schulen und Beschlüsse" }]}
    >
      {wishes.length === 0 ? (
        <Empty>Keine Schule hat Bedarf gemeldet.</Empty>
      ) : (
        <div className="whole-words">
          <Table
            caption="Bedarfsmeldungen, die neueste zuerst"
            isCaptionHidden
            rows={wishes}
            keyOf={({ id }) => id}
            columns={[
              { label: "Schule", cell: ({ school }) => school },
              {
                label: "Bedarf",
                cell: ({ quantity, what }) => `${quantity} × ${what}`,
              },
              { label: "Art", cell: ({ costKind }) => costKindWords[costKind] },
              {
                label: "geschätzt (brutto)",
                isNumeric: true,
                cell: ({ estimatedAmount }) => <Euro amount={estimatedAmount} />,
              },
              {
                label: "gewünscht bis",
                cell: ({ wantedBy }) => (wantedBy ? <DayText day={wantedBy} /> : "–"),
              },
              { label: "Grund", cell: ({ reason }) => reason },
              {
                label: "Stand",
                cell: ({ end, answer }) =>
                  end ? [wishEndTitles[end], answer].filter(Boolean).join(": ") : "offen",
              },
              ...(mayAnswer
                ? [
                    {
                      label: "Antwort",
                      cell: ({ id, what, end }: (typeof wishes)[number]) =>
                        end ? (
                          "–"
                        ) : (
                          <TextLink to={`/wishes/${id}`}>
                            Beantworten<span className="kern-sr-only">: {what}</span>
                          </TextLink>
                        ),
                    },
                  ]
                : []),
            ]}
          />
        </div>
      )}
    </Page>
  );
}
