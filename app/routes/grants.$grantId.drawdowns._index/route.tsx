import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { DayText, entriesOf, Euro } from "#app/components/euro.tsx";
import { DayField, EuroField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Badge, Empty, Facts, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { summarize } from "#app/domain/budget.ts";
import { larger, shareOf, zero } from "#app/domain/money.ts";
import { may } from "#app/domain/permission.ts";
import { day, euroAmount, key, readForm, rejected, text } from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { listAccounts, loadBudget } from "#app/records/accounts.server.ts";
import { listDrawdowns, requestDrawdown } from "#app/records/drawdowns.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const drawdownForm = z.object({ id: key, requestedOn: day, amount: euroAmount, purpose: text });

export const meta: MetaFunction = () => [{ title: "Mittelabrufe – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const grant = await requireGrant(user, idParam(params.grantId));
  const [[income], budget, drawdowns] = await Promise.all([
    listAccounts(user, { grantId: grant.id, kind: "income" }),
    loadBudget(user, grant.id),
    listDrawdowns(user, grant.id),
  ]);
  const { granted, drawn, received } = income!;
  const paidShare = shareOf(summarize(budget).paid, grant.fundingRate);
  return wire({
    id: randomUUID(),
    grantId: grant.id,
    granted,
    drawn,
    received,
    toDraw: granted.minus(drawn),
    paidNotDrawn: larger(paidShare.minus(drawn), zero),
    drawnNotPaid: larger(drawn.minus(paidShare), zero),
    drawdowns,
    mayRecord: may(user.role, "record") && grant.stands,
  });
}

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
  const ofGrant = { grant: page.grantId, kind: "income" };
  return (
    <Section title="Mittelabrufe">
      <Facts
        facts={[
          [
            "Zuwendung",
            <Euro
              key="granted"
              amount={page.granted}
              to={entriesOf({ ...ofGrant, figure: "granted" })}
            />,
          ],
          [
            "Abgerufen",
            <Euro
              key="drawn"
              amount={page.drawn}
              to={entriesOf({ ...ofGrant, figure: "drawn" })}
            />,
          ],
          [
            "Erhalten",
            <Euro
              key="received"
              amount={page.received}
              to={entriesOf({ ...ofGrant, figure: "received" })}
            />,
          ],
          ["Noch abrufbar", <Euro key="toDraw" amount={page.toDraw} />],
          ["Bezahlt, noch nicht abgerufen", <Euro key="paid" amount={page.paidNotDrawn} />],
          ["Abgerufen, noch nicht bezahlt", <Euro key="ahead" amount={page.drawnNotPaid} />],
        ]}
      />
      {page.drawdowns.length === 0 ? (
        <Empty>Noch kein Mittelabruf.</Empty>
      ) : (
        <Table
          caption="Abrufe und Zahlungseingänge"
          rows={page.drawdowns}
          keyOf={({ id }) => id}
          columns={[
            {
              label: "Abruf",
              cell: ({ id, number, stands }) => (
                <>
                  <TextLink to={`/drawdowns/${id}`}>Nr. {number}</TextLink>{" "}
                  {!stands && <Badge kind="danger">storniert</Badge>}
                </>
              ),
            },
            { label: "vom", cell: ({ requestedOn }) => <DayText day={requestedOn} /> },
            { label: "Zweck", cell: ({ purpose }) => purpose },
            { label: "Betrag", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
            {
              label: "eingegangen",
              isNumeric: true,
              cell: ({ received }) => <Euro amount={received} />,
            },
          ]}
        />
      )}
      {/* A new id is a new form: what was sent does not linger in it. */}
      {page.mayRecord && <DrawdownForm key={page.id} />}
    </Section>
  );
}

function DrawdownForm() {
  const { id } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof drawdownForm>>({
    id: "drawdown",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id },
  });
  return (
    <Section title="Mittelabruf buchen">
      <EntryForm form={form} submit="Mittelabruf buchen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <DayField field={fields.requestedOn} label="Abgerufen am" />
          <EuroField field={fields.amount} label="Betrag" />
          <TextField field={fields.purpose} label="Zweck" />
        </div>
      </EntryForm>
    </Section>
  );
}
