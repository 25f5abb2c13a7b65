import { randomInt, randomUUID } from "node:crypto";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Empty, Notice, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { mostSeed, sampleMethods } from "#app/domain/sampling.ts";
import {
  choice,
  key,
  optionalKey,
  optionalWholeNumber,
  readForm,
  rejected,
  wholeNumber,
} from "#app/form.ts";
import { sampleMethodWords, scopeWords } from "#app/german/hint-words.ts";
import { formatMoment } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { listSamples, recordSample } from "#app/records/audit-samples.server.ts";
import { type AuditScope, loadAuditedReceipts } from "#app/records/audited-receipts.server.ts";
import { listGrants, requireGrant } from "#app/records/grants.server.ts";
import { requireUser } from "#app/session.server.ts";
import { HintTable } from "./hint-table.tsx";
import { SampleForm, ScopeForm } from "./sample-form.tsx";

export const handle = { isInteractive: true };

const sampleForm = z.object({
  id: key,
  grantId: optionalKey,
  fromYear: optionalWholeNumber(2000, 2099),
  untilYear: optionalWholeNumber(2000, 2099),
  method: choice(sampleMethods),
  size: wholeNumber(1, 100_000),
  seed: wholeNumber(1, mostSeed),
});

export const meta: MetaFunction = () => [{ title: "Stichproben und Hinweise – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const scope = scopeOf(new URL(request.url).searchParams);
  if (scope.grantId) await requireGrant(user, scope.grantId);
  const receipts = await loadAuditedReceipts(user, scope);
  const grants = await listGrants(user, "all");
  return wire({
    id: randomUUID(),
    seed: randomInt(1, mostSeed + 1),
    scope,
    grants: grants.map(({ id, fileNumber }) => ({ id, fileNumber })),
    count: receipts.length,
    receipts: receipts
      .filter(({ hints }) => hints.length > 0)
      .map(({ id, number, invoicedOn, supplier, place, grossAmount, hints }) => {
        return { id, number, invoicedOn, supplier, place, grossAmount, hints };
      })
      .toSorted((a, b) => b.hints.length - a.hints.length),
    samples: await listSamples(user),
    maySample: mayUser(user, "mark_receipts"),
  });
}

/** What the address asks for; a year that is none leaves that side open. */
function scopeOf(asked: URLSearchParams): AuditScope {
  const year = (name: string) => {
    const text = asked.get(name) ?? "";
    return /^20\d\d$/.test(text) ? Number(text) : null;
  };
  const grant = asked.get("grantId") || null;
  return {
    grantId: grant === null ? null : idParam(grant),
    fromYear: year("fromYear"),
    untilYear: year("untilYear"),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "mark_receipts");
  const form = await readForm(request, sampleForm);
  if (form.status !== "success") return rejected(form);

  const { id, grantId, fromYear, untilYear, ...draft } = form.value;
  const scope = { grantId: grantId ?? null, fromYear, untilYear };
  const violation = await recordSample(user, id, scope, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/samples/${id}`);
}

export default function Samples() {
  const page = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  const { scope, grants, count, receipts, samples, maySample } = page;
  const words = scopeWords(scope, grants.find(({ id }) => id === scope.grantId)?.fileNumber);
  return (
    <Page
      title="Stichproben und Hinweise"
      lead="Welche Rechnungen eine Prüfung zuerst ansieht: nach Zufall, nach Betrag oder nach Hinweisen, jede Ziehung nachrechenbar."
      crumbs={[{ to: "/marks", label: "Prüfung" }]}
    >
      <Section title="Umfang">
        <ScopeForm {...{ scope, grants }} />
        <p className="kern-body">
          {words}: {count === 1 ? "eine gültige Rechnung" : `${count} gültige Rechnungen`}, davon{" "}
          {receipts.length} mit Hinweis.
        </p>
      </Section>
      {maySample && (
        <Section title="Stichprobe ziehen">
          <SampleForm key={page.id} page={page} lastResult={lastResult} />
        </Section>
      )}
      <Section title="Hinweise">
        <Notice kind="info" title="Ein Hinweis ist kein Fehler">
          Er sagt nur, wo sich ein Blick lohnt. Die Wertgrenzen sind die des Förderprogramms am Tag
          des Auftrags; im Gemeindehaushalt sind keine hinterlegt.
        </Notice>
        {receipts.length === 0 ? (
          <Empty>Im gewählten Umfang gibt es keinen Hinweis.</Empty>
        ) : (
          <HintTable receipts={receipts} />
        )}
      </Section>
      <Section title="Gezogene Stichproben">
        {samples.length === 0 ? (
          <Empty>Noch keine.</Empty>
        ) : (
          <Table
            caption="Stichproben, neueste zuerst"
            isCaptionHidden
            rows={samples}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "gezogen",
                cell: ({ id, createdAt }) => (
                  <TextLink to={`/samples/${id}`}>{formatMoment(createdAt)}</TextLink>
                ),
              },
              { label: "von", cell: ({ drawnBy }) => drawnBy },
              { label: "Umfang", cell: (row) => scopeWords(row, row.fileNumber) },
              { label: "Verfahren", cell: ({ method }) => sampleMethodWords[method].name },
              { label: "Startzahl", isNumeric: true, cell: ({ seed }) => seed },
              {
                label: "Belege",
                isNumeric: true,
                cell: ({ drawn, count }) => `${drawn} von ${count}`,
              },
            ]}
          />
        )}
      </Section>
    </Page>
  );
}
