/** What is to be known of a received e-invoice before it is booked. */
import { formatDay, formatEuro, formatMoment } from "#app/german/notation.ts";
import { Notice, TextLink } from "./page.tsx";

type Known = {
  received: {
    id: string;
    isBooked: boolean;
    bookedId: string | null;
    discardedAt: string | null;
    discardedBy: string | null;
    reason: string | null;
  };
  duplicates: {
    booked: { id: string; number: string; on: string }[];
    received: { id: string; receivedAt: string }[];
  };
  unknownPrepaid: string | null;
};

export function EInvoiceNotices({ received, duplicates, unknownPrepaid }: Known) {
  const { isBooked, bookedId, discardedAt, discardedBy, reason } = received;
  return (
    <>
      {isBooked && (
        <Notice kind="success" title="Diese E-Rechnung ist gebucht">
          <TextLink to={`/invoices/${bookedId}`}>Zur Rechnung</TextLink>
        </Notice>
      )}
      {discardedAt && (
        <Notice kind="info" title={`Verworfen am ${formatMoment(discardedAt)}, ${discardedBy}`}>
          {reason}
        </Notice>
      )}
      {!isBooked && bookedId && (
        <Notice kind="info" title="Die Buchung dieser E-Rechnung ist storniert">
          <TextLink to={`/invoices/${bookedId}`}>Zur stornierten Rechnung</TextLink>
        </Notice>
      )}
      {duplicates.booked.map(({ id, number, on }) => (
        <Notice
          key={id}
          kind="warning"
          title="Diese Rechnung desselben Lieferanten ist schon gebucht"
        >
          <TextLink to={`/invoices/${id}`}>
            Rechnung {number} vom {formatDay(on)}
          </TextLink>
        </Notice>
      ))}
      {duplicates.received.map(({ id, receivedAt }) => (
        <Notice
          key={id}
          kind="warning"
          title="Eine andere Datei mit dieser Rechnungsnummer desselben Lieferanten ist eingegangen"
        >
          <TextLink to={`/e-invoices/${id}`}>E-Rechnung vom {formatMoment(receivedAt)}</TextLink>
        </Notice>
      ))}
      {unknownPrepaid && (
        <Notice
          kind="info"
          title={`Laut Rechnung sind ${formatEuro(unknownPrepaid)} schon gezahlt`}
        >
          Im Buch ist dazu kein Abschlag dieses Lieferanten offen. Die vorgeschlagenen Zeilen zeigen
          die ganze Rechnung; gezahlte Beträge bitte als Zahlung buchen.
        </Notice>
      )}
    </>
  );
}
