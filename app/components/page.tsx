/** The frame of a page's content: where it stands, its heading, what can be done there. */
import type { ReactNode } from "react";
import { StayingLink } from "./past.tsx";

type Crumb = { to: string; label: string };

export function Page({
  title,
  lead,
  crumbs = [],
  actions,
  children,
}: {
  title: string;
  lead?: ReactNode;
  crumbs?: Crumb[];
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      {crumbs.length > 0 && (
        <nav aria-label="Brotkrumen" className="crumbs">
          {crumbs.map(({ to, label }) => (
            <span key={to}>
              <StayingLink className="kern-link kern-link--no-visited-state" to={to}>
                {label}
              </StayingLink>
            </span>
          ))}
        </nav>
      )}
      <div className="page-head">
        <div>
          <h1 className="kern-heading-large">{title}</h1>
          {lead && <p className="kern-body lead">{lead}</p>}
        </div>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {children}
    </>
  );
}

export function Section({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="section">
      <div className="page-head">
        <h2 className="kern-heading-medium">{title}</h2>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

export function ActionLink({ to, kind = "secondary", children }: ActionLinkProps) {
  return (
    <StayingLink className={`kern-btn kern-btn--${kind}`} to={to}>
      <span className="kern-label">{children}</span>
    </StayingLink>
  );
}

/** A link to a file, which stays in the past that the page shows. */
export function DownloadLink({ to, kind = "secondary", children }: ActionLinkProps) {
  return (
    <StayingLink className={`kern-btn kern-btn--${kind}`} to={to} reloadDocument>
      <span className="kern-label">{children}</span>
    </StayingLink>
  );
}

type ActionLinkProps = {
  to: string;
  kind?: "primary" | "secondary" | "tertiary";
  children: string;
};

export function TextLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <StayingLink className="kern-link kern-link--no-visited-state" to={to}>
      {children}
    </StayingLink>
  );
}

export function Badge({
  kind,
  children,
}: {
  kind: "info" | "success" | "warning" | "danger";
  children: ReactNode;
}) {
  return (
    <span className={`kern-badge kern-badge--${kind} kern-badge--small`}>
      <span className="kern-label kern-label--small">{children}</span>
    </span>
  );
}

export function Notice({
  kind,
  title,
  children,
}: {
  kind: "info" | "success" | "warning" | "danger";
  title: string;
  children?: ReactNode;
}) {
  return (
    <div
      className={`kern-alert kern-alert--${kind}`}
      role={kind === "danger" ? "alert" : undefined}
    >
      <div className="kern-alert__header">
        <span className={`kern-icon kern-icon--${kind}`} aria-hidden="true" />
        <span className="kern-title">{title}</span>
      </div>
      {children && <div className="kern-alert__body">{children}</div>}
    </div>
  );
}

/** What a page says while there is nothing to list, and what to do about it. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="kern-body empty">{children}</p>;
}

/** Facts of one thing, term beside value. */
export function Facts({ facts }: { facts: [term: string, value: ReactNode][] }) {
  return (
    <dl className="kern-description-list facts">
      {facts.map(([term, value]) => (
        <div className="kern-description-list-item" key={term}>
          <dt className="kern-description-list-item__key">{term}</dt>
          <dd className="kern-description-list-item__value">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
