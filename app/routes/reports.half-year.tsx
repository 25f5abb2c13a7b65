import { type MetaFunction, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { entriesOf, Euro } from "#app/components/euro.tsx";
import { Empty, Page, Section, TextLink } from "#app/components/page.tsx";
import { KeptStand } from "#app/components/past.tsx";
import { Table } from "#app/components/table.tsx";
import { reportFigures, type ReportFigure, reportingDays } from "#app/domain/half-year.ts";
import { mayUser } from "#app/domain/permission.ts";
import { halfYearTitle, readHalfYear, reportFigureWords } from "#app/german/half-year-words.ts";
import { formatDay } from "#app/german/notation.ts";
import { wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadHalfYear } from "#app/records/half-year.server.ts";

export const meta: MetaFunction = () => [{ title: "Halbjahresbericht – Paktbuch" }];

/** No grant of the Digitalpakt is older. */
const firstReport = "2019-06-30";

export const loader = asKnown("read_all_books", async ({ request }, user) => {
  const { searchParams } = new URL(request.url);
  const asked = { on: searchParams.get("on"), known: searchParams.get("known") };
  const { view, problems } = readHalfYear(asked, today());
  const isReadable = !problems.on && !problems.known;
  // The address alone brings the same report back, also of the page that nobody asked for a day.
  if (isReadable && !(asked.on && asked.known)) {
    throw redirect(`/reports/half-year?${new URLSearchParams(view)}`);
  }
  return wire({
    view,
    problems,
    knownInput: asked.known && problems.known ? asked.known : formatDay(view.known),
    days: [...new Set([...reportingDays(firstReport, today()), ...(problems.on ? [] : [view.on])])],
    programmes: isReadable ? await loadHalfYear(user, view) : null,
    // Entries that come until midnight are known today as well.
    isStillOpen: view.known === today(),
    mayExport: mayUser(user, "export_books"),
  });
});

export default function HalfYearReport() {
  const { view, programmes, isStillOpen, mayExport } = useLoaderData<typeof loader>();
  const address = new URLSearchParams(view).toString();
  return (
    <Page
      title="Halbjahresbericht"
      lead={programmes && `${halfYearTitle(view)}. Alle Beträge in Euro.`}
      actions={
        programmes &&
        programmes.length > 0 &&
        mayExport && (
          <a className="kern-btn kern-btn--secondary" href={`/reports/half-year.csv?${address}`}>
            <span className="kern-label">Als CSV herunterladen</span>
          </a>
        )
      }
    >
      <ViewForm />
      {programmes?.length === 0 && (
        <Empty>Bis zu diesem Tag war nach damaligem Stand keine Zuwendung bewilligt.</Empty>
      )}
      {programmes?.map(({ key, name, dueOn, addresses, grants, total }) => (
        <Section key={key} title={name}>
          <p className="kern-body">
            Mittelbindung: <Strong amount={total.granted} /> bewilligt, davon{" "}
            <Strong amount={total.running} /> laufend. Mittelabfluss: <Strong amount={total.paid} />{" "}
            bezahlt, davon <Strong amount={total.due} /> aus der Zuwendung.
          </p>
          <p className="kern-body muted">
            {dueOn
              ? `Fällig am ${formatDay(dueOn)} nach der Regel des Förderprogramms.`
              : "Für diesen Tag sieht das Förderprogramm keinen Bericht vor."}{" "}
            {addresses.map((source) => (
              <a
                key={source}
                className="kern-link kern-link--no-visited-state"
                href={source}
                rel="noreferrer"
              >
                Quelle
              </a>
            ))}
          </p>
          <Table
            caption={`Zuwendungen: ${name}`}
            isCaptionHidden
            rows={grants}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Zuwendung",
                cell: ({ id, fileNumber }) => (
                  <TextLink to={`/grants/${id}`}>{fileNumber}</TextLink>
                ),
              },
              ...reportFigures.map((figure) => ({
                label: reportFigureWords[figure],
                isNumeric: true,
                cell: (row: (typeof grants)[number]) => (
                  <Euro
                    amount={row[figure]}
                    // The journal knows all of today: it would contradict what was known before.
                    to={isStillOpen ? entriesBehind(figure, row.id, view.on) : undefined}
                  />
                ),
              })),
            ]}
            footer={[
              "Summe",
              ...reportFigures.map((figure) => <Euro key={figure} amount={total[figure]} />),
            ]}
          />
        </Section>
      ))}
      {programmes && <Explanation isStillOpen={isStillOpen} />}
    </Page>
  );
}

