/** What the makers of exports are given, and how they say that one can't be made. */
import type { BookScope } from "#app/domain/audit-scope.ts";
import type { User } from "#app/domain/permission.ts";

export type Asked = {
  /** Whoever asked, with the limits of now. */
  user: User;
  scope: BookScope;
  /** As known on: the books are read as they were known then. */
  moment: Date;
  /** Path of the file to write. */
  draft: string;
  /** Path for a part of it that is written first. */
  partOf: (name: string) => string;
  /** Parts (rows, files) done of all; null where nobody counted them before. */
  onProgress: (done: number, total: number | null) => void;
};

/** An export that can't be made; its message is the German sentence that says why. */
export class ExportProblem extends Error {
  override name = "ExportProblem";
}
