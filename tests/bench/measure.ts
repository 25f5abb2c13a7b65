/** Prints what was measured beside what it may be at most, and remembers whether all of it held. */
let hasFailed = false;

export function report(what: string, measured: number, most: number, unit: string): void {
  const holds = measured <= most;
  hasFailed ||= !holds;
  const value = measured.toLocaleString("en", { maximumFractionDigits: 1 });
  console.log(
    `${holds ? "pass" : "FAIL"}  ${what.padEnd(58)} ${value.padStart(9)} of ${most} ${unit}`,
  );
}

/** The same for what must be reached: so many in a second at least. */
export function reportRate(what: string, measured: number, least: number, unit: string): void {
  const holds = measured >= least;
  hasFailed ||= !holds;
  const digits = least < 100 ? 1 : 0;
  const value = measured.toLocaleString("en", { maximumFractionDigits: digits });
  console.log(
    `${holds ? "pass" : "FAIL"}  ${what.padEnd(58)} ${value.padStart(9)} of at least ${least} ${unit}`,
  );
}

export function note(what: string, measured: number, unit: string): void {
  const value = measured.toLocaleString("en", { maximumFractionDigits: 1 });
  console.log(`      ${what.padEnd(58)} ${value.padStart(9)} ${unit}`);
}

export function exitCode(): number {
  return hasFailed ? 1 : 0;
}

/** Milliseconds that the work takes. */
export async function timed<Result>(work: () => Result | Promise<Result>) {
  const began = performance.now();
  const result = await work();
  return { result, milliseconds: performance.now() - began };
}

export function peakMegabytes(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** The longest that the event loop was kept from answering while the work ran, in milliseconds. */
export async function whileAnswering<Result>(work: () => Promise<Result>) {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  const { result, milliseconds } = await timed(work);
  clearInterval(timer);
  return { result, milliseconds, longest };
}
