/** Which column of the table holds what, chosen by hand where its name does not say it. */
import { type SubmissionResult, useForm } from "@conform-to/react";
import type { z } from "zod";
import { SelectField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Fold } from "#app/components/form.tsx";
import { Notice } from "#app/components/page.tsx";
import { type ColumnMapping, type EntryColumn, entryColumns } from "#app/domain/entry.ts";
import { columnLetter, entryColumnWords } from "#app/german/entry-columns.ts";
import type { mappingSchema } from "./mapping-schema.ts";

/** A mapping as it is typed. */
export function typedMapping({ headerRow, mapping }: Pick<MappedTable, "headerRow" | "mapping">) {
  return {
    headerRow: headerRow === null ? "" : String(headerRow),
    ...Object.fromEntries(Object.entries(mapping).map(([column, at]) => [column, String(at)])),
  } as Record<string, string>;
}

type MappedTable = {
  headerRow: number | null;
  mapping: ColumnMapping;
  version: string;
  /** The names of the columns, as the table has them. */
  columns: string[];
  widest: number;
  missing: EntryColumn[];
};

export function MappingForm({
  page,
  lastResult,
  isOpen,
}: {
  page: MappedTable;
  lastResult: SubmissionResult<string[]> | null | undefined;
  isOpen: boolean;
}) {
  const { headerRow, mapping, version, columns, widest, missing } = page;
  const [form, fields] = useForm<z.input<typeof mappingSchema>>({
    id: "mapping",
    lastResult: lastResult ?? null,
    defaultValue: typedMapping(page),
  });
  const options = Array.from({ length: widest }, (_, at) => {
    return { value: String(at), label: [columnLetter(at), columns[at]].filter(Boolean).join(": ") };
  });
  return (
    <>
      {missing.length > 0 && (
        <Notice kind="info" title="Bitte zuordnen, welche Spalte was enthält.">
          <p className="kern-body">
            Nicht erkannt: {missing.map((column) => entryColumnWords[column]).join(", ")}. Die
            Zuordnung wird für die nächste Datei mit denselben Überschriften gemerkt.
          </p>
        </Notice>
      )}
      <Fold title="Spalten zuordnen" isOpen={isOpen}>
        <EntryForm form={form} submit="Zuordnung übernehmen" version={version}>
          <input type="hidden" name="deed" value="map" />
          <div className="field-row">
            <TextField
              field={fields.headerRow}
              label="Überschriften stehen in Zeile"
              inputMode="numeric"
              isOptional
              isShort
            />
            {entryColumns.map((column) => (
              <SelectField
                key={column}
                field={fields[column]}
                label={entryColumnWords[column]}
                options={options}
                empty="nicht in der Datei"
                isOptional
              />
            ))}
          </div>
        </EntryForm>
      </Fold>
    </>
  );
}
