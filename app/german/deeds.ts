/** What the change log says of each deed. */
import type { Deed } from "../domain/deed.ts";

export const deedWords: Record<Deed, string> = {
  signed_in: "angemeldet",
  authority_founded: "Schulträger eingerichtet",
  school_recorded: "Schule angelegt",
  school_changed: "Schule geändert",
  resolution_recorded: "Beschluss angelegt",
  envelope_recorded: "Höchstbetrag gebucht",
  application_recorded: "Antrag gebucht",
  grant_recorded: "Bescheid gebucht",
  order_recorded: "Auftrag gebucht",
  order_closed: "Auftrag geschlossen",
  invoice_recorded: "Rechnung gebucht",
  payment_recorded: "Zahlung gebucht",
  drawdown_requested: "Mittelabruf gebucht",
  payout_recorded: "Zahlungseingang gebucht",
  appropriation_recorded: "Haushaltsansatz gebucht",
  joint_service_recorded: "IKZ-Vereinbarung angelegt",
  cost_share_recorded: "Umlage gebucht",
  cost_share_paid: "Umlage bezahlt",
  document_reversed: "Beleg storniert",
  user_recorded: "Zugang angelegt",
  user_deactivated: "Zugang gesperrt",
  user_reactivated: "Zugang entsperrt",
  password_changed: "Passwort geändert",
  workbook_exported: "Prüfbuch heruntergeladen",
};