function ViewForm() {
  const { view, problems, knownInput, days } = useLoaderData<typeof loader>();
  return (
    <Form method="get" className="entry-form">
      <KeptStand />
      <div className="field-row">
        <div className="kern-form-input">
          <label className="kern-label" htmlFor="on">
            Stand
          </label>
          <div className="kern-form-input__select-wrapper">
            <select id="on" name="on" defaultValue={view.on} className="kern-form-input__select">
              {days.map((day) => (
                <option key={day} value={day}>
                  {formatDay(day)}
                </option>
              ))}
            </select>
          </div>
          {problems.on && <Problem id="on-error" sentence={problems.on} />}
        </div>
        <div className="kern-form-input">
          <label className="kern-label" htmlFor="known">
            wie bekannt am
          </label>
          <input
            id="known"
            name="known"
            defaultValue={knownInput}
            aria-invalid={problems.known ? true : undefined}
            aria-describedby={problems.known ? "known-error" : undefined}
            className="kern-form-input__input short"
          />
          {problems.known && <Problem id="known-error" sentence={problems.known} />}
        </div>
      </div>
      <div className="actions">
        <button type="submit" className="kern-btn kern-btn--primary">
          <span className="kern-label">Bericht anzeigen</span>
        </button>
      </div>
    </Form>
  );
}

function Problem({ id, sentence }: { id: string; sentence: string }) {
  return (
    <p className="kern-error" id={id} role="alert">
      <span className="kern-icon kern-icon--danger kern-icon--small" aria-hidden="true" />
      <span className="kern-body">{sentence}</span>
    </p>
  );
}

function Strong({ amount }: { amount: string }) {
  return (
    <strong>
      <Euro amount={amount} />
    </strong>
  );
}

/** The entries whose sum a figure is; what is reckoned from several has none. */
function entriesBehind(figure: ReportFigure, grant: string, until: string): string | undefined {
  if (figure === "running" || figure === "due") return undefined;
  const isIncome = figure === "granted" || figure === "drawn" || figure === "received";
  return entriesOf({ grant, kind: isIncome ? "income" : "budget_line", figure, until });
}

function Explanation({ isStillOpen }: { isStillOpen: boolean }) {
  return (
    <Section title="Was gezählt wird">
      <p className="kern-body">
        <strong>Mittelbindung</strong> ist die Summe der bewilligten Zuwendungen mit allen
        Folgebescheiden, die bis zum Stand gelten; <strong>laufend</strong> ist, was kein
        Schlussbescheid oder Widerruf beendet hat. <strong>Mittelabfluss</strong> sind die bezahlten
        förderfähigen Kosten und daraus der Teil, den die Zuwendung nach ihrer Finanzierungsart
        trägt. <strong>Erhalten</strong> sind die Zahlungseingänge; Rückzahlungen sind nicht
        abgezogen.
      </p>
      <p className="kern-body">
        Die Quellen nennen beide Kennzahlen, grenzen sie aber nicht genauer ab. Verlangt das Land
        eine andere Zählung, stehen die übrigen Spalten dafür bereit.
      </p>
      <p className="kern-body">
        Gezählt werden Buchungen, die bis zum Stand gelten und bis zum Ende des Tages erfasst waren,
        an dem sie bekannt sein sollen. Was später erfasst oder storniert wurde, ändert diesen
        Bericht nicht; die Adresse der Seite gibt ihn jederzeit wieder.
        {isStillOpen &&
          " Der heutige Tag ist noch nicht zu Ende: Was heute noch erfasst wird, kommt hinzu."}
      </p>
    </Section>
  );
}
