/** Renders a page on the server, as a stream. */
import { PassThrough } from "node:stream";
import {
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
  type HandleErrorFunction,
} from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { logError } from "./log.server.ts";
import { NonceContext, RequestIdContext } from "./nonce.ts";
import { requestId } from "./request.server.ts";

/** After this long Remix gives up on data that a page still waits for. */
export const streamTimeout = 5_000;

// Remix calls this with five values; it leaves no choice.
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const nonce = loadContext.cspNonce as string | undefined;
  const page = (
    <NonceContext.Provider value={nonce}>
      <RequestIdContext.Provider value={requestId()}>
        <RemixServer context={remixContext} url={request.url} nonce={nonce} />
      </RequestIdContext.Provider>
    </NonceContext.Provider>
  );
  // Search engines and the like get the page in one piece.
  const whenToSend = isbot(request.headers.get("User-Agent")) ? "onAllReady" : "onShellReady";

  return new Promise((resolve, reject) => {
    let isSent = false;
    const { pipe, abort } = renderToPipeableStream(page, {
      nonce,
      [whenToSend]() {
        isSent = true;
        headers.set("Content-Type", "text/html; charset=utf-8");
        const body = new PassThrough();
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
        pipe(body.on("close", () => clearTimeout(patience)));
      },
      onShellError: reject,
      onError(error: unknown) {
        status = 500;
        // Errors before the page is sent come back through `reject` and are logged there.
        if (isSent) logError(error);
      },
    });
    const patience = setTimeout(abort, streamTimeout + 1_000);
  });
}

/** Only the unexpected is logged: not a wrong address, and not a visitor who went away. */
export const handleError: HandleErrorFunction = (error, { request }) => {
  if (request.signal.aborted || isRouteErrorResponse(error)) return;
  logError(error);
};
