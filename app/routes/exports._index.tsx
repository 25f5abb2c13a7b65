import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ExportActions, ExportStateText } from "#app/components/book-export.tsx";
import { DayText } from "#app/components/euro.tsx";
import { ActionLink, Empty, Page, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { isOpen } from "#app/domain/book-export.ts";
import { askedExport } from "#app/export-request.server.ts";
import { startWaiting, waitForExport } from "#app/exporting/queue.server.ts";
import { exportTitle } from "#app/german/export-words.ts";
import { formatMoment, formatSize } from "#app/german/notation.ts";
import { idParam } from "#app/http.ts";
import { listExports, orderExport } from "#app/records/exports.server.ts";
import { requireUser } from "#app/session.server.ts";

/** While something is being made the list looks again by itself. */
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: "Exporte – Paktbuch" },
  ...(data?.exports.some(({ state }) => isOpen(state))
    ? [{ httpEquiv: "refresh", content: "5" }]
    : []),
];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "export_books");
  const exports = await listExports(user);
  return {
    exports: exports.map(({ id, state, done, total, size, problem, keptUntil, ...made }) => {
      const title = exportTitle({ ...made, isLimited: user.limits !== undefined });
      const { asOf, createdAt } = made;
      // Named apart from `knownOn`, which says that the page itself can show the past.
      const known = made.knownOn;
      return { id, title, state, done, total, size, problem, keptUntil, asOf, known, createdAt };
    }),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "export_books");
  const asked = await askedExport(user, request);
  // The form says what is wrong.
  if ("problems" in asked) return redirect(`/audit${asked.search}`);
  const { kind, scope, moment } = asked;
  const id = idParam(asked.id);
  const violation = await orderExport(user, id, { kind, scope, moment });
  if (violation) return redirect(`/audit${asked.search}&refused=${violation.rule}`);
  await startWaiting();
  await waitForExport(id);
  return redirect(`/exports/${id}`);
}

export default function Exports() {
  const { exports } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Exporte"
      lead="Prüfbücher und Prüfakten, die Sie erstellt haben. Eine Datei steht bis zum genannten Tag zum Herunterladen bereit."
      actions={<ActionLink to="/audit">Neuer Export</ActionLink>}
    >
      {exports.length === 0 ? (
        <Empty>
          Noch kein Export. Unter <TextLink to="/audit">Prüfbuch</TextLink> lässt sich einer
          erstellen.
        </Empty>
      ) : (
        <Table
          caption="Ihre Exporte"
          isCaptionHidden
          rows={exports}
          keyOf={({ id }) => id}
          columns={[
            {
              label: "Export",
              cell: ({ id, title }) => <TextLink to={`/exports/${id}`}>{title}</TextLink>,
            },
            { label: "Stichtag", cell: ({ asOf }) => <DayText day={asOf} /> },
            { label: "bekannt am", cell: ({ known }) => formatMoment(known) },
            { label: "bestellt", cell: ({ createdAt }) => formatMoment(createdAt) },
            { label: "Stand", cell: (made) => <ExportStateText made={made} /> },
            {
              label: "Größe",
              isNumeric: true,
              cell: ({ size }) => (size === null ? "–" : formatSize(size)),
            },
            {
              label: "aufbewahrt bis",
              cell: ({ keptUntil }) => (keptUntil ? <DayText day={keptUntil} /> : "–"),
            },
            { label: "Schritte", cell: (made) => <ExportActions made={made} /> },
          ]}
        />
      )}
    </Page>
  );
}
