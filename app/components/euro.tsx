/** Amounts and days on a page. */
import { Link } from "@remix-run/react";
import { formatDay, formatEuro } from "#app/german/notation.ts";

/** An amount in euro; a link leads to the entries behind it. */
export function Euro({ amount, to }: { amount: string; to?: string }) {
  const text = formatEuro(amount);
  if (!to) return <span className="euro">{text}</span>;
  return (
    <Link className="kern-link kern-link--no-visited-state euro" to={to}>
      {text}
    </Link>
  );
}

export function DayText({ day }: { day: string }) {
  return <time dateTime={day}>{formatDay(day)}</time>;
}

/** The address of the entries whose sum a figure is. */
export function entriesOf(filter: Record<string, string>): string {
  return `/journal?${new URLSearchParams(filter)}`;
}
