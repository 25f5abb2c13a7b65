import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData } from "@remix-run/react";
import { checkUploadedBook } from "#app/book-check.server.ts";
import { Notice, Page, Section } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import {
  differencePlace,
  differenceValues,
  handPlace,
  handTitle,
  sealLine,
  sealsSentence,
  verdictOf,
} from "#app/german/book-check-words.ts";
import { problemOf } from "#app/german/words.ts";
import { expectFile } from "#app/readers/apart.server.ts";
import { requireUser } from "#app/session.server.ts";
import { readUploads } from "#app/upload-form.ts";

export const meta: MetaFunction = () => [{ title: "Prüfbuch nachprüfen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireUser(request, "export_books");
  expectFile();
  return null;
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "export_books");
  const upload = await readUploads(request);
  if ("violation" in upload) return refused(upload.violation);
  const [file, ...more] = upload.files;
  if (more.length > 0) return refused({ field: "file", rule: "too_many_files" });
  const check = await checkUploadedBook(user, file!.content, request.signal);
  if ("problem" in check) return refused(check.problem);
  return data({ findings: check.findings, fileName: file!.name, problem: undefined });
}

function refused(violation: Parameters<typeof problemOf>[0]) {
  const { sentence } = problemOf(violation);
  return data({ problem: sentence, findings: undefined, fileName: undefined }, { status: 422 });
}

export default function WorkbookCheck() {
  const answer = useActionData<typeof action>();
  const problem = answer?.problem;
  return (
    <Page
      title="Prüfbuch nachprüfen"
      lead="Eine Kopie eines Prüfbuchs kommt zurück. Paktbuch stellt das Prüfbuch nach seiner Kennung noch einmal her und vergleicht jede Zelle."
    >
      {answer?.findings && <Result fileName={answer.fileName} findings={answer.findings} />}
      <Form method="post" encType="multipart/form-data" className="entry-form" reloadDocument>
        <div className={`kern-form-input${problem ? " kern-form-input--error" : ""}`}>
          <label className="kern-label" htmlFor="workbook-file">
            Prüfbuch
          </label>
          <div className="kern-hint" id="workbook-file-hint">
            die Excel-Arbeitsmappe (xlsx), wie sie zurückkam; verglichen werden Werte, Formeln und
            Namen, nicht das Aussehen. Sehr große Prüfbücher prüft der Befehl „npm run
            check-workbook“.
          </div>
          <input
            id="workbook-file"
            name="file"
            type="file"
            accept=".xlsx"
            aria-invalid={problem ? true : undefined}
            aria-describedby={`workbook-file-hint${problem ? " workbook-file-error" : ""}`}
            className={`kern-form-input__input${problem ? " kern-form-input__input--error" : ""}`}
          />
          {problem && (
            <p className="kern-error" id="workbook-file-error" role="alert">
              <span className="kern-icon kern-icon--danger kern-icon--small" aria-hidden="true" />
              <span className="kern-body">{problem}</span>
            </p>
          )}
        </div>
        <div className="actions">
          <button type="submit" className="kern-btn kern-btn--primary">
            <span className="kern-label">Nachprüfen</span>
          </button>
        </div>
      </Form>
    </Page>
  );
}

type Findings = Parameters<typeof verdictOf>[0];

function Result({ fileName, findings }: { fileName: string; findings: Findings }) {
  const { count, differences, handCount, handEntries, seals } = findings;
  const more = count - differences.length;
  const moreByHand = handCount - handEntries.length;
  return (
    <>
      <Notice
        kind={count === 0 ? "success" : "danger"}
        title={`„${fileName}“ ist ${verdictOf(findings)}`}
      />
      <p className="kern-body">{sealsSentence(findings)}</p>
      {seals.broken.map((seal) => (
        <p className="kern-body" key={seal.sheet}>
          {sealLine(seal)}
        </p>
      ))}
      {count > 0 && (
        <Section title="Abweichungen">
          <Table
            caption="Wo die Datei von den Büchern abweicht"
            isCaptionHidden
            rows={differences.map((difference, index) => ({ difference, index }))}
            keyOf={({ index }) => String(index)}
            columns={[
              { label: "Stelle", cell: ({ difference }) => differencePlace(difference) },
              {
                label: "in den Büchern",
                cell: ({ difference }) => differenceValues(difference).expected,
              },
              {
                label: "in der Datei",
                cell: ({ difference }) => differenceValues(difference).found,
              },
            ]}
          />
          {more > 0 && <p className="kern-body">und {more} weitere</p>}
        </Section>
      )}
      {handCount > 0 && (
        <Section title={handTitle}>
          <p className="kern-body">
            Diese Spalten der Belegliste sind für die Prüfung bestimmt. Was dort steht, ändert das
            Prüfbuch nicht.
          </p>
          <Table
            caption="Was die Prüfung eingetragen hat"
            isCaptionHidden
            rows={handEntries}
            keyOf={({ cell }) => cell}
            columns={[
              { label: "Stelle", cell: handPlace },
              { label: "Eintragung", cell: ({ found }) => found },
            ]}
          />
          {moreByHand > 0 && <p className="kern-body">und {moreByHand} weitere</p>}
        </Section>
      )}
    </>
  );
}
