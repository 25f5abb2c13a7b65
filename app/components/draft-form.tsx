/** The form of an application while it is a draft. */
import { type SubmissionResult, useForm } from "@conform-to/react";
import type { ReactNode } from "react";
import { DayField, EuroField, type Option, SelectField, TextArea, TextField } from "./fields.tsx";
import { EntryForm, Row, RowButton, Rows } from "./form.tsx";

type Fields = {
  title: string;
  resolutionId: string;
  submittedOn: string;
  profile: string;
  followUpCosts: string;
  infrastructure: string;
  measures: { schoolId: string; code: string; description: string; amount: string }[];
};

export type DraftChoices = {
  schools: Option[];
  categories: Option[];
  resolutions: Option[];
  /** What the programme asks for with an application. */
  requirements: string[];
};

export function DraftForm({
  id,
  version,
  content,
  choices,
  lastResult,
  secondary,
}: {
  /** Of a new draft: sent twice it is kept once. */
  id?: string;
  /** Of a kept draft: when it was last changed. */
  version?: string;
  content: Fields;
  choices: DraftChoices;
  lastResult: SubmissionResult<string[]> | undefined;
  secondary?: ReactNode;
}) {
  const [form, fields] = useForm<Fields>({
    id: "draft",
    lastResult,
    defaultValue: {
      ...content,
      measures: content.measures.length > 0 ? content.measures : [{}],
    },
  });
  const { name } = fields.measures;
  return (
    <EntryForm
      form={form}
      submit="Entwurf speichern"
      secondary={secondary}
      consequence="Eingereicht wurde nichts."
      version={version}
    >
      {id && <input type="hidden" name="id" defaultValue={id} />}
      <TextField field={fields.title} label="Bezeichnung des Antrags" />
      <div className="field-row">
        <SelectField
          field={fields.resolutionId}
          label="Beschluss, auf dem er beruht"
          options={choices.resolutions}
        />
        <DayField field={fields.submittedOn} label="Gestellt am" />
      </div>
      <Rows
        id={fields.measures.id}
        title="Maßnahmen (Kostenplan)"
        errors={fields.measures.errors}
        addButton={
          <RowButton button={form.insert.getButtonProps({ name })}>Weitere Maßnahme</RowButton>
        }
      >
        {fields.measures.getFieldList().map((measure, index) => {
          const { schoolId, code, description, amount } = measure.getFieldset();
          return (
            <Row
              key={measure.key}
              title={`${index + 1}. Maßnahme`}
              removeButton={
                <RowButton button={form.remove.getButtonProps({ name, index })}>
                  Maßnahme entfernen
                </RowButton>
              }
            >
              <SelectField field={schoolId} label="Schule" options={choices.schools} />
              <SelectField field={code} label="Fördergegenstand" options={choices.categories} />
              <TextField field={description} label="Was" />
              <EuroField field={amount} label="Kosten" />
            </Row>
          );
        })}
      </Rows>
      <TextArea
        field={fields.profile}
        label="Technisch-pädagogisches Profil"
        hint="in Worten oder als Anlage"
        isOptional={!choices.requirements.includes("profile")}
      />
      <TextArea
        field={fields.followUpCosts}
        label="Finanzierung der Folgekosten"
        hint="wer Betrieb, Wartung und Ersatz trägt und woraus"
        isOptional={!choices.requirements.includes("follow_up_costs")}
      />
      <TextArea
        field={fields.infrastructure}
        label="Infrastruktur"
        hint="nur für Fördergegenstände, die sie voraussetzen: vorhanden oder warum nicht nötig"
        isOptional
      />
    </EntryForm>
  );
}
