/** That the invoice is right in substance and arithmetic. */
import { Form } from "@remix-run/react";
import { ButtonKey } from "#app/components/form.tsx";
import { Notice, Section } from "#app/components/page.tsx";
import { formatDay } from "#app/german/notation.ts";

/** Sent to the page of the certification, which shows itself where the day or a rule stands against it. */
export function CertificationForm({ today, hasFile }: { today: string; hasFile: boolean }) {
  return (
    <Section title="Feststellen">
      <p className="kern-body">
        Mit der Feststellung bestätigen Sie, dass die Rechnung sachlich und rechnerisch richtig ist.
      </p>
      {!hasFile && (
        <Notice kind="warning" title="Ohne Beleg">
          Zu dieser Rechnung ist keine Datei abgelegt. Bitte die Rechnung vorher hochladen lassen,
          oder nur feststellen, wenn sie Ihnen auf Papier vorliegt.
        </Notice>
      )}
      <Form method="post" action="certification">
        <ButtonKey />
        <input type="hidden" name="certifiedOn" value={formatDay(today)} />
        <button type="submit" className="kern-btn kern-btn--primary">
          <span className="kern-label">Sachlich und rechnerisch richtig</span>
        </button>
      </Form>
    </Section>
  );
}
