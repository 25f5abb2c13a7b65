import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { Euro } from "#app/components/euro.tsx";
import { Badge, Empty, Page } from "#app/components/page.tsx";
import { urgencyOf } from "#app/domain/deadline.ts";
import { formatDay } from "#app/german/notation.ts";
import { wire } from "#app/http.ts";
import { loadRemaining } from "#app/records/overview.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Was ist noch da? – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_remaining");
  return wire({ ...(await loadRemaining(user)), asOf: today() });
}

export default function Remaining() {
  const { schools, total, freeForAll, asOf } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Was ist noch da, und bis wann?"
      lead={`Fördergeld, das bewilligt und noch nicht verplant ist. Stand ${formatDay(asOf)}.`}
    >
      {schools.length === 0 ? (
        <Empty>Es sind noch keine Schulen angelegt.</Empty>
      ) : (
        <>
          <p className="kern-body">
            Zusammen sind noch{" "}
            <strong>
              <Euro amount={total.available} />
            </strong>{" "}
            frei. Weitere{" "}
            <strong>
              <Euro amount={total.notGranted} />
            </strong>{" "}
            stehen im Förderprogramm bereit, sind aber noch nicht bewilligt
            {Number(freeForAll) > 0 && " und keiner Schule zugeteilt"}.
          </p>
          <ul className="cards">
            {schools.map((school) => (
              <School key={school.schoolId} school={school} asOf={asOf} />
            ))}
          </ul>
          <h2 className="kern-heading-small">So liest man diese Seite</h2>
          <p className="kern-body">
            <strong>Noch frei</strong> heißt: bewilligt, nicht bestellt und nicht in Rechnung
            gestellt. Nach der Frist darf Geld nicht mehr ausgegeben werden; was dann übrig ist,
            verfällt.
          </p>
        </>
      )}
    </Page>
  );
}

type SchoolShare = ReturnType<typeof useLoaderData<typeof loader>>["schools"][number];

function School({ school, asOf }: { school: SchoolShare; asOf: string }) {
  return (
    <li className="card">
      <h2 className="kern-heading-small">{school.school}</h2>
      <p>
        <span className="big-figure">
          <Euro amount={school.left} />
        </span>{" "}
        noch frei
      </p>
      {school.parts.map(({ fileNumber, until, left }) => (
        <p key={fileNumber} className="kern-body">
          <Euro amount={left} /> {urgencyOf(until, asOf) === "over" ? "waren" : "sind"} bis{" "}
          <strong>{formatDay(until)}</strong> zu verwenden <Deadline until={until} asOf={asOf} />
          <span className="muted"> (Zuwendung {fileNumber})</span>
        </p>
      ))}
      {school.parts.length === 0 && <p className="kern-body muted">Alles ist verplant.</p>}
      {school.baseNotGranted !== "0" && (
        <p className="kern-body">
          Vom Sockelbetrag sind <Euro amount={school.baseNotGranted} /> noch nicht bewilligt.
        </p>
      )}
    </li>
  );
}

function Deadline({ until, asOf }: { until: string; asOf: string }) {
  const urgency = urgencyOf(until, asOf);
  if (urgency === "over") return <Badge kind="danger">Frist abgelaufen</Badge>;
  return urgency === "soon" ? <Badge kind="warning">läuft bald ab</Badge> : null;
}
