/** What the check says of the whole table, with a way to each cell that needs a look. */
import { Notice } from "#app/components/page.tsx";
import type { EntryColumn } from "#app/domain/entry.ts";
import { entryColumnWords } from "#app/german/entry-columns.ts";
import { formatEuro } from "#app/german/notation.ts";
import { cellId } from "./grid-row.tsx";
import type { GridAnswer } from "./grid-answer.ts";

const mostListed = 10;

export function Verdict({ verdict }: { verdict: GridAnswer | undefined }) {
  if (!verdict?.isChecked) return <div role="status" />;
  const { problems, invoiceCount, total } = verdict;
  if (problems.length === 0) {
    if (invoiceCount === 0) return <div role="status" />;
    const count = invoiceCount === 1 ? "1 Rechnung" : `${invoiceCount} Rechnungen`;
    return (
      <div role="status">
        <Notice
          kind="success"
          title={`${count} über ${formatEuro(total)} brutto ohne Fehler. Gebucht ist noch nichts.`}
        />
      </div>
    );
  }
  return (
    <div role="status">
      <Notice
        kind="warning"
        title={`${problems.length === 1 ? "Eine Zelle braucht" : `${problems.length} Zellen brauchen`} noch einen Blick. Gebucht ist nichts.`}
      >
        <ul className="kern-list kern-list--bullet">
          {problems.slice(0, mostListed).map(({ row, column, sentence }) => (
            <li key={`${row} ${column} ${sentence}`}>
              <a className="kern-link" href={`#${cellId(row, column)}`}>
                {`Zeile ${row}, ${entryColumnWords[column as EntryColumn]}: ${sentence}`}
              </a>
            </li>
          ))}
          {problems.length > mostListed && <li>und {problems.length - mostListed} weitere</li>}
        </ul>
      </Notice>
    </div>
  );
}
