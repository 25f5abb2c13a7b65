/** A step that is asked about before it is done: its name opens what it means and the button. No script is needed. */
import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { ButtonKey } from "./form.tsx";

export function AskedStep({
  title,
  action,
  button,
  fields = {},
  children,
}: {
  /** What is opened: "Sperren". */
  title: string;
  action: string;
  /** What is done then: "Jetzt sperren". */
  button: string;
  fields?: Record<string, string>;
  /** What happens. */
  children: ReactNode;
}) {
  return (
    <details className="fold">
      <summary className="kern-label">{title}</summary>
      <p className="kern-body">{children}</p>
      <Form method="post" action={action}>
        <ButtonKey of={action.replace(/\W+/g, "-").slice(-40)} />
        {Object.entries(fields).map(([name, value]) => (
          <input type="hidden" key={name} name={name} value={value} />
        ))}
        <button type="submit" className="kern-btn kern-btn--secondary">
          <span className="kern-label">{button}</span>
        </button>
      </Form>
    </details>
  );
}
