/** The thread in which files of others are read; started by `apart.server.ts` with tsx. */
import { readers } from "./readers.ts";
import { work } from "./work.ts";

work(readers);
