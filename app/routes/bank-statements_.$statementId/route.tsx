import { randomUUID } from "node:crypto";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Euro } from "#app/components/euro.tsx";
import { Facts, Notice, Page } from "#app/components/page.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { readForm } from "#app/form.ts";
import { formatAccount, formatDay, formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { requireBankStatement } from "#app/records/bank-transactions.server.ts";
import { setAside, takeBack } from "#app/records/foreign-transactions.server.ts";
import { bookChoices, loadProposals } from "#app/records/statement-payments.server.ts";
import { requireUser } from "#app/session.server.ts";
import { chosenIn, type Lines, nothingChosen, transactionsForm } from "./chosen.ts";
import { OpenTransactions } from "./open-transactions.tsx";
import { SettledTransactions } from "./settled-transactions.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Kontoauszug ${data?.statement.statementId ?? ""} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_all_books");
  const { transactions, ...statement } = await requireBankStatement(
    user,
    idParam(params.statementId),
  );
  const proposals = await loadProposals(user, transactions);
  const rows = transactions.map((transaction, at) => {
    return { ...transaction, proposals: proposals[at]! };
  });
  return wire({ id: randomUUID(), statement, rows, mayRecord: mayUser(user, "pay") });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "pay");
  const statementId = idParam(params.statementId);
  const form = await readForm(request, transactionsForm);
  const done = redirect(`/bank-statements/${statementId}`);
  if (form.status !== "success") return refused({}, [], nothingChosen);
  const { id, deed, lines, transactionId } = form.value;
  const chosen = chosenIn(lines);
  if (deed === "take_back") {
    await takeBack(user, statementId, transactionId ?? "");
    return done;
  }
  const withoutReading = lines.filter(({ isOffered }) => !isOffered);
  const aside = deed === "set_aside_rest" ? withoutReading : chosen;
  if (aside.length === 0) return refused({}, lines, nothingChosen);
  if (deed !== "book") {
    await setAside(
      user,
      statementId,
      aside.map((line) => line.transactionId),
    );
    return done;
  }
  const refusals = await bookChoices(user, id, statementId, chosen);
  if (refusals.length === 0) return done;
  const problems = refusals.map((one) => [one.transactionId, problemOf(one.violation).sentence]);
  return refused(Object.fromEntries(problems), lines);
}

/** What was chosen comes back with it: nothing of it is lost. */
function refused(problems: Record<string, string>, sent: Lines, title?: string) {
  return data({ problems, sent, title }, { status: 422 });
}

export default function BankStatement() {
  const { id, statement, rows, mayRecord } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const open = rows.filter(({ state }) => state === "open");
  const count = Object.keys(refusal?.problems ?? {}).length;
  return (
    <Page
      title={`Kontoauszug ${statement.statementId}`}
      lead={`${formatAccount(statement.account)}${period(statement)}`}
      crumbs={[{ to: "/bank-statements", label: "Kontoauszüge" }]}
      actions={
        <a className="kern-link" href={`/attachments/${statement.attachmentId}`}>
          Datei herunterladen
        </a>
      }
    >
      {refusal && (
        <Notice
          kind="danger"
          title={refusal.title ?? `Es wurde nichts gebucht: ${problemCount(count)}`}
        />
      )}
      <Findings />
      <Facts
        facts={[
          ["Anfangssaldo", statement.opening ? <Euro amount={statement.opening} /> : "–"],
          ["Endsaldo", statement.closing ? <Euro amount={statement.closing} /> : "–"],
          ["Eingelesen von", `${statement.recordedBy}, ${statement.fileName}`],
        ]}
      />
      <OpenTransactions
        key={id}
        formId={id}
        rows={open}
        mayRecord={mayRecord}
        problems={refusal?.problems ?? {}}
        sent={refusal?.sent}
      />
      <SettledTransactions formId={id} rows={rows} mayRecord={mayRecord} />
    </Page>
  );
}

function period({ from, until }: { from: string | null; until: string | null }): string {
  if (!from || !until) return "";
  return `, ${formatDay(from)} bis ${formatDay(until)}`;
}

function problemCount(count: number): string {
  return count === 1
    ? "Ein Umsatz braucht noch einen Blick."
    : `${count} Umsätze brauchen noch einen Blick.`;
}

/** What is odd about the statement as a whole. */
function Findings() {
  const { missing, notBooked, otherCurrency } = useLoaderData<typeof loader>().statement;
  return (
    <>
      {missing !== null && missing !== "0" && (
        <Notice kind="warning" title="Dieser Kontoauszug geht nicht auf">
          Anfangssaldo und Umsätze ergeben nicht den Endsaldo; der Unterschied ist{" "}
          {formatEuro(missing)}. Bitte prüfen, ob Umsätze in der Datei fehlen.
        </Notice>
      )}
      {notBooked + otherCurrency > 0 && (
        <p className="kern-body muted">
          Nicht gelesen: {notBooked} erst vorgemerkt, {otherCurrency} in anderer Währung.
        </p>
      )}
    </>
  );
}
