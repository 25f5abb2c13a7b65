import { StayingNavLink } from "./past.tsx";

/** The rooms of the municipal budget; each page of it shows them above its own content. */
const rooms = [
  { to: "/municipal-budget", label: "Haushaltsjahr" },
  { to: "/contracts", label: "Verträge" },
  { to: "/follow-up-costs", label: "Folgekosten" },
  { to: "/assets", label: "Anlagen" },
  { to: "/joint-services", label: "IKZ" },
];

export function MunicipalTabs() {
  return (
    <nav aria-label="Haushalt" className="tabs">
      {rooms.map(({ to, label }) => (
        <StayingNavLink key={to} to={to}>
          {label}
        </StayingNavLink>
      ))}
    </nav>
  );
}
