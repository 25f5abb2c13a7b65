import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ExportActions, ExportStateText, percentDone } from "#app/components/book-export.tsx";
import { Facts, Notice, Page } from "#app/components/page.tsx";
import { isOpen } from "#app/domain/book-export.ts";
import { exportTitle } from "#app/german/export-words.ts";
import { formatDay, formatMoment, formatPercent, formatSize } from "#app/german/notation.ts";
import { idParam } from "#app/http.ts";
import { requireExport } from "#app/records/exports.server.ts";
import { requireUser } from "#app/session.server.ts";

/** While it is being made the page looks again by itself, without scripts. */
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ?? "Export"} – Paktbuch` },
  ...(data && isOpen(data.state) ? [{ httpEquiv: "refresh", content: "2" }] : []),
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "export_books");
  const made = await requireExport(user, idParam(params.exportId));
  const { id, state, done, total, size, hash, problem, fileName } = made;
  const { asOf, createdAt, endedAt, keptUntil } = made;
  // Named apart from `knownOn`, which says that the page itself can show the past.
  const known = made.knownOn;
  const title = exportTitle({ ...made, isLimited: user.limits !== undefined });
  return {
    ...{ id, title, state, done, total, size, hash, problem, fileName },
    ...{ asOf, known, createdAt, endedAt, keptUntil },
  };
}

export default function BookExport() {
  const made = useLoaderData<typeof loader>();
  const { title, state, total, problem, fileName, size, hash } = made;
  const { asOf, known, createdAt, endedAt, keptUntil } = made;
  return (
    <Page
      title={title}
      crumbs={[{ to: "/exports", label: "Exporte" }]}
      actions={<ExportActions made={made} />}
    >
      {state === "failed" && <Notice kind="danger" title={problem!} />}
      {state === "finished" && (
        <Notice kind="success" title="Der Export ist fertig.">
          <p className="kern-body">
            <a
              className="kern-link kern-link--no-visited-state"
              href={`/exports/${made.id}/file`}
              download
            >
              {fileName} herunterladen ({formatSize(size!)})
            </a>
          </p>
        </Notice>
      )}
      {isOpen(state) && (
        <Progress percent={total === null ? null : percentDone(made)} done={made.done} />
      )}
      <Facts
        facts={[
          ["Stand", <ExportStateText key="state" made={made} />],
          ["Stichtag", formatDay(asOf)],
          ["bekannt am", formatMoment(known)],
          ["bestellt", formatMoment(createdAt)],
          ...(endedAt ? [["beendet", formatMoment(endedAt)] as [string, string]] : []),
          ...(keptUntil ? [["aufbewahrt bis", formatDay(keptUntil)] as [string, string]] : []),
          ...(hash ? [["SHA-256", <code key="hash">{hash}</code>] as [string, JSX.Element]] : []),
        ]}
      />
    </Page>
  );
}

/** Without a count yet the bar stands for "at work". */
function Progress({ percent, done }: { percent: string | null; done: number }) {
  const counted = done > 0 ? `${done.toLocaleString("de-DE")} Zeilen sind geschrieben.` : "";
  const uncounted = counted || "Die Datei wird erstellt.";
  return (
    <>
      <p className="kern-body" role="status">
        {percent === null ? uncounted : `${formatPercent(percent)} sind geschafft.`} Diese Seite
        sieht von selbst nach; sie kann auch geschlossen werden.
      </p>
      <progress
        className="import-progress"
        max={100}
        value={percent ?? undefined}
        aria-label="Fortschritt"
      />
    </>
  );
}
