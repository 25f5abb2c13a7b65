import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vitest/config";

declare module "@remix-run/server-runtime" {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  plugins: [
    !process.env.VITEST &&
      remix({
        future: {
          v3_fetcherPersist: true,
          v3_relativeSplatPath: true,
          v3_throwAbortReason: true,
          v3_singleFetch: true,
          v3_routeConfig: true,
          // Off on purpose: its /__manifest address lets one request hold the event loop.
          v3_lazyRouteDiscovery: false,
        },
      }),
  ],
  build: { target: "es2022" },
  optimizeDeps: {
    exclude: ["@node-rs/argon2"],
    esbuildOptions: { target: "es2022" },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "domain",
          sequence: { groupOrder: 0 },
          maxWorkers: 2,
          include: ["tests/{domain,readers}/**/*.test.ts", "tests/architecture.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          // One process for a core: the database and its client take turns anyway.
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
          include: ["tests/{records,routes,exports}/**/*.test.ts"],
          globalSetup: ["tests/support/database.setup.ts"],
          setupFiles: ["tests/support/own-database.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // Who may see what once more, with each query's own filter for the authority taken out.
          name: "walls alone",
          sequence: { groupOrder: 2 },
          maxWorkers: 2,
          include: ["tests/walls-alone/*.test.ts", "tests/routes/{access,foreign-ids}.test.ts"],
          globalSetup: ["tests/support/database.setup.ts"],
          setupFiles: ["tests/support/own-database.ts", "tests/support/walls-alone.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "walk",
          // A browser and the whole program: alone, and last.
          sequence: { groupOrder: 3 },
          maxWorkers: 1,
          include: ["tests/walk/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
