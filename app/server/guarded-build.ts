/** Stands around every loader and action of the built pages: what holds for all of them is said once. */
import type { ServerBuild } from "@remix-run/node";
import { unavailable } from "#app/http.ts";
import { noteRefusal } from "#app/records/refusals.server.ts";
import { forgetFound } from "#app/request.server.ts";
import { findUser } from "#app/session.server.ts";
import { keepingTyped, sayingEnd } from "./ended-session.ts";
import { writeOnce } from "./write-once.ts";

export type Build = ServerBuild | (() => Promise<ServerBuild>);

type Handler = (args: { request: Request }) => unknown;

export function guarded(build: Build): Build {
  if (typeof build === "function") return async () => guardedRoutes(await build());
  return guardedRoutes(build);
}

function guardedRoutes(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => {
    const { default: page } = route!.module as { default?: unknown };
    const place = { isPage: page !== undefined, isIndex: route!.index === true };
    const { loader, action } = route!.module as { loader?: Handler; action?: Handler };
    const module = {
      ...route!.module,
      ...(loader && { loader: sayingEnd(inTime(loader)) }),
      ...(action && {
        action: forgetful(keepingTyped(place, writeOnce(id, noticed(inTime(action))))),
      }),
    };
    return [id, { ...route, module }];
  });
  return { ...build, routes: Object.fromEntries(routes) };
}

/** The loaders that follow an action in its request see what it changed, also of who asks. */
function forgetful(action: Handler): Handler {
  return async (args) => {
    try {
      return await action(args);
    } finally {
      forgetFound();
    }
  };
}

/** A statement that the database ended is no fault of the page: 503, with a sentence. */
function inTime(handler: Handler): Handler {
  return async (args) => {
    try {
      return await handler(args);
    } catch (error) {
      if (!wasTooLong(error)) throw error;
      return unavailable("Die Datenbank braucht zu lange. Bitte später noch einmal versuchen.");
    }
  };
}

function wasTooLong(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, message, cause } = error as Error & { code?: string };
  return (code === "57014" && message.includes("statement timeout")) || wasTooLong(cause);
}

/** A write that is refused for want of a right, or of a thing that is one's own, stands in the change log. */
function noticed(action: Handler): Handler {
  return async (args) => {
    try {
      return await action(args);
    } catch (thrown) {
      const isRefused = thrown instanceof Response && [403, 404].includes(thrown.status);
      const user = isRefused && (await findUser(args.request));
      if (user) await noteRefusal(user, thrown.status);
      throw thrown;
    }
  };
}
