/** What a backup says of itself: enough to know, after a restore, that the books are the same. */
import { z } from "zod";

export const manifestName = "manifest.json";
export const headsName = "heads/journal-heads.jsonl";
export const pathOfTable = (table: string) => `tables/${table}.tsv`;
export const pathOfFile = (hash: string) => `files/${hash}`;

const count = z.number().int().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().regex(/^[a-z_][a-z0-9_]*$/);

/** A link at the end of a chain; number 0 and an empty hash before the first. */
const chainHead = z.object({ number: count, hash: z.string() });

const authorityBooks = z.object({
  id: z.uuid(),
  name: z.string(),
  entry: chainHead,
  seal: chainHead,
  /** Control sums (Kontrollsummen): what all entries of a figure come to, in euro. */
  sums: z.record(z.string(), z.string()),
  /** What `npm run verify` found in the books at that moment; a restore may find nothing else. */
  findings: z.array(z.string()),
});

export type AuthorityBooks = z.infer<typeof authorityBooks>;

export const manifestSchema = z.object({
  format: z.literal(1),
  program: z.string(),
  madeAt: z.iso.datetime(),
  /** The last migration of the database that was backed up. */
  migration: z.object({ when: count, tag: z.string() }),
  authorities: z.array(authorityBooks),
  /** Each table with its columns, in the order of its member, and how many rows it had. */
  tables: z.record(name, z.object({ columns: z.array(name), rows: count })),
  /** The next number of each sequence. */
  sequences: z.record(name, z.string().regex(/^\d+$/)),
  /** Each file of the archive but this one. */
  members: z.record(z.string(), z.object({ sha256: hash, size: count })),
});

export type Manifest = z.infer<typeof manifestSchema>;
