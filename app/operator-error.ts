/**
 * A failure that the person who starts the program can mend. Its message is one German sentence;
 * whoever catches it prints that sentence and nothing else.
 */
export class OperatorError extends Error {
  override name = "OperatorError";
}

/** What to print for any failure: the sentence itself, or a frame around an unexpected message. */
export function sentenceFor(error: unknown): string {
  if (error instanceof OperatorError) return error.message;
  const message = error instanceof Error && error.message ? error.message : String(error);
  return `Paktbuch musste wegen eines unerwarteten Fehlers aufhören: ${message}`;
}
