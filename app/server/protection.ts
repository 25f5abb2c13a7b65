/** What stands before the pages: response headers and the check of origin. */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { NextFunction, Request, Response } from "express";
import helmet from "helmet";

export type Surroundings = { isDevelopment: boolean; origin: string | undefined };

export function giveNonce(_request: Request, response: Response, next: NextFunction): void {
  response.locals.cspNonce = randomBytes(16).toString("base64");
  next();
}

export function protectiveHeaders({ isDevelopment, origin }: Surroundings) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Who knows the nonce may load more scripts; the address of a script alone allows nothing.
        scriptSrc: [nonceOf, "'strict-dynamic'"],
        scriptSrcAttr: ["'none'"],
        // In development Vite writes styles into the page and keeps a socket open.
        styleSrc: isDevelopment ? ["'self'", "'unsafe-inline'"] : ["'self'"],
        connectSrc: isDevelopment ? ["'self'", "ws:"] : ["'self'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    xFrameOptions: { action: "deny" },
    // helmet's own default makes browsers send `Origin: null` with ordinary forms.
    referrerPolicy: { policy: "strict-origin-when-cross-origin" },
    strictTransportSecurity: origin?.startsWith("https:") ? undefined : false,
  });
}

function nonceOf(_request: IncomingMessage, response: ServerResponse): string {
  return `'nonce-${(response as Response).locals.cspNonce}'`;
}

const unusedAbilities = [
  "camera",
  "display-capture",
  "geolocation",
  "microphone",
  "payment",
  "usb",
];

export function permissionsPolicy(_request: Request, response: Response, next: NextFunction) {
  const policy = unusedAbilities.map((ability) => `${ability}=()`).join(", ");
  response.setHeader("Permissions-Policy", policy);
  next();
}

/** Pages hold figures of an office and are not kept; who wants otherwise says so in its answer. */
export function keepNothing(_request: Request, response: Response, next: NextFunction): void {
  const writeHead = response.writeHead;
  // Set at the last moment: Remix appends to headers that are there already.
  response.writeHead = ((...head: Parameters<typeof writeHead>) => {
    if (!response.hasHeader("Cache-Control")) response.setHeader("Cache-Control", "no-store");
    for (const name of ["X-Content-Type-Options", "Referrer-Policy"]) {
      const said = response.getHeader(name);
      // A page's own word stands alone: two values in one header are read as none.
      if (Array.isArray(said)) response.setHeader(name, said.at(-1)!);
    }
    return writeHead.apply(response, head);
  }) as typeof writeHead;
  next();
}

/** Pages are read and forms are sent; whatever else a client may ask for is nothing here (ASVS 5.0, 13.4.4). */
export function refuseOtherMethods(request: Request, response: Response, next: NextFunction): void {
  if (["GET", "HEAD", "POST"].includes(request.method)) return next();
  response.setHeader("Allow", "GET, HEAD, POST");
  refuse(response, 405, "Diese Art von Anfrage gibt es hier nicht.");
}

/**
 * Refuses requests that change something and come from a foreign page (ASVS 5.0, 3.5.1). Remix checks as
 * well, but answers with 500, believes any `X-Forwarded-Host` and leaves out routes without a page; so that
 * header is taken away, and the host is set to the known one.
 */
export function checkOrigin({ origin }: Surroundings) {
  return (request: Request, response: Response, next: NextFunction) => {
    delete request.headers["x-forwarded-host"];
    if (!URL.canParse(`http://${request.get("Host")}`)) {
      return refuse(response, 400, "Die Anfrage nennt keinen gültigen Rechner.");
    }
    if (request.method === "POST" && !comesFromOwnPage(request, origin)) {
      return refuse(response, 403, "Die Anfrage kommt von einer fremden Seite und wird abgelehnt.");
    }
    if (origin) request.headers.host = new URL(origin).host;
    next();
  };
}

function comesFromOwnPage(request: Request, ownOrigin: string | undefined): boolean {
  const site = request.get("Sec-Fetch-Site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const origin = request.get("Origin");
  // Every browser sends one of the two with a form; without them nobody's cookie is believed.
  if (origin === undefined) return site !== undefined || request.get("Cookie") === undefined;
  if (ownOrigin) return origin === ownOrigin;
  return URL.canParse(origin) && new URL(origin).host === request.get("Host")?.toLowerCase();
}

/** Ends a request before any page sees it, with one sentence. */
export function refuse(response: Response, status: number, sentence: string): void {
  response.status(status).type("text/plain").send(sentence);
}
