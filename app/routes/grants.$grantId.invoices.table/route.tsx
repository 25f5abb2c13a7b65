import type { TableViolation } from "#app/domain/reading.ts";
import { randomUUID } from "node:crypto";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Section } from "#app/components/page.tsx";
import { type EntryRow, mostEntryRows } from "#app/domain/entry.ts";
import { lineName } from "#app/domain/entry-place.ts";
import type { User } from "#app/domain/permission.ts";
import { isBlank, readEntryForm } from "#app/entry-form.ts";
import { pastedRows } from "#app/entry-paste.ts";
import { checkTableRows } from "#app/entry-table.server.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, notFound } from "#app/http.ts";
import { Refusal } from "#app/readers/refusal.ts";
import { loadEntrySurroundings } from "#app/records/entry-books.server.ts";
import { recordEntries } from "#app/records/entry-recording.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { listSuppliers } from "#app/records/suppliers.server.ts";
import { requireUser } from "#app/session.server.ts";
import { EntryGrid } from "./entry-grid.tsx";
import { answerOf, blankRows, emptyAnswer, padded } from "./grid-answer.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction = () => [{ title: "Rechnungen als Tabelle – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const grant = await requireGrant(user, idParam(params.grantId));
  if (!grant.stands) notFound();
  const [{ lines, orderLines }, suppliers] = await Promise.all([
    loadEntrySurroundings(user, grant.id),
    listSuppliers(user),
  ]);
  return {
    id: randomUUID() as string,
    choices: {
      supplier: suppliers.map(({ name }) => name),
      school: [...new Set(lines.map(({ school }) => school))],
      position: lines.map(lineName),
      orderNumber: [...new Set(orderLines.map(({ number }) => number))],
    },
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const grantId = idParam(params.grantId);
  const { id, deed, pasted, rows } = await readEntryForm(request);
  if (deed === "more") return { ...emptyAnswer, id, rows: padded(rows, rows.length + blankRows) };
  if (deed === "paste") return paste(user, grantId, id, rows, pasted);

  const checked = await checkTableRows(user, grantId, rows);
  if (deed === "check") return answerOf(id, rows, checked);
  if (checked.problems.length > 0) return data(answerOf(id, rows, checked), { status: 422 });
  if (checked.entries.length === 0) {
    const refused = "In der Tabelle steht noch keine Rechnung.";
    return data({ ...answerOf(id, rows, checked), refused }, { status: 422 });
  }
  const problems = await recordEntries(user, id, grantId, checked.entries);
  if (problems.length > 0) {
    return data(answerOf(id, rows, { ...checked, problems }), { status: 422 });
  }
  return redirect(`/grants/${grantId}/invoices`);
}

/** Puts what was pasted behind the rows that are filled, and checks all of them. */
async function paste(user: User, grantId: string, id: string, rows: EntryRow[], pasted: string) {
  const filled = rows.filter((row) => !isBlank(row)).map(({ cells }) => cells);
  try {
    const all = [...filled, ...pastedRows(pasted)];
    if (all.length > mostEntryRows) {
      const refused = `Bitte höchstens ${mostEntryRows} Zeilen auf einmal; mehr lassen sich als Datei einlesen.`;
      return data({ ...emptyAnswer, id, rows, refused }, { status: 422 });
    }
    const numbered = all.map((cells, at) => ({ number: at + 1, cells }));
    return answerOf(id, numbered, await checkTableRows(user, grantId, numbered));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const refused = problemOf(error.problem as TableViolation).sentence;
    return data({ ...emptyAnswer, id, rows, refused }, { status: 422 });
  }
}

export default function InvoiceTable() {
  const { id, choices } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <Section title="Rechnungen als Tabelle buchen">
      <EntryGrid id={answer?.id ?? id} choices={choices} answer={answer} />
    </Section>
  );
}
