/** What contracts cost and is not committed yet, why, and the button that posts it. */
import { type SubmissionResult, useForm } from "@conform-to/react";
import { Form } from "@remix-run/react";
import { Euro } from "./euro.tsx";
import { TextField } from "./fields.tsx";
import { ButtonKey, EntryForm, Hidden, Row, Rows } from "./form.tsx";
import { Section, TextLink } from "./page.tsx";
import { Table } from "./table.tsx";

type Unposted = {
  id: string;
  number: string;
  name: string;
  fiscalYear: number;
  difference: string;
  account: { label: string } | null;
  missing: string | null;
  needsReason: boolean;
};

type Fields = { reasons: { contractId: string; fiscalYear: string; reason?: string }[] };

type Result = SubmissionResult<string[]> | undefined;

export function UnpostedContracts({
  open,
  mayRecord,
  lastResult,
}: {
  open: Unposted[];
  mayRecord: boolean;
  lastResult: Result;
}) {
  if (open.length === 0) return null;
  const asked = open.filter(({ needsReason }) => needsReason);
  return (
    <Section title="Noch nicht gebucht: Verpflichtungen aus Verträgen">
      <p className="kern-body">
        Was ein Vertrag im Jahr kostet, wird von selbst auf seinem Konto gebunden, soweit der
        Haushalt reicht. Hier steht, was noch fehlt, und warum.
      </p>
      <Table
        caption="Verpflichtungen, die noch nicht gebucht sind"
        isCaptionHidden
        rows={open}
        keyOf={({ id, fiscalYear }) => `${id} ${fiscalYear}`}
        columns={[
          {
            label: "Vertrag",
            cell: ({ id, number, name }) => (
              <TextLink to={`/contracts/${id}`}>
                {number} {name}
              </TextLink>
            ),
          },
          { label: "Jahr", cell: ({ fiscalYear }) => fiscalYear },
          { label: "Konto", cell: ({ account }) => account?.label ?? "–" },
          {
            label: "noch zu binden",
            isNumeric: true,
            cell: ({ difference }) => <Euro amount={difference} />,
          },
          { label: "Was fehlt", cell: ({ missing }) => missing ?? "nichts, kann gebucht werden" },
        ]}
      />
      {mayRecord &&
        (asked.length > 0 ? (
          // Begun anew once one of them is posted: the next row must not inherit its reason.
          <ReasonForm
            key={asked.map(({ id, fiscalYear }) => `${id} ${fiscalYear}`).join()}
            asked={asked}
            lastResult={lastResult}
          />
        ) : (
          <Form method="post">
            <ButtonKey />
            <button type="submit" className="kern-btn kern-btn--primary">
              <span className="kern-label">Verpflichtungen buchen</span>
            </button>
          </Form>
        ))}
    </Section>
  );
}

function ReasonForm({ asked, lastResult }: { asked: Unposted[]; lastResult: Result }) {
  const [form, fields] = useForm<Fields>({
    id: "unposted",
    lastResult,
    defaultValue: {
      reasons: asked.map(({ id, fiscalYear }) => {
        return { contractId: id, fiscalYear: String(fiscalYear) };
      }),
    },
  });
  return (
    <EntryForm
      form={form}
      submit="Verpflichtungen buchen"
      consequence="Ohne Begründung wurde nichts gebucht."
    >
      <Rows
        id={fields.reasons.id}
        title="Über den Haushalt hinaus: Warum trotzdem?"
        errors={fields.reasons.errors}
        addButton={null}
      >
        {fields.reasons.getFieldList().map((row, index) => {
          const { contractId, fiscalYear, reason } = row.getFieldset();
          const contract = asked[index];
          return (
            <Row
              key={row.key}
              title={contract ? `${contract.number} ${contract.name}, ${contract.fiscalYear}` : ""}
            >
              <Hidden field={contractId} />
              <Hidden field={fiscalYear} />
              <TextField
                field={reason}
                label="Warum über den Haushalt hinaus"
                hint="Leer bleibt der Vertrag ungebucht."
                isOptional
              />
            </Row>
          );
        })}
      </Rows>
    </EntryForm>
  );
}
