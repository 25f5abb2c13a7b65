/** Boxes of which several may be ticked, or one, under one name; they work without JavaScript. */
import type { FormField } from "./fields.tsx";

type ChoicesProps = {
  field: FormField;
  legend: string;
  choices: { value: string; label: string; hint?: string }[];
  isOptional?: boolean;
};

export function Choices(props: ChoicesProps) {
  return <Boxes {...props} type="checkbox" />;
}

/** One of several; none is chosen beforehand. */
export function OneOf(props: ChoicesProps) {
  return <Boxes {...props} type="radio" />;
}

function Boxes({
  field,
  legend,
  choices,
  isOptional = false,
  type,
}: ChoicesProps & { type: "checkbox" | "radio" }) {
  if (choices.length === 0) return null;
  const { id, name, initialValue, errors } = field;
  const before = Array.isArray(initialValue) ? initialValue : [initialValue];
  return (
    <fieldset
      id={id}
      className="kern-fieldset rows"
      tabIndex={-1}
      aria-describedby={errors ? `${id}-error` : undefined}
    >
      <legend className="kern-label">
        {legend} {isOptional && <span className="kern-label__optional">– optional</span>}
      </legend>
      {choices.map(({ value, label, hint }) => (
        <div className="kern-form-check" key={value}>
          <input
            type={type}
            id={`${id}-${value}`}
            name={name}
            value={value}
            defaultChecked={before.includes(value)}
            aria-describedby={hint ? `${id}-${value}-hint` : undefined}
            className={`kern-form-check__${type}`}
          />
          <div>
            <label className="kern-label" htmlFor={`${id}-${value}`}>
              {label}
            </label>
            {hint && (
              <div className="kern-hint" id={`${id}-${value}-hint`}>
                {hint}
              </div>
            )}
          </div>
        </div>
      ))}
      {errors && (
        <p className="kern-error" id={`${id}-error`} role="alert">
          <span className="kern-icon kern-icon--danger kern-icon--small" aria-hidden="true" />
          <span className="kern-body">{errors.join(" ")}</span>
        </p>
      )}
    </fieldset>
  );
}
