import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { BudgetReasonFacts } from "#app/components/budget-reason.tsx";
import { DayText, Euro } from "#app/components/euro.tsx";
import { Attachments } from "#app/components/attachments.tsx";
import { DayField, TextArea } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Empty, Notice, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { mayUser, recordedWith } from "#app/domain/permission.ts";
import { day, readForm, rejected, text } from "#app/form.ts";
import { documentKindWords, figureWords } from "#app/german/book-words.ts";
import { formatAccount, formatDay } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadAttachments } from "#app/records/attachments.server.ts";
import { findProof } from "#app/records/bank-transactions.server.ts";
import { listBudgetReasons } from "#app/records/budget-reasons.server.ts";
import { listEntries } from "#app/records/entries.server.ts";
import { listOverBudgetReasons } from "#app/records/municipal-papers.server.ts";
import { findReversal, readDocument, reverseDocument } from "#app/records/reversals.server.ts";
import { requireDocument } from "#app/records/reversing.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const reversalForm = z.object({ reversedOn: day, reason: text });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ?? "Beleg"} – Paktbuch` },
];

export const loader = asKnown("read_books", async ({ params }, user) => {
  const { kind, id, title, bookedOn } = await readDocument(user, params.kind, idParam(params.id));
  const reversal = (await findReversal(user, id)) ?? null;
  return wire({
    title,
    kind,
    bookedOn,
    reversal,
    entries: (await listEntries(user, { documentId: id }, 1)).entries,
    attachments: await loadAttachments(user, { subject: kind, subjectId: id }),
    proof: (kind === "payment" && (await findProof(user, id))) || null,
    overBudgetReason: (await listOverBudgetReasons(user, { documentId: id }))[0]?.reason ?? null,
    budgetReason: (await listBudgetReasons(user, { documentId: id }))[0] ?? null,
    mayReverse: mayUser(user, recordedWith[kind]) && kind !== "reversal" && reversal === null,
  });
});

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "reverse");
  const document = await requireDocument(user, params.kind, idParam(params.id));
  const form = await readForm(request, reversalForm);
  if (form.status !== "success") return rejected(form);

  const violation = await reverseDocument(user, document, form.value);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/documents/${document.kind}/${document.id}`);
}

export default function Document() {
  const page = useLoaderData<typeof loader>();
  const { title, kind, bookedOn, reversal, entries, attachments, proof, mayReverse } = page;
  const { overBudgetReason } = page;
  return (
    <Page
      title={title}
      lead={`${documentKindWords[kind]}, gilt für den ${formatDay(bookedOn)}`}
      crumbs={[{ to: "/journal", label: "Journal" }]}
    >
      {reversal && (
        <Notice kind="warning" title={`Storniert am ${formatDay(reversal.reversedOn)}`}>
          <p className="kern-body">
            Grund: {reversal.reason}.{" "}
            <TextLink to={`/documents/reversal/${reversal.id}`}>Buchungen des Stornos</TextLink>
          </p>
        </Notice>
      )}
      {proof && (
        <p className="kern-body">
          Nachgewiesen durch{" "}
          <TextLink to={`/bank-statements/${proof.statementId}`}>
            Kontoauszug {proof.number}, Umsatz {proof.position + 1}
          </TextLink>{" "}
          ({formatAccount(proof.account)}).
        </p>
      )}
      {page.budgetReason && <BudgetReasonFacts reason={page.budgetReason} />}
      {overBudgetReason && (
        <p className="kern-body">Warum über den Haushalt hinaus: {overBudgetReason}</p>
      )}
      {entries.length === 0 && <Empty>Dieser Beleg bewegt kein Geld.</Empty>}
      {entries.length > 0 && (
        <Table
          caption="Was der Beleg gebucht hat"
          rows={entries}
          keyOf={({ number }) => number}
          columns={[
            { label: "Nr.", isNumeric: true, cell: ({ number }) => number },
            { label: "gilt für", cell: ({ bookedOn }) => <DayText day={bookedOn} /> },
            { label: "Konto", cell: ({ account }) => account },
            { label: "Größe", cell: ({ figure }) => figureWords[figure] },
            { label: "Betrag", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
            {
              label: "Siegel",
              cell: ({ hash }) => <span className="hash">{hash.slice(0, 16)}…</span>,
            },
          ]}
        />
      )}
      <Attachments {...attachments} hint="Das Papier zu diesem Beleg, wie es gekommen ist." />
      {mayReverse && <ReversalForm />}
    </Page>
  );
}

function ReversalForm() {
  const { bookedOn } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof reversalForm>>({
    id: "reversal",
    lastResult: useActionData<typeof action>(),
    defaultValue: { reversedOn: formatDay(bookedOn) },
  });
  return (
    <Section title="Stornieren">
      <p className="kern-body">
        Ein Storno bucht dasselbe mit umgekehrtem Vorzeichen. Der Beleg bleibt sichtbar; danach kann
        er richtig neu erfasst werden.
      </p>
      <EntryForm form={form} submit="Beleg stornieren">
        <DayField
          field={fields.reversedOn}
          label="Tag des Stornos"
          hint="bei einem Irrtum der Tag des Belegs, sonst der Tag des Ereignisses"
        />
        <TextArea field={fields.reason} label="Grund" />
      </EntryForm>
    </Section>
  );
}
