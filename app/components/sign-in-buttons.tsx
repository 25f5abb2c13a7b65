/** What an administrator does about another person's sign-in: end the sessions, take a lost second factor back. */
import { Form } from "@remix-run/react";
import { ButtonKey } from "./form.tsx";

export function SignInButtons({
  id,
  name,
  hasSecondFactor,
}: {
  id: string;
  name: string;
  hasSecondFactor: boolean;
}) {
  return (
    <>
      <Deed to={`/users/${id}/sessions`} label={`Sitzungen beenden: ${name}`}>
        Sitzungen beenden
      </Deed>
      {hasSecondFactor && (
        <Deed to={`/users/${id}/second-factor`} label={`Faktor zurücksetzen: ${name}`}>
          Faktor zurücksetzen
        </Deed>
      )}
    </>
  );
}

function Deed({ to, label, children }: { to: string; label: string; children: string }) {
  return (
    <Form method="post" action={to} className="inline-form">
      <ButtonKey />
      <button
        type="submit"
        className="kern-btn kern-btn--tertiary kern-btn--x-small"
        aria-label={label}
      >
        <span className="kern-label">{children}</span>
      </button>
    </Form>
  );
}
