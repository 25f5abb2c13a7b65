/** Dossier (Prüfakte): all papers of one grant, with what each belongs to and what is missing. */
import type { FileFault, FileStoreName } from "./attachment.ts";
import type { Day } from "./calendar.ts";
import type { DocumentKind } from "./journal.ts";
import type { Money } from "./money.ts";

/** What a paper of a dossier belongs to: a document, a resolution, a school, an e-invoice that is not booked. */
export type PaperKind = DocumentKind | "resolution" | "school" | "e_invoice";

export type DossierThing = {
  kind: PaperKind;
  id: string;
  /** Null where it has no day of its own, such as a school. */
  datedOn: Day | null;
  number: string;
  /** From whom or for whom: supplier, granting authority, title of a resolution. */
  party: string;
  /** Kind within its kind, such as a credit note; empty without one. */
  detail: string;
  isReversed: boolean;
  /** Of a resolution the titles of the applications of the grant that rest on it: why it is a paper of the grant. */
  groundOf?: string[];
  /** Numbers of the entries that it made, and of those that reversed it. */
  bookings: number[];
};

export type DossierFile = {
  id: string;
  hash: string;
  size: number;
  storedIn: FileStoreName;
  mediaType: string;
  fileName: string;
  /** ISO 8601 in UTC. */
  attachedAt: string;
  attachedBy: string;
  withdrawn: { at: string; by: string; reason: string } | null;
  thing: DossierThing;
};

/** Something that belongs to the dossier and is not in it. */
export type Missing =
  | { why: "no_file"; thing: DossierThing; amount: Money | null }
  | { why: "no_concept"; thing: DossierThing }
  | { why: "fault"; file: DossierFile; fault: FileFault };

export type Dossier = {
  authority: string;
  isExample: boolean;
  fileNumber: string;
  asOf: Day;
  /** ISO 8601 in UTC. */
  knownOn: string;
  /** In the order of the list; withdrawn ones too, which are named and not handed out. */
  files: DossierFile[];
  missing: Missing[];
  /** True for a limited auditor, who does not see what is of the whole authority. */
  isLimited: boolean;
};
