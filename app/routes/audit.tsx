import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { ActionLink, Notice, Page, Section } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { formatDay, parseDay } from "#app/german/notation.ts";
import { proofWords } from "#app/german/words.ts";
import { listGrants } from "#app/records/grants.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Prüfbuch – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "export_books");
  const { searchParams } = new URL(request.url);
  const on = searchParams.get("on");
  const asked = on === null ? undefined : parseDay(on);
  const isAsked = searchParams.has("verify");
  const [grants, verdicts] = await Promise.all([
    listGrants(user, "all"),
    isAsked ? verifyJournal(user.schoolAuthorityId) : null,
  ]);
  return {
    on: on ?? formatDay(today()),
    problem:
      on === null || (asked && asked <= today())
        ? null
        : "Bitte einen Stichtag wie 31.12.2024 eingeben, der nicht in der Zukunft liegt.",
    grants: grants.map(({ id, fileNumber }) => ({ id, fileNumber })),
    verdicts,
  };
}

export default function Audit() {
  const { on, problem, grants, verdicts } = useLoaderData<typeof loader>();
  const holds = verdicts?.every(({ findings }) => findings.length === 0);
  return (
    <Page
      title="Prüfbuch"
      lead="Eine Excel-Arbeitsmappe mit jedem Cent, seinem Beleg und seinem Grund, zum Nachrechnen."
    >
      <form method="get" action="/audit.xlsx" className="entry-form">
        <div className="field-row">
          <div className="kern-form-input">
            <label className="kern-label" htmlFor="grant">
              Umfang
            </label>
            <div className="kern-form-input__select-wrapper">
              <select id="grant" name="grant" className="kern-form-input__select">
                <option value="">alle Zuwendungen, Haushalt und IKZ</option>
                {grants.map(({ id, fileNumber }) => (
                  <option key={id} value={id}>
                    nur {fileNumber}
                  </option>
                ))}
              </select>
            </div>
          </div>
          <div className="kern-form-input">
            <label className="kern-label" htmlFor="on">
              Stichtag
            </label>
            <input
              id="on"
              name="on"
              defaultValue={on}
              aria-invalid={problem ? true : undefined}
              aria-describedby={problem ? "on-error" : undefined}
              className="kern-form-input__input short"
            />
            {problem && (
              <p className="kern-error" id="on-error" role="alert">
                <span className="kern-icon kern-icon--danger kern-icon--small" aria-hidden="true" />
                <span className="kern-body">{problem}</span>
              </p>
            )}
          </div>
        </div>
        <div className="actions">
          <button type="submit" className="kern-btn kern-btn--primary">
            <span className="kern-icon kern-icon--download" aria-hidden="true" />
            <span className="kern-label">Prüfbuch herunterladen</span>
          </button>
        </div>
      </form>

      <Section
        title="Liegt zu allem ein Beleg vor?"
        actions={<ActionLink to="/receipts">Fehlende Belege</ActionLink>}
      >
        <p className="kern-body">
          Die Belegliste des Prüfbuchs nennt zu jeder Rechnung ihre Dateien; hier steht, was noch
          fehlt.
        </p>
      </Section>

      <Section
        title="Stimmt das Journal?"
        actions={<ActionLink to="/audit?verify">Journal nachrechnen</ActionLink>}
      >
        {!verdicts && (
          <p className="kern-body">
            Vier Nachweise rechnen das ganze Journal nach; bei großen Büchern dauert das einige
            Sekunden. In jedem Prüfbuch stehen sie auch.
          </p>
        )}
        {verdicts && (
          <>
            <Notice
              kind={holds ? "success" : "danger"}
              title={holds ? "Alle fünf Nachweise stimmen" : "Das Journal weicht ab"}
            />
            <Table
              caption="Die fünf Nachweise der Bücher"
              isCaptionHidden
              rows={verdicts}
              keyOf={({ proof }) => proof}
              columns={[
                { label: "Nachweis", cell: ({ proof }) => proofWords[proof] },
                { label: "geprüft", isNumeric: true, cell: ({ checked }) => checked },
                {
                  label: "Ergebnis",
                  cell: ({ findings }) =>
                    findings.length === 0 ? "stimmt" : findings.slice(0, 5).join("; "),
                },
              ]}
            />
          </>
        )}
      </Section>
    </Page>
  );
}
