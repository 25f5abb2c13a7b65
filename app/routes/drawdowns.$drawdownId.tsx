import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Attachments } from "#app/components/attachments.tsx";
import { DayText, Euro } from "#app/components/euro.tsx";
import { DayField, EuroField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Badge, Empty, Facts, Notice, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { day, euroAmount, key, readForm, rejected } from "#app/form.ts";
import { drawdownKindWords } from "#app/german/drawdown-sentences.ts";
import { amountInput, formatDay, formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadAttachments } from "#app/records/attachments.server.ts";
import { recordPayout, requireDrawdown } from "#app/records/drawdowns.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const payoutForm = z.object({ id: key, receivedOn: day, amount: euroAmount });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Mittelabruf Nr. ${data?.drawdown.number ?? ""} – Paktbuch` },
];

export const loader = asKnown("read_books", async ({ params }, user) => {
  const drawdown = await requireDrawdown(user, idParam(params.drawdownId));
  const isOpen = drawdown.open.greaterThan(0);
  const mayRecord = mayUser(user, "pay") && isOpen;
  const place = { subject: "drawdown" as const, subjectId: drawdown.id };
  const attachments = await loadAttachments(user, place);
  return wire({ id: randomUUID(), drawdown, isOpen, mayRecord, attachments });
});

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "pay");
  const drawdownId = idParam(params.drawdownId);
  const form = await readForm(request, payoutForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await recordPayout(user, id, drawdownId, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/drawdowns/${drawdownId}`);
}

export default function Drawdown() {
  const { id, drawdown, isOpen, mayRecord, attachments } = useLoaderData<typeof loader>();
  return (
    <Page
      title={`Mittelabruf Nr. ${drawdown.number}`}
      lead={`${drawdownKindWords[drawdown.kind]} vom ${formatDay(drawdown.requestedOn)}: ${drawdown.purpose}`}
      crumbs={[
        { to: `/grants/${drawdown.grantId}/drawdowns`, label: "Mittelabrufe der Zuwendung" },
      ]}
      actions={
        <>
          {!drawdown.stands && <Badge kind="danger">storniert</Badge>}
          <TextLink to={`/documents/drawdown/${drawdown.id}`}>Beleg und Storno</TextLink>
        </>
      }
    >
      <Facts
        facts={[
          ["Abgerufen", <Euro key="amount" amount={drawdown.amount} />],
          ["Eingegangen", <Euro key="received" amount={drawdown.received} />],
          ["Steht aus", <Euro key="open" amount={drawdown.open} />],
        ]}
      />
      {isOpen && drawdown.payouts.some(({ stands }) => stands) && (
        <Notice kind="info" title={`Es kamen ${formatEuro(drawdown.open)} weniger als abgerufen.`}>
          <p className="kern-body">
            Der Rest bleibt offen, bis ein weiterer Zahlungseingang gebucht wird. Kommt er nicht
            mehr: Zahlungseingänge und Abruf stornieren und den Abruf in der Höhe des Eingangs neu
            buchen.
          </p>
        </Notice>
      )}
      {drawdown.payouts.length === 0 ? (
        <Empty>Noch kein Zahlungseingang.</Empty>
      ) : (
        <Table
          caption="Zahlungseingänge"
          rows={drawdown.payouts}
          keyOf={({ id }) => id}
          columns={[
            {
              label: "Eingang",
              cell: ({ id, receivedOn, stands }) => (
                <>
                  <TextLink to={`/documents/payout/${id}`}>
                    <DayText day={receivedOn} />
                  </TextLink>{" "}
                  {!stands && <Badge kind="danger">storniert</Badge>}
                </>
              ),
            },
            { label: "Betrag", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
            {
              label: "zu verwenden bis",
              cell: ({ spendBy }) => (spendBy ? <DayText day={spendBy} /> : "–"),
            },
          ]}
        />
      )}
      {mayRecord && <PayoutForm key={id} />}
      <Attachments
        {...attachments}
        hint="Der Abruf, wie er abgeschickt wurde; was zu einem Zahlungseingang kam, gehört zu diesem."
      />
    </Page>
  );
}

function PayoutForm() {
  const { id, drawdown } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof payoutForm>>({
    id: "payout",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id, amount: amountInput(drawdown.open) },
  });
  return (
    <Section title="Zahlungseingang buchen">
      <EntryForm form={form} submit="Zahlungseingang buchen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <DayField field={fields.receivedOn} label="Eingegangen am" />
          <EuroField field={fields.amount} label="Betrag" />
        </div>
      </EntryForm>
    </Section>
  );
}
