/** The HTML frame: head, navigation, footer, and the page for whatever went wrong. */
import { randomUUID } from "node:crypto";
import "@kern-ux/native/dist/kern.min.css";
import "./styles.css";
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  Form,
  isRouteErrorResponse,
  Link,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import type { ReactNode } from "react";
import { MainMenu } from "./components/main-menu.tsx";
import { PastBanner, StandForm } from "./components/past.tsx";
import { mayUser, type Role } from "./domain/permission.ts";
import { makeFormKey } from "./form-key.server.ts";
import { accessScopeWords } from "./german/audit-words.ts";
import { standSentences } from "./german/known-words.ts";
import { explained } from "./german/refusal-words.ts";
import { roleWords } from "./german/words.ts";
import { useNonce, useRequestId } from "./nonce.ts";
import { logReading } from "./records/access-log.server.ts";
import { requireAuthority } from "./records/authorities.server.ts";
import { listGrants } from "./records/grants.server.ts";
import { findUser } from "./session.server.ts";

export const meta: MetaFunction = () => [{ title: "Paktbuch" }];

export const links: LinksFunction = () => [
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await findUser(request);
  // Each page that is made has one of its own; see `FormKey`.
  if (!user) return { user: null, formKey: randomUUID() };
  const formKey = makeFormKey(user.id);
  await logReading(user, request.url);
  const authority = await requireAuthority(user);
  const { name, roles, limits } = user;
  const own = limits && (await listGrants(user, "all")).map(({ fileNumber }) => fileNumber);
  const scope = limits && own ? accessScopeWords(own, limits.fiscalYears) : null;
  return {
    formKey,
    user: {
      ...{ name, roles: [...roles], limits, scope },
      authority: authority.name,
      isExample: authority.isExample,
    },
  };
}

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  // Pages that are only read come without scripts; a form's page brings them.
  const isInteractive = useMatches().some(
    ({ handle }) => (handle as { isInteractive?: boolean } | undefined)?.isInteractive,
  );
  return (
    <html lang="de">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <Links />
      </head>
      <body>
        <a className="skip-link" href="#content">
          Zum Inhalt springen
        </a>
        {children}
        {isInteractive && <ScrollRestoration nonce={nonce} />}
        {isInteractive && <Scripts nonce={nonce} />}
      </body>
    </html>
  );
}

export default function App() {
  return (
    <Frame>
      <Outlet />
    </Frame>
  );
}

function Frame({ children, isBroken = false }: { children: ReactNode; isBroken?: boolean }) {
  const user = useRouteLoaderData<typeof loader>("root")?.user ?? null;
  return (
    <>
      <header className="site-head">
        <div className="site-width">
          <Link to="/" className="brand">
            <span className="brand-mark" aria-hidden="true">
              §
            </span>
            <span>
              <strong>Paktbuch</strong>
              <span className="brand-authority">{user?.authority ?? "Fördermittel im Griff"}</span>
            </span>
          </Link>
          {user && <Account name={user.name} roles={user.roles} />}
        </div>
        {user && <MainMenu user={user} />}
        {user && !isBroken && <PastBanner />}
        {user?.scope && (
          <p className="example-banner">
            <span className="site-width">
              Ihr Zugang: {user.scope}. Alles andere ist ausgeblendet; Summen und „nichts“ gelten
              nur für diesen Umfang.
            </span>
          </p>
        )}
        {user?.isExample && (
          <p className="example-banner">
            <span className="site-width">
              Beispieldaten: Alle Belege sind erfunden, Schülerzahlen sind illustrativ.
            </span>
          </p>
        )}
      </header>
      <main id="content" className="site-width" tabIndex={-1}>
        {children}
      </main>
      <footer className="site-width site-foot">
        Was gebucht ist, ist eine Summe des Journals; Pläne und Vorschauen sind gerechnet.
        {user &&
          mayUser(user, "read_books") &&
          " Ein Klick auf einen gebuchten Betrag zeigt die Buchungen."}
        {user && <StandForm />}
      </footer>
    </>
  );
}

function Account({ name, roles }: { name: string; roles: Role[] }) {
  return (
    <div className="account">
      <Link to="/account" className="kern-link kern-link--no-visited-state">
        {name}
        <span className="account-role">{roles.map((role) => roleWords[role]).join(", ")}</span>
      </Link>
      <Form method="post" action="/logout">
        <button type="submit" className="kern-btn kern-btn--tertiary kern-btn--x-small">
          <span className="kern-label">Abmelden</span>
        </button>
      </Form>
    </div>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const scope = useRouteLoaderData<typeof loader>("root")?.user?.scope ?? null;
  const said = isRouteErrorResponse(error) ? String(error.data) : "";
  const { title, text } = explained(status, said, scope);
  const { pathname, search } = useLocation();
  const isPast = new URLSearchParams(search).has("stand");
  const requestId = useRequestId();
  return (
    <Frame isBroken>
      <title>{`${title} – Paktbuch`}</title>
      <div className="page-head">
        <h1 className="kern-heading-large">{title}</h1>
      </div>
      <p className="kern-body">{text}</p>
      {/* Only the server knows it; a page that the browser makes has none. */}
      <p className="kern-body muted" suppressHydrationWarning>
        {requestId && `Kennung der Anfrage: ${requestId}`}
      </p>
      {isPast && (
        <p className="kern-body">
          {status === 404 && `${standSentences.absent} `}
          <a className="kern-link" href={pathname}>
            Zum heutigen Stand
          </a>
        </p>
      )}
      <p className="kern-body">
        <Link className="kern-link" to="/">
          Zurück zum Anfang
        </Link>
      </p>
    </Frame>
  );
}
