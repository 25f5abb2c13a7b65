/** The choice of the appropriation that pays an own share of a joint service. */
import { type FormField, type Option, SelectField } from "./fields.tsx";
import { Notice, TextLink } from "./page.tsx";

/** A select of the appropriations on file; where there is none, what to do about it instead. */
export function AppropriationField({
  field,
  label,
  options,
  fiscalYear,
}: {
  field: FormField;
  label: string;
  options: Option[];
  /** The year whose appropriations these are; left out where all years stand in the list. */
  fiscalYear?: number;
}) {
  if (options.length > 0) return <SelectField field={field} label={label} options={options} />;
  const [title, to] = fiscalYear
    ? [
        `Für ${fiscalYear} gibt es noch keinen Haushaltsansatz.`,
        `/municipal-budget/new?year=${fiscalYear}`,
      ]
    : ["Es gibt noch keinen Haushaltsansatz.", "/municipal-budget/new"];
  return (
    <div id={field.id}>
      <Notice kind="warning" title={title}>
        Unser Anteil wird auf einen Ansatz gebucht. Bitte zuerst diesen anlegen.
        <TextLink to={to}>Haushaltsansatz buchen</TextLink>
      </Notice>
    </div>
  );
}
