/**
 * What a person is told of what is kept about them (GDPR Art. 15): from which column each part is found, and what of
 * its rows is shown. Secrets, their hashes and the bytes of files are not: `unshown` says why. A test holds the list to
 * every column of the schema that names an account.
 */

/** One part: the rows of a table in which a column names the person. */
export type PersonPart = {
  table: string;
  /** Names the person. */
  person: string;
  /** Columns that are handed out; the first one orders the rows. */
  shown: readonly string[];
};

const part = (table: string, person: string, ...shown: string[]): PersonPart => {
  return { table, person, shown };
};

// prettier-ignore
export const personParts: readonly PersonPart[] = [
  part("users",                     "id",               "created_at", "name", "email", "is_active"),
  part("role_assignments",          "user_id",          "created_at", "role", "school_id", "is_granted"),
  part("audit_accesses",            "user_id",          "created_at", "until", "fiscal_years"),
  part("sessions",                  "user_id",          "created_at", "last_used_at", "expires_at", "begun_by", "browser", "address"),
  part("second_factors",            "user_id",          "created_at", "confirmed_at"),
  part("recovery_codes",            "user_id",          "id"),
  part("password_links",            "user_id",          "expires_at", "purpose"),
  part("directory_links",           "user_id",          "created_at", "issuer", "subject"),
  part("calendar_feeds",            "user_id",          "created_at"),
  part("pseudonymisations",         "user_id",          "created_at", "sealed_table", "reason"),
  part("changes",                   "subject_id",       "changed_at", "deed", "text", "before", "after"),
  part("changes",                   "changed_by",       "changed_at", "deed", "text", "before", "after", "request_id"),
  part("entries",                   "recorded_by",      "recorded_at", "document_kind", "document_id", "text"),
  part("application_drafts",        "changed_by",       "changed_at", "title"),
  part("application_steps",         "recorded_by",      "created_at", "kind", "reason"),
  part("attachments",               "recorded_by",      "created_at", "file_name", "media_type", "size"),
  part("attachment_withdrawals",    "withdrawn_by",     "created_at", "reason"),
  part("audit_marks",               "marked_by",        "created_at", "kind", "amount", "text"),
  part("audit_samples",             "drawn_by",         "created_at", "method", "size"),
  part("bank_statements",           "recorded_by",      "created_at", "statement_id"),
  part("foreign_bank_transactions", "set_aside_by",     "created_at", "transaction_id"),
  part("book_exports",              "asked_by",         "created_at", "kind", "state", "file_name"),
  part("certifications",            "certified_by",     "created_at", "certified_on", "note"),
  part("e_invoices",                "received_by",      "created_at", "issued_on"),
  part("e_invoice_discards",        "discarded_by",     "created_at", "reason"),
  part("import_drafts",             "uploaded_by",      "created_at", "file_name"),
  part("imports",                   "recorded_by",      "created_at", "file_name", "row_count"),
  part("programmes",                "recorded_by",      "created_at", "key", "version", "reason"),
  part("school_wishes",             "wished_by",        "created_at", "what", "quantity", "estimated_amount", "reason"),
  part("school_wish_ends",          "ended_by",         "created_at", "kind", "reason"),
  part("role_assignments",          "assigned_by",      "created_at", "user_id", "role", "is_granted"),
  part("audit_accesses",            "invited_by",       "created_at", "user_id", "until"),
  part("audit_access_withdrawals",  "withdrawn_by",     "created_at", "access_id"),
  part("pseudonymisations",         "pseudonymised_by", "created_at", "user_id", "reason"),
  part("sent_forms",                "sent_by",          "sent_at", "location", "request_id"),
];

/** What is never handed out, and why. */
export const unshown: Record<string, string> = {
  "users.password_hash": "who has it may guess the password",
  "second_factors.secret": "who has it signs in as the person",
  "recovery_codes.code_hash": "it stands for a code that signs in",
  "password_links.secret_hash": "it stands for a link that opens the account",
  "calendar_feeds.secret_hash": "it stands for an address that reads the calendar",
  "sessions.id": "it stands for a session",
};

/** A part with its rows; each value as text, empty ones left out. */
export type PersonRows = PersonPart & { rows: Record<string, string>[] };

/** Where a name is found in words that nobody asked for it, and how often; `ids` of what can be opened. */
export type NameFound = { table: string; columns: string[]; count: number; ids: string[] };

/** All that is kept about a person, at a moment. */
export type PersonFile = {
  name: string;
  email: string;
  parts: PersonRows[];
  /** Undefined for whoever may not know of the rows in which it stands. */
  named: NameFound[] | undefined;
};
