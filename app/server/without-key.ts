/** The routes whose action needs no key of its own, each with the reason. All others refuse a form without. */
const fileIsItsKey = "the file is its own key: the same bytes are kept once at the same place";

export const withoutKey: Record<string, string> = {
  login: "begins a session and writes nothing else",
  logout: "ends a session; ended twice it is ended",
  "grants.$grantId.invoices_.table.check": "looks a table over and writes nothing",
  "workbook-check": "compares a workbook and writes nothing",
  attachments: fileIsItsKey,
  "attachments_.upload": fileIsItsKey,
  "bank-statements": fileIsItsKey,
  "grants.$grantId.e-invoices": fileIsItsKey,
  "grants.$grantId.imports._index": fileIsItsKey,
};
