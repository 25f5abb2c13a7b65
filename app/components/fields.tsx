/** Form fields: label, hint, input and the problem beside it. They work without JavaScript. */
import type { ReactNode } from "react";

/** What conform knows of a field. */
export type FormField = {
  id: string;
  name: string;
  errors?: string[];
  initialValue?: unknown;
};

type FieldProps = {
  field: FormField;
  label: string;
  hint?: string;
  isOptional?: boolean;
};

type InputProps = FieldProps & {
  type?: "text" | "email" | "password";
  inputMode?: "decimal" | "numeric" | "text";
  autoComplete?: string;
  autoFocus?: boolean;
  list?: string;
  placeholder?: string;
  /** Narrow inputs for what is short: amounts, days, years. */
  isShort?: boolean;
};

export function TextField({ isShort, ...props }: InputProps) {
  const { field, label, hint, isOptional, type = "text", ...input } = props;
  return (
    <Frame {...{ field, label, hint, isOptional }}>
      <input
        {...described(field, hint)}
        {...input}
        type={type}
        defaultValue={type === "password" ? undefined : initial(field)}
        className={`kern-form-input__input${isShort ? " short" : ""}${
          field.errors ? " kern-form-input__input--error" : ""
        }`}
      />
    </Frame>
  );
}

/** An amount in euro, in German notation. */
export function EuroField(props: FieldProps) {
  return <TextField {...props} label={`${props.label} (€)`} isShort autoComplete="off" />;
}

export function DayField(props: FieldProps) {
  return (
    <TextField
      {...props}
      hint={props.hint ?? "tt.mm.jjjj"}
      inputMode="numeric"
      autoComplete="off"
      isShort
    />
  );
}

export type Option = { value: string; label: string };

export function SelectField({
  field,
  label,
  hint,
  isOptional,
  options,
  empty = "Bitte auswählen",
}: FieldProps & { options: Option[]; empty?: string }) {
  return (
    <Frame {...{ field, label, hint, isOptional }}>
      <div
        className={`kern-form-input__select-wrapper${
          field.errors ? " kern-form-input__select--error" : ""
        }`}
      >
        <select
          {...described(field, hint)}
          defaultValue={initial(field)}
          className="kern-form-input__select"
        >
          <option value="">{empty}</option>
          {options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
    </Frame>
  );
}

export function TextArea({ field, label, hint, isOptional }: FieldProps) {
  return (
    <Frame {...{ field, label, hint, isOptional }}>
      <textarea
        {...described(field, hint)}
        rows={3}
        defaultValue={initial(field)}
        className="kern-form-input__input"
      />
    </Frame>
  );
}

/** A whole file: line by line as it is, in letters of one width. */
export function FileArea({ field, label, hint }: FieldProps) {
  return (
    <Frame {...{ field, label, hint }}>
      <textarea
        {...described(field, hint)}
        rows={36}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        defaultValue={initial(field)}
        className="kern-form-input__input file-text"
      />
    </Frame>
  );
}

export function Checkbox({ field, label }: { field: FormField; label: string }) {
  return (
    <div>
      <div className="kern-form-check">
        <input
          {...described(field, undefined)}
          type="checkbox"
          value="on"
          defaultChecked={initial(field) === "on"}
          className="kern-form-check__checkbox"
        />
        <label className="kern-label" htmlFor={field.id}>
          {label}
        </label>
      </div>
      <Problem field={field} />
    </div>
  );
}

function Frame({ field, label, hint, isOptional, children }: FieldProps & { children: ReactNode }) {
  return (
    <div className={`kern-form-input${field.errors ? " kern-form-input--error" : ""}`}>
      <label className="kern-label" htmlFor={field.id}>
        {label} {isOptional && <span className="kern-label__optional">– optional</span>}
      </label>
      {hint && (
        <div className="kern-hint" id={`${field.id}-hint`}>
          {hint}
        </div>
      )}
      {children}
      <Problem field={field} />
    </div>
  );
}

function Problem({ field: { id, errors } }: { field: FormField }) {
  if (!errors) return null;
  return (
    <p className="kern-error" id={`${id}-error`}>
      <span className="kern-icon kern-icon--danger kern-icon--small" aria-hidden="true" />
      <span className="kern-body">
        {errors.length > 3 ? `${errors.length} Stellen, siehe oben.` : errors.join(" ")}
      </span>
    </p>
  );
}

function described(field: FormField, hint: string | undefined) {
  const ids = [hint && `${field.id}-hint`, field.errors && `${field.id}-error`].filter(Boolean);
  return {
    id: field.id,
    name: field.name,
    "aria-invalid": field.errors ? (true as const) : undefined,
    "aria-describedby": ids.length > 0 ? ids.join(" ") : undefined,
  };
}

function initial({ initialValue }: FormField): string | undefined {
  return typeof initialValue === "string" ? initialValue : undefined;
}
