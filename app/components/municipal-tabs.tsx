import { NavLink } from "@remix-run/react";

/** The rooms of the municipal budget; each page of it shows them above its own content. */
const rooms = [
  { to: "/municipal-budget", label: "Haushaltsjahr" },
  { to: "/joint-services", label: "IKZ" },
];

export function MunicipalTabs() {
  return (
    <nav aria-label="Haushalt" className="tabs">
      {rooms.map(({ to, label }) => (
        <NavLink key={to} to={to}>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
