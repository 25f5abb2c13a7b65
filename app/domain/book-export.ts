/** Exports (Exporte) of the books that are made in the background: what is asked for, and how far it is. */
import type { BookScope } from "./audit-scope.ts";

export const exportKinds = ["workbook", "dossier", "z3"] as const;
export type ExportKind = (typeof exportKinds)[number];

export const exportStates = ["waiting", "running", "finished", "failed", "cancelled"] as const;
export type ExportState = (typeof exportStates)[number];

/** Of one person: whoever asks for more waits first, so that nobody fills queue and disk alone. */
export const mostOpenExports = 10;

export type ExportViolation =
  | { field: "grant"; rule: "dossier_of_one_grant" }
  | { field: "kind"; rule: "too_many_exports" };

/** A dossier is of one grant, since its folders are those of one file; a workbook is of any scope. */
export function checkExport(
  kind: ExportKind,
  scope: BookScope,
  open: number,
): ExportViolation | undefined {
  if (kind === "dossier" && !scope.grantId) return { field: "grant", rule: "dossier_of_one_grant" };
  if (open >= mostOpenExports) return { field: "kind", rule: "too_many_exports" };
}

/** Waiting or running: something still happens by itself. */
export function isOpen(state: ExportState): boolean {
  return state === "waiting" || state === "running";
}

/** How far it is, from 0 to 1: parts done of all parts (rows, files); 0 before they are counted. */
export function shareDone({ done, total }: { done: number; total: number | null }): number {
  return total ? Math.min(done / total, 1) : 0;
}
