/** The word on pages of a fiscal year that is closed. */
import { Notice } from "./page.tsx";

export function ClosedYear({ year }: { year: number }) {
  return (
    <Notice kind="info" title={`Das Haushaltsjahr ${year} ist abgeschlossen.`}>
      <p className="kern-body">
        Möglich sind nur noch Stornos. Was als verfügbar dasteht, ist nicht übertragen worden und
        verfallen (§ 20 KomHKVO).
      </p>
    </Notice>
  );
}
