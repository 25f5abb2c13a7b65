import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { today } from "#app/clock.server.ts";
import { Attachments } from "#app/components/attachments.tsx";
import { DayField, EuroField, SelectField, TextArea, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden, Row, RowButton, Rows } from "#app/components/form.tsx";
import {
  Badge,
  DownloadLink,
  Facts,
  Notice,
  Page,
  Section,
  TextLink,
} from "#app/components/page.tsx";
import {
  ProofIncome,
  ProofLines,
  ProofReceipts,
  ProofResult,
} from "#app/components/proof-tables.tsx";
import { sum } from "#app/domain/money.ts";
import { mayUser } from "#app/domain/permission.ts";
import { day, euroAmount, key, optionalText, readForm, rejected, shortText } from "#app/form.ts";
import { formatDay, formatEuro } from "#app/german/notation.ts";
import { problemOf, proofKindWords } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadAttachments } from "#app/records/attachments.server.ts";
import {
  listCountingReceipts,
  loadProofFigures,
  recordAnswer,
  requireProof,
} from "#app/records/proofs.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const answerForm = z.object({
  id: key,
  answeredOn: day,
  reference: shortText,
  note: optionalText,
  cuts: z
    .array(z.object({ invoiceLineId: key, amount: euroAmount, reason: optionalText }))
    .default([]),
});

export const meta: MetaFunction = () => [{ title: "Eingereichter Nachweis – Paktbuch" }];

