/**
 * The beginning of the thread, in plain JavaScript: a thread of Node 20 does not take `--import tsx`.
 * Loads the program whose address it was given.
 */
import { workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
await import(workerData.program);
