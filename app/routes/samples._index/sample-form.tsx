/** The two forms of the page of samples: which receipts, and how they are drawn. */
import { type SubmissionResult, useForm } from "@conform-to/react";
import { SelectField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { sampleMethods } from "#app/domain/sampling.ts";
import { sampleMethodWords } from "#app/german/hint-words.ts";

type Scope = { grantId: string | null; fromYear: number | null; untilYear: number | null };
type Grants = { id: string; fileNumber: string }[];

/** Works without JavaScript: the scope stands in the address and can be passed on. */
export function ScopeForm({ scope, grants }: { scope: Scope; grants: Grants }) {
  const year = (name: "fromYear" | "untilYear", label: string) => (
    <div className="kern-form-input">
      <label className="kern-label" htmlFor={`scope-${name}`}>
        {label} <span className="kern-label__optional">– optional</span>
      </label>
      <input
        id={`scope-${name}`}
        name={name}
        defaultValue={scope[name] ?? ""}
        inputMode="numeric"
        pattern="20[0-9][0-9]"
        title="ein Jahr wie 2024"
        className="kern-form-input__input short"
      />
    </div>
  );
  return (
    <form method="get" className="entry-form">
      <div className="field-row">
        <div className="kern-form-input">
          <label className="kern-label" htmlFor="scope-grantId">
            Zuwendung
          </label>
          <div className="kern-form-input__select-wrapper">
            <select
              id="scope-grantId"
              name="grantId"
              defaultValue={scope.grantId ?? ""}
              className="kern-form-input__select"
            >
              <option value="">alle, und der Gemeindehaushalt</option>
              {grants.map(({ id, fileNumber }) => (
                <option key={id} value={id}>
                  nur {fileNumber}
                </option>
              ))}
            </select>
          </div>
        </div>
        {year("fromYear", "Rechnungen von Jahr")}
        {year("untilYear", "bis Jahr")}
      </div>
      <div className="actions">
        <button type="submit" className="kern-btn kern-btn--secondary">
          <span className="kern-label">Umfang anzeigen</span>
        </button>
      </div>
    </form>
  );
}

export function SampleForm({
  page: { id, seed, scope },
  lastResult,
}: {
  page: { id: string; seed: number; scope: Scope };
  lastResult: SubmissionResult<string[]> | undefined;
}) {
  const [form, fields] = useForm({
    id: "sample",
    lastResult,
    defaultValue: {
      id,
      grantId: scope.grantId ?? "",
      fromYear: scope.fromYear ?? "",
      untilYear: scope.untilYear ?? "",
      method: "random",
      size: "",
      seed: String(seed),
    } as Record<string, string>,
  });
  return (
    <EntryForm form={form} submit="Ziehen und vermerken">
      {(["id", "grantId", "fromYear", "untilYear"] as const).map((name) => (
        <Hidden key={name} field={fields[name]!} />
      ))}
      <div className="field-row">
        <SelectField
          field={fields.method!}
          label="Verfahren"
          options={sampleMethods.map((method) => {
            return { value: method, label: sampleMethodWords[method].name };
          })}
        />
        <TextField
          field={fields.size!}
          label="Anzahl Belege"
          inputMode="numeric"
          autoComplete="off"
          isShort
        />
        <TextField
          field={fields.seed!}
          label="Startzahl"
          hint="zufällig; dieselbe Zahl zieht dasselbe"
          inputMode="numeric"
          autoComplete="off"
          isShort
        />
      </div>
      <p className="kern-body kern-body--small muted">
        Gezogen wird aus dem Umfang oben. Jede gezogene Rechnung bekommt den Vermerk „in
        Stichprobe“.
      </p>
    </EntryForm>
  );
}