export const loader = asKnown("read_books", async ({ params }, user) => {
  const proof = await requireProof(user, idParam(params.proofId));
  const { grant, figures, answer, cuts } = proof;
  const [now, counting] = await Promise.all([
    loadProofFigures(user, grant, today()),
    listCountingReceipts(user, proof),
  ]);
  const asSubmitted = await loadProofFigures(user, grant, figures.asOf);
  return wire({
    id: randomUUID(),
    proof: {
      id: proof.id,
      kind: proof.kind,
      asOf: proof.asOf,
      submittedOn: proof.submittedOn,
      report: proof.report,
      seal: proof.seal,
      stands: proof.stands,
    },
    grant: { id: grant.id, fileNumber: grant.fileNumber, receiver: grant.grantingAuthority },
    figures,
    answer,
    cuts,
    cutTotal: sum(cuts.map(({ amount }) => amount)),
    now,
    /** Something of the same day was recorded or reversed since. */
    hasChanged: JSON.stringify(wire(asSubmitted)) !== JSON.stringify(figures) && answer === null,
    receipts: counting.map(
      ({ invoiceLineId, supplier, invoiceNumber, school, code, eligible }) => ({
        value: invoiceLineId,
        label: `${supplier}, ${invoiceNumber} · ${school} ${code} · ${formatEuro(eligible)}`,
      }),
    ),
    mayAnswer: mayUser(user, "record") && answer === null && proof.stands,
    attachments: await loadAttachments(user, { subject: "proof_of_use", subjectId: proof.id }),
  });
});

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const proofId = idParam(params.proofId);
  const form = await readForm(request, answerForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await recordAnswer(user, id, proofId, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/proofs/${proofId}`);
}

export default function Proof() {
  const page = useLoaderData<typeof loader>();
  const { proof, grant, figures, answer, cuts, now } = page;
  return (
    <Page
      title={`${proofKindWords[proof.kind]} zu ${grant.fileNumber}`}
      lead={`Stand ${formatDay(proof.asOf)}, eingereicht am ${formatDay(proof.submittedOn)} bei ${grant.receiver}`}
      crumbs={[{ to: `/grants/${grant.id}/proofs`, label: "Verwendungsnachweise der Zuwendung" }]}
      actions={
        <>
          <DownloadLink to={`/proofs/${proof.id}.pdf`}>Nachweis als PDF</DownloadLink>
          {!proof.stands && <Badge kind="danger">storniert</Badge>}
          <TextLink to={`/documents/proof_of_use/${proof.id}`}>Beleg und Storno</TextLink>
        </>
      }
    >
      {page.hasChanged && (
        <Notice kind="warning" title="Seit der Einreichung haben sich Zahlen geändert">
          <p className="kern-body">
            Hier stehen die eingereichten. Die heutigen stehen bei der Zuwendung, Reiter
            Verwendungsnachweis, mit demselben Stand.
          </p>
        </Notice>
      )}
      {answer && (
        <Section title="Prüfvermerk">
          <Facts
            facts={[
              ["Vom", formatDay(answer.answeredOn)],
              ["Zeichen", answer.reference],
              [
                "Ergebnis",
                cuts.length === 0
                  ? "anerkannt"
                  : `anerkannt bis auf ${formatEuro(page.cutTotal)} (${cuts.length === 1 ? "ein Beleg" : `${cuts.length} Belege`} gekürzt)`,
              ],
              ["Zuwendung danach", formatEuro(now.grantDue)],
              ["Zurückzuzahlen", formatEuro(now.repayment)],
              ["Noch abzurufen", formatEuro(now.stillToDraw)],
              ["Bemerkung", answer.note || "–"],
              [
                "Beleg",
                <TextLink key="document" to={`/documents/proof_answer/${answer.id}`}>
                  Beleg und Storno
                </TextLink>,
              ],
            ]}
          />
        </Section>
      )}
      <Section title="Eingereichte Zahlen">
        <ProofResult figures={figures} />
        <ProofIncome figures={figures} />
        <ProofLines figures={figures} />
        <ProofReceipts
          figures={figures}
          verdictOf={
            answer
              ? (invoiceLineId) => {
                  const cut = cuts.find((one) => one.invoiceLineId === invoiceLineId);
                  return cut && { cut: cut.amount, reason: cut.reason };
                }
              : undefined
          }
        />
      </Section>
      <Section title="Sachbericht">
        <p className="kern-body pre-line">{proof.report}</p>
        <p className="kern-body kern-body--small muted">
          Prüfsumme (SHA-256) über Bericht und Zahlen: <span className="hash">{proof.seal}</span>
        </p>
      </Section>
      <Attachments
        {...page.attachments}
        hint="Der unterschriebene Nachweis, Fotos, der Prüfvermerk der Behörde."
      />
      {page.mayAnswer && <AnswerForm key={page.id} />}
    </Page>
  );
}

function AnswerForm() {
  const { id, receipts } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof answerForm>>({
    id: "answer",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id, cuts: [] },
  });
  const { name } = fields.cuts;
  return (
    <Section title="Antwort der Bewilligungsbehörde buchen">
      <p className="kern-body">
        Ohne Kürzung gilt der Nachweis als anerkannt. Was gekürzt wird, ist von diesem Tag an nicht
        mehr förderfähig.
      </p>
      <EntryForm form={form} submit="Antwort buchen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <DayField field={fields.answeredOn} label="Prüfvermerk vom" />
          <TextField field={fields.reference} label="Zeichen" isShort />
        </div>
        <TextArea field={fields.note} label="Bemerkung" isOptional />
        <Rows
          id={fields.cuts.id}
          title="Kürzungen"
          errors={fields.cuts.errors}
          addButton={
            <RowButton button={form.insert.getButtonProps({ name })}>Beleg kürzen</RowButton>
          }
        >
          {fields.cuts.getFieldList().map((cut, index) => {
            const { invoiceLineId, amount, reason } = cut.getFieldset();
            return (
              <Row
                key={cut.key}
                title={`${index + 1}. Kürzung`}
                removeButton={
                  <RowButton button={form.remove.getButtonProps({ name, index })}>
                    Kürzung entfernen
                  </RowButton>
                }
              >
                <SelectField field={invoiceLineId} label="Beleg" options={receipts} />
                <EuroField field={amount} label="Gekürzt um" />
                <TextField field={reason} label="Grund" />
              </Row>
            );
          })}
        </Rows>
      </EntryForm>
    </Section>
  );
}
