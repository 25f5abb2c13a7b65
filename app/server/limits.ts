/** How much a client may send, and how long it may take. */
import { randomUUID } from "node:crypto";
import http from "node:http";
import type { NextFunction, Request, Response } from "express";
import type { Express } from "express";
import { mostBytesAtOnce } from "#app/domain/attachment.ts";
import { requestIdHeader } from "#app/request.server.ts";
import { refuse } from "./protection.ts";

export const bodyLimit = 2 * 1024 * 1024;

/** Files and what a form wraps around them. */
export const uploadLimit = mostBytesAtOnce + 1024 * 1024;

/** In milliseconds: until the headers are there, until all is, and between two pieces of a body. */
export type Patience = { headers: number; request: number; piece: number };

export const usualPatience: Patience = { headers: 15_000, request: 120_000, piece: 20_000 };

/** The addresses that take files: from a form, and from the script that shows how far it is. */
const uploadPaths = [
  /^\/attachments(\/upload)?$/,
  /^\/(bank-statements|workbook-check)$/,
  /^\/grants\/[0-9a-f-]{36}\/(e-invoices|imports)$/,
];

function limitOf({ path }: Request): number {
  return uploadPaths.some((one) => one.test(path)) ? uploadLimit : bodyLimit;
}

/** By the announced length, and by counting for bodies that come in pieces without one. */
export function limitBody({ piece }: Patience = usualPatience) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const limit = limitOf(request);
    if (Number(request.get("Content-Length") ?? 0) > limit) return refuseSize(response, limit);

    const push = request.push;
    let received = 0;
    const waiting = setTimeout(() => {
      if (!response.headersSent && !request.complete) endWith(request, response, refuseSlow);
    }, piece);
    response.once("close", () => clearTimeout(waiting));
    // Reading the body here would take it away from Remix, so only its passing is watched.
    request.push = (part: Buffer | null, encoding?: BufferEncoding) => {
      received += part?.length ?? 0;
      waiting.refresh();
      if (received <= limit) return push.call(request, part, encoding);
      if (!response.headersSent) endWith(request, response, () => refuseSize(response, limit));
      return false;
    };
    next();
  };
}

function endWith(request: Request, response: Response, refusal: (response: Response) => void) {
  response.once("finish", () => request.destroy());
  refusal(response);
}

function refuseSize(response: Response, limit: number): void {
  response.setHeader("Connection", "close");
  const megabytes = Math.floor(limit / 1024 / 1024);
  refuse(response, 413, `Die Anfrage ist größer als ${megabytes} MB und wird abgelehnt.`);
}

const tooSlow = "Die Anfrage kam zu langsam an und wird abgelehnt.";

function refuseSlow(response: Response): void {
  response.setHeader("Connection", "close");
  refuse(response, 408, tooSlow);
}

/** A server that waits for nobody forever, and says so in German. */
export function patientServer(app: Express, patience: Patience = usualPatience): http.Server {
  const server = http.createServer(
    { connectionsCheckingInterval: Math.min(5_000, patience.headers) },
    app,
  );
  server.headersTimeout = patience.headers;
  server.requestTimeout = patience.request;
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
    const [status, sentence] = clientErrors[error.code ?? ""] ?? unreadable;
    socket.end(plainAnswer(status, sentence));
  });
  return server;
}

const unreadable: [string, string] = ["400 Bad Request", "Die Anfrage ist nicht lesbar."];
const clientErrors: Record<string, [status: string, sentence: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", tooSlow],
  HPE_HEADER_OVERFLOW: [
    "431 Request Header Fields Too Large",
    "Die Angaben vor der Anfrage sind zu lang.",
  ],
};

/** Written by hand: what is no request never reaches the pages, nor what sets their headers. */
function plainAnswer(status: string, sentence: string): string {
  const head = [
    `HTTP/1.1 ${status}`,
    "Content-Type: text/plain; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(sentence)}`,
    "Cache-Control: no-store",
    "X-Content-Type-Options: nosniff",
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    `${requestIdHeader}: ${randomUUID()}`,
    "Connection: close",
  ];
  return `${head.join("\r\n")}\r\n\r\n${sentence}`;
}
