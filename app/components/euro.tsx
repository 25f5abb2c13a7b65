/** Amounts and days on a page. */
import { formatDay, formatEuro } from "#app/german/notation.ts";
import { StayingLink } from "./past.tsx";

/** An amount in euro; a link leads to the entries behind it. */
export function Euro({ amount, to }: { amount: string; to?: string }) {
  const text = formatEuro(amount);
  if (!to) return <span className="euro">{text}</span>;
  return (
    <StayingLink className="kern-link kern-link--no-visited-state euro" to={to}>
      {text}
    </StayingLink>
  );
}

export function DayText({ day }: { day: string }) {
  return <time dateTime={day}>{formatDay(day)}</time>;
}

/** The address of the entries whose sum a figure is. */
export function entriesOf(filter: Record<string, string>): string {
  return `/journal?${new URLSearchParams(filter)}`;
}
