/** The main menu: what the user may open, in one row, or folded on a phone; it works without scripts. */
import { useLocation } from "@remix-run/react";
import { mayUser, type Permission, type User } from "#app/domain/permission.ts";
import { StayingNavLink } from "./past.tsx";

/** Who may go where; each page asks again for itself. */
const pages: { to: string; label: string; permission: Permission; without?: Permission }[] = [
  { to: "/", label: "Übersicht", permission: "read_books" },
  { to: "/remaining", label: "Was ist noch da?", permission: "read_remaining" },
  { to: "/own-school", label: "Meine Schule", permission: "read_own_school" },
  // Readers of the books find it beside the grants.
  { to: "/submitted", label: "Eingereichtes", permission: "read_submitted", without: "read_books" },
  { to: "/deadlines", label: "Fristen", permission: "read_remaining" },
  { to: "/grants", label: "Zuwendungen", permission: "read_books" },
  { to: "/bank-statements", label: "Kontoauszüge", permission: "read_all_books" },
  { to: "/municipal-budget", label: "Haushalt und IKZ", permission: "read_books" },
  { to: "/journal", label: "Journal", permission: "read_books" },
  { to: "/marks", label: "Prüfung", permission: "read_books" },
  { to: "/audit", label: "Prüfbuch", permission: "export_books" },
  { to: "/programmes", label: "Förderprogramme", permission: "read_books" },
  { to: "/schools", label: "Schulen und Beschlüsse", permission: "read_books" },
  { to: "/changes", label: "Protokoll", permission: "read_changes" },
  { to: "/users", label: "Zugänge", permission: "manage_users" },
  { to: "/data-protection", label: "Datenschutz", permission: "manage_users" },
  { to: "/settings", label: "Einstellungen", permission: "manage_settings" },
];

/** Side by side where there is room; on a phone folded, as a list of its own: a fold can't be opened by style alone. */
export function MainMenu({ user }: { user: Pick<User, "roles" | "limits"> }) {
  const links = pages
    .filter(({ permission, without }) => {
      return mayUser(user, permission) && !(without && mayUser(user, without));
    })
    .map(({ to, label }) => (
      <StayingNavLink key={to} to={to} end={to === "/"}>
        {label}
      </StayingNavLink>
    ));
  return (
    <>
      <nav aria-label="Hauptnavigation" className="site-width main-nav wide-menu">
        {links}
      </nav>
      {/* Another page has another menu, closed again. */}
      <nav aria-label="Hauptnavigation" className="site-width folded-menu" key={useLocation().key}>
        <details>
          <summary>Menü</summary>
          <div className="main-nav">{links}</div>
        </details>
      </nav>
    </>
  );
}
