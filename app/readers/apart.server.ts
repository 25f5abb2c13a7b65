/**
 * Files of others are read apart from the service, in a thread with little memory and a time limit:
 * a file made to break its reader breaks that thread, and the service goes on answering.
 */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { ReadingViolation } from "#app/domain/reading.ts";
import type { Readers } from "./readers.ts";
import type { Answer, Job } from "./work.ts";

export type ReadingProblem = { problem: ReadingViolation };

/** In milliseconds. */
const longReading = 500;

type Limits = { megabytes: number; milliseconds: number };

/**
 * One warm thread that reads one file after another; a new one takes the place of one that ended.
 * Programs are found from the working directory: the built service stands in another folder than its
 * sources.
 */
export function threadFor(program: string, limits: Limits) {
  let worker: Worker | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(path.resolve("app/readers/thread.mjs"), {
      workerData: { program: pathToFileURL(path.resolve(program)).href },
      execArgv: [],
      env: {}, // the password of the database is none of its business
      resourceLimits: { maxOldGenerationSizeMb: limits.megabytes, maxYoungGenerationSizeMb: 32 },
    });
    // It ends with the program, and keeps no program from ending.
    started.unref();
    const forget = () => worker === started && (worker = undefined);
    started.on("error", forget).on("exit", forget);
    return started;
  }

  function answer(name: string, bytes: Uint8Array): Promise<unknown> {
    const current = (worker ??= start());
    const job: Job = { id: ++lastId, name, bytes };
    return new Promise((resolve) => {
      const refuse = (rule: ReadingViolation["rule"]) => end({ problem: { field: "file", rule } });
      const onAnswer = (given: Answer) => {
        if (given.id !== job.id) return;
        if ("failed" in given) refuse("file_unreadable");
        else end(given.result);
        // What was long to read was large: its memory is given back with the thread. The next page that
        // takes a file warms up another.
        if (given.milliseconds > longReading) dismiss();
      };
      const onDeath = () => refuse("file_unreadable");
      const dismiss = () => {
        if (worker === current) worker = undefined;
        void current.terminate();
      };
      const onTimeout = () => {
        dismiss();
        refuse("file_takes_too_long");
      };
      const patience = setTimeout(onTimeout, limits.milliseconds);
      current.on("message", onAnswer).once("error", onDeath).once("exit", onDeath);
      current.postMessage(job);

      function end(result: unknown) {
        clearTimeout(patience);
        current.off("message", onAnswer).off("error", onDeath).off("exit", onDeath);
        resolve(result);
      }
    });
  }

  return {
    warmUp() {
      worker ??= start();
    },
    read(name: string, bytes: Uint8Array): Promise<unknown> {
      const answered = queue.then(() => answer(name, bytes));
      queue = answered;
      return answered;
    },
  };
}

const thread = threadFor("app/readers/worker.ts", { megabytes: 256, milliseconds: 15_000 });

/** Reads a file with one of the readers. Never throws: what breaks or dawdles is a refusal. */
export function readApart<Name extends keyof Readers>(
  name: Name,
  bytes: Uint8Array,
): Promise<Awaited<ReturnType<Readers[Name]>> | ReadingProblem> {
  return thread.read(name, bytes) as Promise<Awaited<ReturnType<Readers[Name]>> | ReadingProblem>;
}

/** Called where a file will come soon, so that it need not wait for the thread to start. */
export function expectFile(): void {
  thread.warmUp();
}
