import type { MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { DeadlineTable } from "#app/components/deadline-table.tsx";
import { ActionLink, Empty, Page, Section, TextLink } from "#app/components/page.tsx";
import { KeptStand } from "#app/components/past.tsx";
import { type Urgency, urgencyOf } from "#app/domain/deadline.ts";
import { mayUser } from "#app/domain/permission.ts";
import { urgencyHeadings } from "#app/german/deadline-words.ts";
import { formatDay } from "#app/german/notation.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadDeadlines } from "#app/records/deadlines.server.ts";

export const meta: MetaFunction = () => [{ title: "Fristen – Paktbuch" }];

export const loader = asKnown("read_remaining", async ({ request }, user) => {
  const { searchParams } = new URL(request.url);
  const grant = searchParams.get("grant") || null;
  const subjectId = grant === null ? null : idParam(grant);
  const withDone = searchParams.has("done");
  const asOf = today();
  const all = await loadDeadlines(user, asOf);
  const subjects = new Map(all.map(({ subject }) => [subject.id, subject]));
  return wire({
    deadlines: all
      .filter(({ isDone }) => withDone || !isDone)
      .filter(({ subject }) => subjectId === null || subject.id === subjectId)
      .map((one) => ({ ...one, urgency: urgencyOf(one.on, asOf) })),
    doneCount: all.filter(({ isDone }) => isDone).length,
    subjects: [...subjects.values()],
    subjectId,
    withDone,
    asOf,
    mayReadBooks: mayUser(user, "read_books"),
  });
});

const urgencies: Urgency[] = ["over", "soon", "later"];

export default function Deadlines() {
  const { deadlines, doneCount, subjects, subjectId, withDone, asOf, mayReadBooks } =
    useLoaderData<typeof loader>();
  const open = deadlines.filter(({ isDone }) => !isDone);
  const done = deadlines.filter(({ isDone }) => isDone);
  return (
    <Page
      title="Fristen"
      lead={`Alles, was nach Bescheid, Förderprogramm, Vertrag oder Haushaltsrecht fällig ist, das Nächste zuerst. Stand ${formatDay(asOf)}.`}
      actions={mayReadBooks && <ActionLink to="/reports/half-year">Halbjahresbericht</ActionLink>}
    >
      {subjects.length > 0 && (
        <Form method="get" className="actions">
          <KeptStand />
          <label className="kern-label" htmlFor="grant">
            Zuwendung, Programm, Vertrag oder Konto
          </label>
          <div className="kern-form-input__select-wrapper">
            <select
              id="grant"
              name="grant"
              defaultValue={subjectId ?? ""}
              className="kern-form-input__select"
            >
              <option value="">alle</option>
              {subjects.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <div className="kern-form-check">
            <input
              id="done"
              name="done"
              type="checkbox"
              defaultChecked={withDone}
              className="kern-form-check__checkbox"
            />
            <label className="kern-label" htmlFor="done">
              auch erledigte und vergangene zeigen ({doneCount})
            </label>
          </div>
          <button type="submit" className="kern-btn kern-btn--secondary">
            <span className="kern-label">Anzeigen</span>
          </button>
        </Form>
      )}
      {open.length === 0 && (
        <Empty>
          {subjects.length === 0
            ? "Noch keine Fristen: Sie kommen mit dem ersten Höchstbetrag und dem ersten Bescheid."
            : "Hier ist nichts mehr offen."}
        </Empty>
      )}
      {urgencies.map((urgency) => {
        const rows = open.filter((one) => one.urgency === urgency);
        if (rows.length === 0) return null;
        const title = urgencyHeadings[urgency];
        return (
          <Section key={urgency} title={title}>
            <DeadlineTable
              caption={title}
              isCaptionHidden
              deadlines={rows}
              {...{ asOf, mayReadBooks }}
            />
          </Section>
        );
      })}
      {done.length > 0 && (
        <Section title="Erledigt oder vergangen">
          <DeadlineTable
            caption="Erledigt oder vergangen"
            isCaptionHidden
            deadlines={done}
            {...{ asOf, mayReadBooks }}
          />
        </Section>
      )}
      <p className="kern-body muted">
        Was weder ein Bescheid noch das Förderprogramm festlegt, steht hier nicht. Dieselbe Liste
        gibt es als <TextLink to="/account/calendar">Kalender</TextLink> für Outlook oder
        Thunderbird.
      </p>
    </Page>
  );
}
