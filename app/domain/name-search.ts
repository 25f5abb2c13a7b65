/** In which words a person's name may stand though none of them asks for it, and how a name is found there. */
import { personalData, type PersonalData } from "./personal-data.ts";

/** Kinds of data whose words are searched; bytes of files are not, nor what is the account itself. */
const searched: PersonalData["key"][] = ["log", "suppliers", "files", "texts"];
/** Bytes, and JSON in which a supplier's key stands. */
const unread = ["attachments.content"];

/** The columns that are searched, table by table. */
export const searchedColumns: ReadonlyMap<string, string[]> = byTable(
  personalData
    .filter(({ key }) => searched.includes(key))
    .flatMap(({ columns }) => columns)
    // Who did it is no word.
    .filter((column) => !unread.includes(column) && column !== "changes.changed_by"),
);

function byTable(columns: string[]): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  for (const one of columns) {
    const [table, column] = one.split(".") as [string, string];
    tables.set(table, [...(tables.get(table) ?? []), column]);
  }
  return tables;
}

/** Between the words of a name: white space as PostgreSQL knows it, and that which does not break a line. */
const space = "[\\s\\u00a0\\u202f]";

/**
 * A regular expression of PostgreSQL for a person as others write them: the whole name, its parts turned around
 * ("Vogel, Eva"), the last name alone, each also in the genitive ("Eva Vogels"), or the mail address; as whole words,
 * upper case or lower. At least what the database replaces in the change log (`without_person`).
 */
export function namePattern({ name, email }: { name: string; email: string }): string {
  const words = name.trim().split(/\s+/).map(escaped);
  const last = words.at(-1)!;
  const names = [words.join(`${space}+`)];
  if (words.length > 1) names.push(`${last},${space}*${words.slice(0, -1).join(`${space}+`)}`);
  // Of two letters a last name would be found in every text.
  if (last.length > 2) names.push(last);
  const forms = `(?:${names.join("|")})s?|${escaped(email)}`;
  return `(?<![[:alnum:]_À-ɏ])(?:${forms})(?![[:alnum:]_À-ɏ])`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\-]/g, "\\$&");
}

/** The pages on which a row of a table is seen, by the column that names what is opened. */
export const placesOf: Record<string, { column: string; path: string }> = {
  applications: { column: "id", path: "/applications/" },
  application_steps: { column: "application_id", path: "/applications/" },
  assets: { column: "id", path: "/assets/" },
  asset_disposals: { column: "asset_id", path: "/assets/" },
  attachments: { column: "id", path: "/attachments/" },
  contracts: { column: "id", path: "/contracts/" },
  contract_changes: { column: "contract_id", path: "/contracts/" },
  cost_shares: { column: "id", path: "/cost-shares/" },
  e_invoices: { column: "id", path: "/e-invoices/" },
  e_invoice_discards: { column: "e_invoice_id", path: "/e-invoices/" },
  bank_transactions: { column: "statement_id", path: "/bank-statements/" },
  envelopes: { column: "id", path: "/envelopes/" },
  imports: { column: "id", path: "/imports/" },
  invoices: { column: "id", path: "/invoices/" },
  invoice_lines: { column: "invoice_id", path: "/invoices/" },
  certifications: { column: "invoice_id", path: "/invoices/" },
  audit_marks: { column: "invoice_id", path: "/invoices/" },
  orders: { column: "id", path: "/orders/" },
  order_lines: { column: "order_id", path: "/orders/" },
  order_changes: { column: "order_id", path: "/orders/" },
  order_closures: { column: "order_id", path: "/orders/" },
  proofs_of_use: { column: "id", path: "/proofs/" },
  joint_services: { column: "id", path: "/joint-services/" },
  resolution_stages: { column: "resolution_id", path: "/resolutions/" },
  school_wishes: { column: "id", path: "/wishes/" },
  school_wish_ends: { column: "wish_id", path: "/wishes/" },
  notices: { column: "id", path: "/documents/notice/" },
  repayments: { column: "id", path: "/documents/repayment/" },
  carryovers: { column: "id", path: "/documents/carryover/" },
  allotments: { column: "id", path: "/documents/allotment/" },
  extra_approvals: { column: "id", path: "/documents/extra_approval/" },
  supplements: { column: "id", path: "/documents/supplement/" },
};
