/** One line of the log for each request: which route, by whom, how it ended; ids only. */
import { matchRoutes } from "@remix-run/react";
import type { RequestHandler } from "express";
import { log } from "#app/log.server.ts";
import { requestUser } from "#app/request.server.ts";
import type { Build } from "./guarded-build.ts";

export const logRequest: RequestHandler = (request, response, next) => {
  const begun = performance.now();
  response.once("close", () => {
    const user = requestUser();
    log.info(
      {
        method: request.method,
        // The address itself holds ids and secrets: its pattern says what was asked for.
        route: (response.locals.route as string | undefined) ?? "before the pages",
        status: response.writableFinished ? response.statusCode : "broken off",
        ms: Math.round(performance.now() - begun),
        authorityId: user?.schoolAuthorityId,
        userId: user?.id,
      },
      "request",
    );
  });
  next();
};

type Place = { id: string; path?: string; index?: boolean; children?: Place[] };

/** Tells the log which page is asked for: "/grants/:grantId". */
export function nameRoute(build: Build): RequestHandler {
  let tree: Place[] | undefined;
  return async (request, response, next) => {
    const { routes } = typeof build === "function" ? await build() : build;
    tree ??= childrenOf(routes, undefined);
    const path = request.path.replace(/\.data$/, "").replace(/^\/_root$/, "/");
    const matches = matchRoutes(tree as never, path) ?? [];
    const parts = matches.map(({ route }) => route.path).filter(Boolean);
    response.locals.route = parts.length > 0 || path === "/" ? `/${parts.join("/")}` : "no page";
    next();
  };
}

type Routes = Record<string, { id: string; parentId?: string; path?: string; index?: boolean }>;

function childrenOf(routes: Routes, parentId: string | undefined): Place[] {
  return Object.values(routes)
    .filter((route) => (route.parentId || undefined) === parentId)
    .map(({ id, path, index }) => {
      if (index) return { id, index: true, ...(path !== undefined && { path }) };
      return { id, ...(path !== undefined && { path }), children: childrenOf(routes, id) };
    });
}
