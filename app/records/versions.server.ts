/** Which version of a thing a form was made from, so that nobody saves over what they have not seen. */
import { createHash } from "node:crypto";

/** Said by a save whose form was made from an older version than the one that is kept. */
export type MadeFromOld = { rule: "made_from_old" };

/** The same for the same content. Compared under the lock of the save. */
export function versionOf(content: object): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 32);
}
