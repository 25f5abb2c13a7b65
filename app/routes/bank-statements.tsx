import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { DayText } from "#app/components/euro.tsx";
import { Badge, Empty, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { withMoney } from "#app/domain/bank-statement.ts";
import { mayUser } from "#app/domain/permission.ts";
import { formatAccount, formatMoment } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { wire } from "#app/http.ts";
import { expectFile, readApart } from "#app/readers/apart.server.ts";
import { recordBankStatements } from "#app/records/bank-statements.server.ts";
import { listBankStatements } from "#app/records/bank-transactions.server.ts";
import { requireUser } from "#app/session.server.ts";
import { readUploads } from "#app/upload-form.ts";

export const meta: MetaFunction = () => [{ title: "Kontoauszüge – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_all_books");
  const mayRecord = mayUser(user, "pay");
  if (mayRecord) expectFile();
  return wire({ statements: await listBankStatements(user), mayRecord });
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "pay");
  const upload = await readUploads(request);
  if ("violation" in upload) return refused(upload.violation);
  const [file, ...more] = upload.files;
  if (more.length > 0) return refused({ field: "file", rule: "too_many_files" });
  const read = await readApart("bankStatements", file!.content);
  if ("problem" in read) return refused(read.problem);
  const recorded = await recordBankStatements(user, file!, read.statements.map(withMoney));
  if ("violation" in recorded) return refused(recorded.violation);
  return redirect(
    read.statements.length === 1 ? `/bank-statements/${recorded.id}` : "/bank-statements",
  );
}

function refused(violation: Parameters<typeof problemOf>[0]) {
  return data({ problem: problemOf(violation).sentence }, { status: 422 });
}

export default function BankStatements() {
  const { statements, mayRecord } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <Page
      title="Kontoauszüge"
      lead="Was das Kassenverfahren gezahlt hat, kommt als Kontoauszug zurück und wird den offenen Rechnungen zugeordnet."
    >
      {mayRecord && <StatementForm problem={problem} />}
      <Section title="Eingelesen">
        {statements.length === 0 ? (
          <Empty>Noch kein Kontoauszug.</Empty>
        ) : (
          <Table
            caption="Eingelesene Kontoauszüge, neueste zuerst"
            isCaptionHidden
            rows={statements}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Auszug",
                cell: ({ id, statementId }) => (
                  <TextLink to={`/bank-statements/${id}`}>{statementId || "ohne Nummer"}</TextLink>
                ),
              },
              { label: "Konto", cell: ({ account }) => formatAccount(account) },
              { label: "bis", cell: ({ until }) => (until ? <DayText day={until} /> : "–") },
              {
                label: "offen",
                isNumeric: true,
                cell: ({ counts }) =>
                  counts.open > 0 ? <Badge kind="warning">{counts.open}</Badge> : 0,
              },
              { label: "zugeordnet", isNumeric: true, cell: ({ counts }) => counts.matched },
              { label: "nicht von uns", isNumeric: true, cell: ({ counts }) => counts.foreign },
              { label: "schon bekannt", isNumeric: true, cell: ({ counts }) => counts.repeated },
              {
                label: "eingelesen",
                cell: ({ createdAt, recordedBy }) => `${formatMoment(createdAt)}, ${recordedBy}`,
              },
            ]}
          />
        )}
      </Section>
    </Page>
  );
}

/** Sent as a document on purpose: the server takes large bodies at this address only. */
function StatementForm({ problem }: { problem?: string }) {
  return (
    <Form method="post" encType="multipart/form-data" className="entry-form" reloadDocument>
      <div className={`kern-form-input${problem ? " kern-form-input--error" : ""}`}>
        <label className="kern-label" htmlFor="statement-file">
          Kontoauszug einlesen
        </label>
        <div className="kern-hint" id="statement-file-hint">
          eine XML-Datei im Format CAMT.053 bis 10 MB; gebucht wird dabei noch nichts
        </div>
        <input
          id="statement-file"
          name="file"
          type="file"
          accept=".xml,.camt,.c53,application/xml,text/xml"
          aria-invalid={problem ? true : undefined}
          aria-describedby={`statement-file-hint${problem ? " statement-file-error" : ""}`}
          className={`kern-form-input__input${problem ? " kern-form-input__input--error" : ""}`}
        />
        {problem && (
          <p className="kern-error" id="statement-file-error" role="alert">
            <span className="kern-icon kern-icon--danger kern-icon--small" aria-hidden="true" />
            <span className="kern-body">{problem}</span>
          </p>
        )}
      </div>
      <div className="actions">
        <button type="submit" className="kern-btn kern-btn--primary">
          <span className="kern-label">Einlesen</span>
        </button>
      </div>
    </Form>
  );
}
