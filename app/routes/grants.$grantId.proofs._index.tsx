import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { today } from "#app/clock.server.ts";
import { DayText, Euro } from "#app/components/euro.tsx";
import { DayField, SelectField, TextArea } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Badge, DownloadLink, Empty, Notice, Section, TextLink } from "#app/components/page.tsx";
import {
  ProofIncome,
  ProofLines,
  ProofReceipts,
  ProofResult,
} from "#app/components/proof-tables.tsx";
import { KeptStand } from "#app/components/past.tsx";
import { Table } from "#app/components/table.tsx";
import { proofDueOf } from "#app/domain/due-dates.ts";
import { mayUser } from "#app/domain/permission.ts";
import { proofKinds } from "#app/domain/proof-of-use.ts";
import { choice, day, key, longText, readForm, rejected } from "#app/form.ts";
import { formatDay, formatEuro, parseDay } from "#app/german/notation.ts";
import { problemOf, proofKindWords } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { listProofs, loadProofFigures, submitProof } from "#app/records/proofs.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const proofForm = z.object({
  id: key,
  kind: choice(proofKinds),
  asOf: day,
  submittedOn: day,
  report: longText,
});

export const meta: MetaFunction = () => [{ title: "Verwendungsnachweis – Paktbuch" }];

export const loader = asKnown("read_books", async ({ request, params }, user) => {
  const grant = await requireGrant(user, idParam(params.grantId));
  const asOf = parseDay(new URL(request.url).searchParams.get("asOf") ?? "") ?? today();
  const [figures, proofs] = await Promise.all([
    loadProofFigures(user, grant, asOf),
    listProofs(user, grant.id),
  ]);
  return wire({
    id: randomUUID(),
    grantId: grant.id,
    asOf,
    today: today(),
    due: proofDueOf(grant, grant.programme) ?? null,
    interimDueOn: grant.interimProofDueOn,
    figures,
    proofs: proofs.map(({ id, kind, asOf, submittedOn, figures, answer, stands }) => ({
      id,
      stands,
      kind,
      asOf,
      submittedOn,
      spent: figures.spent,
      grantDue: figures.grantDue,
      answeredOn: answer?.answeredOn ?? null,
    })),
    mayRecord: mayUser(user, "record") && grant.stands,
  });
});

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, proofForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await submitProof(user, id, idParam(params.grantId), draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/proofs/${id}`);
}

export default function Proofs() {
  const page = useLoaderData<typeof loader>();
  return (
    <>
      <Section title="Verwendungsnachweis">
        <p className="kern-body">
          {page.interimDueOn && <>Zwischennachweis fällig am {formatDay(page.interimDueOn)}. </>}
          {page.due
            ? `Fällig am ${formatDay(page.due.on)} (${page.due.by === "notice" ? "laut Bescheid" : "laut Förderprogramm"}).`
            : "Weder Bescheid noch Förderprogramm nennen eine Frist. Bitte im Bescheid nachsehen und als Änderungsbescheid nachtragen."}
        </p>
        {page.proofs.length === 0 ? (
          <Empty>Noch kein Nachweis eingereicht.</Empty>
        ) : (
          <Table
            caption="Eingereichte Nachweise"
            rows={page.proofs}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Nachweis",
                cell: ({ id, kind, stands }) => (
                  <>
                    <TextLink to={`/proofs/${id}`}>{proofKindWords[kind]}</TextLink>{" "}
                    {!stands && <Badge kind="danger">storniert</Badge>}
                  </>
                ),
              },
              { label: "Stand", cell: ({ asOf }) => <DayText day={asOf} /> },
              { label: "eingereicht", cell: ({ submittedOn }) => <DayText day={submittedOn} /> },
              { label: "Ausgaben", isNumeric: true, cell: ({ spent }) => <Euro amount={spent} /> },
              {
                label: "Zuwendung",
                isNumeric: true,
                cell: ({ grantDue }) => <Euro amount={grantDue} />,
              },
              {
                label: "Antwort",
                cell: ({ answeredOn }) =>
                  answeredOn ? (
                    <Badge kind="success">{`geprüft ${formatDay(answeredOn)}`}</Badge>
                  ) : (
                    <Badge kind="info">steht aus</Badge>
                  ),
              },
            ]}
          />
        )}
      </Section>
      <Section
        title={`Zahlen mit Stand ${formatDay(page.asOf)}`}
        actions={
          <DownloadLink to={`/grants/${page.grantId}/proofs.pdf?asOf=${formatDay(page.asOf)}`}>
            Entwurf als PDF
          </DownloadLink>
        }
      >
        <Form method="get" className="actions">
          <KeptStand />
          <div className="kern-form-input">
            <label className="kern-label" htmlFor="asOf">
              Stand
            </label>
            <input
              id="asOf"
              name="asOf"
              inputMode="numeric"
              defaultValue={formatDay(page.asOf)}
              className="kern-form-input__input short"
            />
          </div>
          <button type="submit" className="kern-btn kern-btn--secondary">
            <span className="kern-label">Anzeigen</span>
          </button>
        </Form>
        {page.figures.notPaid !== "0" && (
          <Notice
            kind="warning"
            title={`${formatEuro(page.figures.notPaid)} sind bestellt oder in Rechnung gestellt, aber nicht bezahlt`}
          >
            <p className="kern-body">Sie gehören nicht zu diesem Nachweis.</p>
          </Notice>
        )}
        <ProofResult figures={page.figures} />
        <ProofIncome figures={page.figures} />
        <ProofLines figures={page.figures} />
        {page.figures.receipts.length > 0 && <ProofReceipts figures={page.figures} />}
      </Section>
      {page.mayRecord && <ProofForm key={page.id} />}
    </>
  );
}

function ProofForm() {
  const { id, asOf, today } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof proofForm>>({
    id: "proof",
    lastResult: useActionData<typeof action>(),
    defaultValue: {
      id,
      kind: "final",
      asOf: formatDay(asOf),
      submittedOn: formatDay(today),
    },
  });
  return (
    <Section title="Nachweis einreichen">
      <p className="kern-body">
        Eingereicht werden die Zahlen und Belege mit dem gewählten Stand. Sie werden so
        festgehalten, wie sie jetzt sind.
      </p>
      <EntryForm form={form} submit="Nachweis einreichen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <SelectField
            field={fields.kind}
            label="Art"
            options={proofKinds.map((kind) => ({ value: kind, label: proofKindWords[kind] }))}
          />
          <DayField field={fields.asOf} label="Stand der Zahlen" />
          <DayField field={fields.submittedOn} label="Eingereicht am" />
        </div>
        <TextArea
          field={fields.report}
          label="Sachbericht"
          hint="Was wurde gekauft, wie wird es genutzt, welches Ziel ist erreicht?"
        />
      </EntryForm>
    </Section>
  );
}
