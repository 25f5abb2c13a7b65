/** The web server: Express before Remix. */
import { randomUUID } from "node:crypto";
import type http from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestHandler, type RequestHandler } from "@remix-run/express";
import compression from "compression";
import express, { type NextFunction, type Request, type Response } from "express";
import { settings } from "#app/env.server.ts";
import { OperatorError } from "#app/operator-error.ts";
import { logError } from "#app/log.server.ts";
import { asRequest, requestIdHeader } from "#app/request.server.ts";
import { asRequestOfOne } from "#db/authority.ts";
import { limitBody, patientServer } from "./limits.ts";
import { logRequest, nameRoute } from "./log-request.ts";
import {
  checkOrigin,
  giveNonce,
  keepNothing,
  permissionsPolicy,
  protectiveHeaders,
  refuse,
  refuseOtherMethods,
} from "./protection.ts";

type Build = Parameters<typeof createRequestHandler>[0]["build"];

export type Pages = {
  build: Build;
  /** In development Vite serves scripts and styles; otherwise the built files are served. */
  vite?: express.Handler;
  /** What the program needs to serve, each with a check that fails where it is missing. */
  needs: Record<string, () => Promise<unknown>>;
};

export function createApp({ build, vite, needs }: Pages): express.Express {
  const surroundings = { isDevelopment: vite !== undefined, origin: settings.origin };
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", settings.trustProxy);
  app.use(nameRequest, logRequest);
  app.use(giveNonce, protectiveHeaders(surroundings), permissionsPolicy, keepNothing);
  app.use(refuseOtherMethods, checkOrigin(surroundings), limitBody(), compression());
  app.get("/health", (_request, response) => void response.json({ status: "ok" }));
  app.get("/ready", readiness(needs));
  if (vite) {
    app.use(vite, express.static("public"));
  } else {
    // The names of these files change with their content. Their folder is a page too: the inventory.
    app.use(
      "/assets",
      express.static("build/client/assets", { immutable: true, maxAge: "1y", redirect: false }),
    );
    app.use(express.static("build/client", { maxAge: "1h", redirect: false }));
  }
  app.use(nameRoute(build));
  app.all("*", remix(build, vite ? "development" : "production"));
  app.use(lastResort);
  return app;
}

export async function listen(app: express.Express): Promise<http.Server> {
  const server = patientServer(app);
  await bind(server);
  return server;
}

/** Finds out early, before anything is set up, that the address is taken. */
export async function refuseTakenAddress(): Promise<void> {
  const probe = createServer();
  await bind(probe);
  await new Promise((resolve) => probe.close(resolve));
}

/** Lets requests in work end, but not forever. */
export function stopListening(server: http.Server): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => server.closeAllConnections(), 3_000);
    server.close(() => {
      clearTimeout(patience);
      resolve();
    });
  });
}

export function addressOf(server: http.Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  const isEverywhere = address === "0.0.0.0" || address === "::";
  if (isEverywhere) return `http://localhost:${port}`;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

function bind(server: http.Server): Promise<void> {
  const { host, port } = settings;
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explained(error)));
    server.listen(port, host, resolve);
  });

  function explained(error: NodeJS.ErrnoException): Error {
    if (error.code === "EADDRINUSE") {
      return new OperatorError(
        `Der Port ${port} auf ${host} ist schon belegt; mit PORT lässt sich ein anderer wählen.`,
      );
    }
    if (error.code === "EACCES") {
      return new OperatorError(`Der Port ${port} ist diesem Konto nicht erlaubt.`);
    }
    if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
      return new OperatorError(`Die Adresse ${host} (HOST) gehört nicht zu diesem Rechner.`);
    }
    return error;
  }
}

function remix(build: Build, mode: string): RequestHandler {
  return createRequestHandler({
    build,
    mode,
    getLoadContext: (_request, response) => ({ cspNonce: response.locals.cspNonce }),
  });
}

/**
 * Everything that the request leads to knows its id, one that a client sends is not taken; and it sees no row of
 * the books until it is known who asks.
 */
function nameRequest(request: Request, response: Response, next: NextFunction) {
  const id = randomUUID();
  response.setHeader(requestIdHeader, id);
  asRequest(id, () => asRequestOfOne(next), request.ip);
}

/** Reached only when a request never came as far as the error page, say by a senseless host. */
function lastResort(error: unknown, _request: Request, response: Response, _next: NextFunction) {
  if (response.headersSent) return void response.end();
  const { status } = error as { status?: number };
  if (status === 400) return refuse(response, 400, "Die Anfrage ist nicht lesbar.");
  logError(error);
  refuse(response, 500, "Die Anfrage konnte nicht bearbeitet werden.");
}

/** Whether the program can serve; a stranger learns the names of the checks, and which of them fails. */
function readiness(needs: Pages["needs"]) {
  return async (_request: Request, response: Response) => {
    const checks = await Promise.all(
      Object.entries(needs).map(async ([name, check]) => {
        const isMet = await check().then(
          () => true,
          () => false,
        );
        return [name, isMet ? "ok" : "failed"] as const;
      }),
    );
    const isReady = checks.every(([, state]) => state === "ok");
    const status = isReady ? "ok" : "failed";
    response.status(isReady ? 200 : 503).json({ status, checks: Object.fromEntries(checks) });
  };
}
