import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { Euro } from "#app/components/euro.tsx";
import { Empty, Page } from "#app/components/page.tsx";
import { SchoolLeft } from "#app/components/school-left.tsx";
import { formatDay } from "#app/german/notation.ts";
import { wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadRemaining } from "#app/records/overview.server.ts";

export const meta: MetaFunction = () => [{ title: "Was ist noch da? – Paktbuch" }];

export const loader = asKnown("read_remaining", async (_args, user) => {
  const asOf = today();
  return wire({ ...(await loadRemaining(user, asOf)), asOf });
});

export default function Remaining() {
  const { schools, usable, lapsed, notGranted, programmesEndOn, asOf } =
    useLoaderData<typeof loader>();
  const isOver = programmesEndOn !== null && programmesEndOn < asOf;
  return (
    <Page
      title="Was ist noch da, und bis wann?"
      lead={`Fördergeld der Schulen. Stand ${formatDay(asOf)}.`}
    >
      {schools.length === 0 ? (
        <Empty>Es sind noch keine Schulen angelegt.</Empty>
      ) : (
        <>
          <p className="kern-body">
            Zusammen sind <Strong amount={usable} /> noch frei.
            {lapsed !== "0" && (
              <>
                {" "}
                <Strong amount={lapsed} /> waren bei Ablauf der Frist übrig.
              </>
            )}
            {notGranted !== "0" && (
              <>
                {" "}
                <Strong amount={notGranted} /> des Höchstbetrags{" "}
                {isOver
                  ? `wurden bis zum Ende des Förderprogramms am ${formatDay(programmesEndOn)} nicht bewilligt.`
                  : "sind noch nicht bewilligt und können beantragt werden."}
              </>
            )}
          </p>
          <ul className="cards">
            {schools.map((school) => (
              <li key={school.schoolId} className="card">
                <h2 className="kern-heading-small">{school.school}</h2>
                <SchoolLeft share={school} asOf={asOf} />
              </li>
            ))}
          </ul>
          <h2 className="kern-heading-small">So liest man diese Seite</h2>
          <p className="kern-body">
            <strong>Frei</strong> heißt: bewilligt, nicht bestellt und nicht in Rechnung gestellt.
            Nach der Frist darf Geld nicht mehr ausgegeben werden; was dann übrig ist, verfällt.
          </p>
        </>
      )}
    </Page>
  );
}

function Strong({ amount }: { amount: string }) {
  return (
    <strong>
      <Euro amount={amount} />
    </strong>
  );
}
