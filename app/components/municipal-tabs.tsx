import { useRouteLoaderData } from "@remix-run/react";
import { mayUser, type Permission, type User } from "#app/domain/permission.ts";
import { StayingNavLink } from "./past.tsx";

/** The rooms of the municipal budget; each page of it shows them above its own content. */
const rooms: { to: string; label: string; permission: Permission }[] = [
  { to: "/municipal-budget", label: "Haushaltsjahr", permission: "read_books" },
  { to: "/contracts", label: "Verträge", permission: "read_all_books" },
  { to: "/follow-up-costs", label: "Folgekosten", permission: "read_all_books" },
  { to: "/assets", label: "Anlagen", permission: "read_books" },
  { to: "/joint-services", label: "IKZ", permission: "read_all_books" },
];

/** Rooms that an invitation does not open are not offered. */
export function MunicipalTabs() {
  const user = useRouteLoaderData<{ user: Pick<User, "roles" | "limits"> | null }>("root")?.user;
  const open = rooms.filter(({ permission }) => user && mayUser(user, permission));
  return (
    <nav aria-label="Haushalt" className="tabs">
      {open.map(({ to, label }) => (
        <StayingNavLink key={to} to={to}>
          {label}
        </StayingNavLink>
      ))}
    </nav>
  );
}
