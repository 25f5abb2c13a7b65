/** Rows of a cost plan: school, object of funding, approved costs. */
import type { FieldMetadata, FormMetadata } from "@conform-to/react";
import { EuroField, type Option, SelectField } from "./fields.tsx";
import { Row, RowButton, Rows } from "./form.tsx";

type Line = { schoolId?: string; code?: string; approved?: string };

export function LinesFieldset<Schema extends Record<string, unknown>>({
  form,
  lines,
  schools,
  categories,
}: {
  form: FormMetadata<Schema>;
  lines: FieldMetadata<Line[] | undefined>;
  schools: Option[];
  categories: Option[];
}) {
  const name = lines.name as never;
  return (
    <Rows
      id={lines.id}
      title="Kostenpositionen"
      errors={lines.errors}
      addButton={
        <RowButton button={form.insert.getButtonProps({ name })}>Weitere Position</RowButton>
      }
    >
      {lines.getFieldList().map((line, index) => {
        const { schoolId, code, approved } = line.getFieldset() as Record<
          "schoolId" | "code" | "approved",
          FieldMetadata<string | undefined>
        >;
        return (
          <Row
            key={line.key}
            title={`${index + 1}. Position`}
            removeButton={
              <RowButton button={form.remove.getButtonProps({ name, index })}>
                Position entfernen
              </RowButton>
            }
          >
            <SelectField field={schoolId} label="Schule" options={schools} />
            <SelectField field={code} label="Fördergegenstand" options={categories} />
            <EuroField field={approved} label="Bewilligte Kosten" />
          </Row>
        );
      })}
    </Rows>
  );
}
