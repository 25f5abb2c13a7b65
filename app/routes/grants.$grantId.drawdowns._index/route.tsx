import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { today } from "#app/clock.server.ts";
import { entriesOf, Euro } from "#app/components/euro.tsx";
import { DayField, EuroField, SelectField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { ActionLink, Facts, Notice, Section } from "#app/components/page.tsx";
import {
  drawable,
  drawDeadline,
  drawdownKinds,
  drawingRefusal,
  figureBy,
} from "#app/domain/drawdown.ts";
import { addressesOf } from "#app/domain/programme.ts";
import { mayUser } from "#app/domain/permission.ts";
import { repayable } from "#app/domain/repayment.ts";
import { termsOn } from "#app/domain/terms.ts";
import { choice, day, euroAmount, key, readForm, rejected, text } from "#app/form.ts";
import { drawdownKindWords, originWords } from "#app/german/drawdown-sentences.ts";
import { amountInput, formatDay } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listDrawdowns, requestDrawdown } from "#app/records/drawdowns.server.ts";
import { loadGrantBooks, loadLateInterest } from "#app/records/drawing.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { listRepayments } from "#app/records/repayments.server.ts";
import { requireUser } from "#app/session.server.ts";
import { DrawableTable } from "./drawable-table.tsx";
import { DrawdownTable, RepaymentTable } from "./history-tables.tsx";
import { InterestSection } from "./interest-section.tsx";

export const handle = { isInteractive: true };

const drawdownForm = z.object({
  id: key,
  kind: choice(drawdownKinds),
  requestedOn: day,
  amount: euroAmount,
  purpose: text,
});

export const meta: MetaFunction = () => [{ title: "Mittelabrufe – Paktbuch" }];

export const loader = asKnown("read_books", async ({ params }, user) => {
  const grant = await requireGrant(user, idParam(params.grantId));
  const [books, drawdowns, repayments] = await Promise.all([
    loadGrantBooks(user, grant),
    listDrawdowns(user, grant.id),
    listRepayments(user, grant.id),
  ]);
  const on = today();
  const refusal = drawingRefusal(books, on);
  const deadline = drawDeadline(books, on);
  const origin = deadline?.origin;
  const { financingKind, fundingRate } = termsOn(books.versions, on);
  return wire({
    id: randomUUID(),
    grantId: grant.id,
    on,
    granted: figureBy(books.movements, "granted", on),
    drawn: figureBy(books.movements, "drawn", on),
    received: figureBy(books.movements, "received", on),
    ...repayable(books, on),
    can: drawable(books, on, on),
    financingKind,
    fundingRate,
    refusal: refusal ? problemOf(refusal).sentence : null,
    deadline: deadline ? { until: deadline.until, origin: originWords(deadline.origin) } : null,
    addresses: origin?.by === "programme" ? addressesOf(grant.programme, origin) : [],
    drawdowns,
    repayments,
    late: await loadLateInterest(user, grant, books),
    mayRecord: mayUser(user, "record") && grant.stands,
    mayPay: mayUser(user, "pay") && grant.stands,
  });
});

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const grantId = idParam(params.grantId);
  const form = await readForm(request, drawdownForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await requestDrawdown(user, id, grantId, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/grants/${grantId}/drawdowns`);
}

export default function Drawdowns() {
  const page = useLoaderData<typeof loader>();
  const linked = (figure: "granted" | "drawn" | "received" | "repaid" | "reclaimed") => (
    <Euro
      key={figure}
      amount={page[figure]}
      to={entriesOf({ grant: page.grantId, kind: "income", figure })}
    />
  );
  return (
    <>
      <Section title="Mittelabrufe">
        <Facts
          facts={[
            ["Bewilligt", linked("granted")],
            ["Abgerufen", linked("drawn")],
            ["Erhalten", linked("received")],
            ["Zurückgezahlt", linked("repaid")],
            ["Abrufbar bis", <Deadline key="deadline" />],
          ]}
        />
        {page.refusal && <Notice kind="warning" title={page.refusal} />}
        <DrawableTable page={page} />
        <DrawdownTable drawdowns={page.drawdowns} />
        {/* A new id is a new form: what was sent does not linger in it. */}
        {page.mayRecord && <DrawdownForm key={page.id} />}
      </Section>
      <InterestSection late={page.late} paid={page.interestPaid} on={page.on} />
      <Section
        title="Rückzahlungen"
        actions={
          page.mayPay && (
            <ActionLink to={`/grants/${page.grantId}/drawdowns/repayment`}>
              Rückzahlung buchen
            </ActionLink>
          )
        }
      >
        <Facts
          facts={[
            ["Zurückgefordert", linked("reclaimed")],
            ["Zurückgezahlt", linked("repaid")],
            ["Über die Zuwendung hinaus erhalten", <Euro key="open" amount={page.open} />],
          ]}
        />
        <RepaymentTable repayments={page.repayments} />
      </Section>
    </>
  );
}

function Deadline() {
  const { deadline, addresses } = useLoaderData<typeof loader>();
  if (!deadline) return <>keine Frist in Bescheid und Richtlinie</>;
  return (
    <>
      {formatDay(deadline.until)} ({deadline.origin})
      {addresses.map((address, index) => (
        <span key={address}>
          {" "}
          <a className="kern-link" href={address} rel="noreferrer">
            Fundstelle {index + 1}
          </a>
        </span>
      ))}
    </>
  );
}

function DrawdownForm() {
  const { id, can, refusal } = useLoaderData<typeof loader>();
  const proposed = refusal || can.refund === "0" ? "" : amountInput(can.refund);
  const [form, fields] = useForm<z.input<typeof drawdownForm>>({
    id: "drawdown",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id, kind: "refund", amount: proposed },
  });
  return (
    <Section title="Mittelabruf buchen">
      <EntryForm form={form} submit="Mittelabruf buchen">
        <Hidden field={fields.id} />
        <div className="field-row">
          {can.advance ? (
            <SelectField
              field={fields.kind}
              label="Art"
              options={drawdownKinds.map((kind) => ({
                value: kind,
                label: drawdownKindWords[kind],
              }))}
            />
          ) : (
            <Hidden field={fields.kind} />
          )}
          <DayField field={fields.requestedOn} label="Abgerufen am" />
          <EuroField field={fields.amount} label="Betrag" />
          <TextField field={fields.purpose} label="Zweck" />
        </div>
      </EntryForm>
    </Section>
  );
}
