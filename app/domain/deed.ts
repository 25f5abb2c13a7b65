/** Deeds that the change log (Änderungsprotokoll) keeps. */

export const deeds = [
  "signed_in",
  "authority_founded",
  "school_recorded",
  "school_changed",
  "resolution_recorded",
  "envelope_recorded",
  "application_recorded",
  "grant_recorded",
  "order_recorded",
  "order_closed",
  "invoice_recorded",
  "payment_recorded",
  "drawdown_requested",
  "payout_recorded",
  "appropriation_recorded",
  "joint_service_recorded",
  "cost_share_recorded",
  "cost_share_paid",
  "document_reversed",
  "user_recorded",
  "user_deactivated",
  "user_reactivated",
  "password_changed",
  "workbook_exported",
] as const;
export type Deed = (typeof deeds)[number];
