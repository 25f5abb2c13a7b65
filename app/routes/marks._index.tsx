import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AuditStateBadge, marksMoveNothing } from "#app/components/audit-marks.tsx";
import { DayText, Euro } from "#app/components/euro.tsx";
import { ActionLink, Empty, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { auditStateOf, auditStates, cutNoted, openQuestions } from "#app/domain/audit-mark.ts";
import { sum } from "#app/domain/money.ts";
import { mayUser } from "#app/domain/permission.ts";
import { formatMoment } from "#app/german/notation.ts";
import { wire } from "#app/http.ts";
import { marksByReceipt } from "#app/records/audit-marks.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Prüfung – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const marked = [...(await marksByReceipt(user)).values()];
  const receipts = marked.map((marks) => {
    const { invoiceId, number, invoicedOn, supplier, place, grossAmount } = marks[0]!;
    const cut = cutNoted(marks);
    const receipt = { invoiceId, number, invoicedOn, supplier, place, grossAmount };
    return { ...receipt, cut, state: auditStateOf(marks) };
  });
  return wire({
    questions: marked.flatMap((marks) => openQuestions(marks)),
    receipts: receipts.toSorted(
      (a, b) => auditStates.indexOf(a.state) - auditStates.indexOf(b.state),
    ),
    cut: sum(receipts.map(({ cut }) => cut)),
    mayAnswer: mayUser(user, "record"),
    maySample: mayUser(user, "mark_receipts"),
  });
}

export default function Audit() {
  const { questions, receipts, cut, mayAnswer, maySample } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Prüfung"
      lead="Was die Prüfung zu einzelnen Rechnungen vermerkt hat, offene Fragen zuerst."
      actions={
        <ActionLink to="/samples" kind={maySample ? "primary" : "secondary"}>
          Stichproben und Hinweise
        </ActionLink>
      }
    >
      <Section title={`Offene Fragen (${questions.length})`}>
        {questions.length === 0 ? (
          <Empty>Keine Frage ist offen.</Empty>
        ) : (
          <Table
            caption="Offene Fragen, älteste zuerst"
            isCaptionHidden
            rows={questions}
            keyOf={({ id }) => id}
            columns={[
              { label: "Frage", cell: ({ text }) => text },
              {
                label: "Rechnung",
                cell: ({ invoiceId, number }) => (
                  <TextLink to={`/invoices/${invoiceId}`}>{number}</TextLink>
                ),
              },
              { label: "Lieferant", cell: ({ supplier }) => supplier },
              { label: "Zuwendung", cell: ({ place }) => place },
              { label: "gestellt von", cell: ({ markedBy }) => markedBy },
              { label: "am", cell: ({ createdAt }) => formatMoment(createdAt) },
              ...(mayAnswer
                ? [
                    {
                      label: "Schritt",
                      cell: ({ id, number }: (typeof questions)[number]) => (
                        <TextLink to={`/marks/${id}/answer`}>
                          <span className="links">Beantworten</span>
                          <span className="kern-sr-only">: Rechnung {number}</span>
                        </TextLink>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Section>
      <Section title={`Geprüfte Rechnungen (${receipts.length})`}>
        <p className="kern-body kern-body--small muted">{marksMoveNothing}</p>
        {receipts.length === 0 ? (
          <Empty>Noch keine Rechnung hat einen Prüfvermerk.</Empty>
        ) : (
          <Table
            caption="Rechnungen mit Prüfvermerk"
            isCaptionHidden
            rows={receipts}
            keyOf={({ invoiceId }) => invoiceId}
            footer={["zusammen", "", "", "", "", "", <Euro key="cut" amount={cut} />]}
            columns={[
              {
                label: "Rechnung",
                cell: ({ invoiceId, number }) => (
                  <TextLink to={`/invoices/${invoiceId}`}>{number}</TextLink>
                ),
              },
              { label: "vom", cell: ({ invoicedOn }) => <DayText day={invoicedOn} /> },
              { label: "Lieferant", cell: ({ supplier }) => supplier },
              { label: "Zuwendung", cell: ({ place }) => place },
              { label: "Stand", cell: ({ state }) => <AuditStateBadge state={state} /> },
              {
                label: "brutto",
                isNumeric: true,
                cell: ({ grossAmount }) => <Euro amount={grossAmount} />,
              },
              { label: "gekürzt", isNumeric: true, cell: ({ cut }) => <Euro amount={cut} /> },
            ]}
          />
        )}
      </Section>
    </Page>
  );
}
