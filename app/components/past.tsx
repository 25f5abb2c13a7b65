/** Pages in the past: links that stay there, and the banner that says so. */
import {
  Link,
  type LinkProps,
  NavLink,
  type NavLinkProps,
  useLocation,
  useMatches,
} from "@remix-run/react";
import { formatExactMoment } from "#app/german/moment.ts";

/** The moment that the address names, as it stands there; null in the present. */
function useStand(): string | null {
  return new URLSearchParams(useLocation().search).get("stand");
}

/** What the page itself read: `knownOn` is there where it can show the past, and set where it does. */
function useLeaf(): { knownOn?: string } {
  return (useMatches().at(-1)?.data as { knownOn?: string } | undefined) ?? {};
}

/** A link that stays in the past that the page shows. */
export function StayingLink({ to, ...props }: LinkProps & { to: string }) {
  return <Link to={staying(to, useStand())} {...props} />;
}

export function StayingNavLink({ to, ...props }: NavLinkProps & { to: string }) {
  return <NavLink to={staying(to, useStand())} {...props} />;
}

function staying(to: string, stand: string | null): string {
  if (!stand || /^[a-z]+:/.test(to)) return to;
  return `${to}${to.includes("?") ? "&" : "?"}${new URLSearchParams({ stand })}`;
}

/** Keeps the past in a form that asks for another view of its page. */
export function KeptStand() {
  const stand = useStand();
  return stand && <input type="hidden" name="stand" value={stand} />;
}

/** Says in which past the page is, with the way back; or that this page knows only the present. */
export function PastBanner() {
  const { pathname } = useLocation();
  const stand = useStand();
  const { knownOn } = useLeaf();
  // The form of the workbook asks for the moment: there the address holds what was typed.
  if (!stand || pathname === "/audit") return null;
  return (
    <div className="past-banner" role="status">
      <div className="site-width">
        <p>
          {knownOn ? (
            <>
              <strong>Früherer Stand: </strong>
              was am {formatExactMoment(new Date(knownOn))} bekannt war. Gebucht wird nur im
              heutigen Stand.
            </>
          ) : (
            <>
              <strong>Heutiger Stand: </strong>
              Diese Seite zeigt keinen früheren.
            </>
          )}
        </p>
        <Link className="kern-link kern-link--no-visited-state" to={pathname} reloadDocument>
          Zum heutigen Stand
        </Link>
      </div>
    </div>
  );
}

/** Leads any page that can show it to an earlier state of itself. */
export function StandForm() {
  const { search } = useLocation();
  if (!("knownOn" in useLeaf())) return null;
  const kept = [...new URLSearchParams(search)].filter(([name]) => name !== "stand");
  return (
    <form method="get" className="stand-form">
      {kept.map(([name, value], index) => (
        <input key={index} type="hidden" name={name} value={value} />
      ))}
      <label className="kern-label" htmlFor="stand">
        Früherer Stand dieser Seite
      </label>
      <input
        id="stand"
        name="stand"
        defaultValue={new URLSearchParams(search).get("stand") ?? ""}
        placeholder="31.12.2025 12:00"
        className="kern-form-input__input short"
      />
      <button type="submit" className="kern-btn kern-btn--tertiary kern-btn--x-small">
        <span className="kern-label">Ansehen</span>
      </button>
    </form>
  );
}
