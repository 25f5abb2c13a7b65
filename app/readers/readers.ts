/**
 * All that is read apart from the service, by name. A reader is pure: bytes in; a result, or a refusal
 * as `{ problem }`, out. Both are copied between threads, so they are plain data: text instead of Money.
 */
import { readTable } from "./table.ts";

export const readers = {
  table: readTable,
};

export type Readers = typeof readers;
