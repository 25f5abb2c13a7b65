/** What the program needs to serve, for `/ready`. */
import fs from "node:fs/promises";
import { databaseUrl, settings } from "#app/env.server.ts";
import { requirePrepared } from "./prepare-database.ts";

export const needs = {
  /** It answers, and its schema is the one of this program. */
  database: () => requirePrepared(databaseUrl()!),
  exports: async () => {
    await fs.mkdir(settings.exports.folder, { recursive: true });
    await fs.access(settings.exports.folder, fs.constants.W_OK);
  },
};
