import type { MetaFunction } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { Badge, Page, TextLink } from "#app/components/page.tsx";
import { StayingNavLink } from "#app/components/past.tsx";
import { urgencyOf } from "#app/domain/deadline.ts";
import { mayUser } from "#app/domain/permission.ts";
import { formatDay, formatPercent } from "#app/german/notation.ts";
import { financingKindWords } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Zuwendung ${data?.grant.fileNumber ?? ""} – Paktbuch` },
];

export const loader = asKnown("read_books", async ({ params }, user) => {
  const grant = await requireGrant(user, idParam(params.grantId));
  const { id, fileNumber, noticeOn, grantingAuthority, spendFrom, spendUntil, stands } = grant;
  const { fundingRate, financingKind, isClosed, lastNotice } = grant;
  const facts = { id, fileNumber, noticeOn, grantingAuthority, spendFrom, spendUntil, stands };
  return wire({
    grant: { ...facts, fundingRate, financingKind, isClosed, lastNotice },
    urgency: urgencyOf(spendUntil, today()),
    mayExport: mayUser(user, "export_books"),
  });
});

const tabs = [
  { to: ".", label: "Budget" },
  { to: "notices", label: "Bescheide" },
  { to: "orders", label: "Aufträge" },
  { to: "invoices", label: "Rechnungen" },
  { to: "e-invoices", label: "E-Rechnungen" },
  { to: "drawdowns", label: "Mittelabrufe" },
  { to: "proofs", label: "Verwendungsnachweis" },
  { to: "forms", label: "Vordrucke" },
];

export default function GrantFrame() {
  const { grant, urgency, mayExport } = useLoaderData<typeof loader>();
  return (
    <Page
      title={`Zuwendung ${grant.fileNumber}`}
      lead={
        <>
          Bescheid vom {formatDay(grant.noticeOn)}, {grant.grantingAuthority}.{" "}
          {financingKindWords[grant.financingKind]} {formatPercent(grant.fundingRate)}.
          Bewilligungszeitraum {formatDay(grant.spendFrom)} bis {formatDay(grant.spendUntil)}{" "}
          {urgency === "over" && <Badge kind="warning">beendet</Badge>}
        </>
      }
      crumbs={[{ to: "/grants", label: "Zuwendungen" }]}
      actions={
        <>
          {!grant.stands && <Badge kind="danger">storniert</Badge>}
          {grant.isClosed && <Badge kind="info">abgeschlossen</Badge>}
          {mayExport && (
            <TextLink to={`/audit?${new URLSearchParams({ kind: "dossier", grant: grant.id })}`}>
              Prüfakte
            </TextLink>
          )}
          <TextLink to={`/documents/grant/${grant.id}`}>Beleg und Storno</TextLink>
        </>
      }
    >
      <nav aria-label="Zuwendung" className="tabs">
        {tabs.map(({ to, label }) => (
          <StayingNavLink key={to} to={to} end={to === "."}>
            {label}
          </StayingNavLink>
        ))}
      </nav>
      <Outlet />
    </Page>
  );
}
