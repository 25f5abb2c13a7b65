/** The letter of a joint service's year on a page, with the words it has on paper. */
import type { LetterTable, LetterText } from "#app/german/joint-letter-text.ts";
import { Facts } from "./page.tsx";
import { Table } from "./table.tsx";

export function JointLetterView({ text }: { text: LetterText }) {
  return (
    <article className="letter" aria-label={text.title}>
      {text.remarks.map((remark) => (
        <p key={remark} className="kern-body letter-remark">
          {remark}
        </p>
      ))}
      <div className="letter-head">
        <Party label="Von" {...text.sender} />
        <Party label="An" {...text.recipient} />
      </div>
      <Facts facts={text.facts} />
      <h2 className="kern-heading-medium">{text.subject}</h2>
      <Paragraphs texts={[...text.opening, ...text.basis]} />
      {text.tables.map((table) => (
        <LetterSection key={table.title} table={table} />
      ))}
      <Paragraphs texts={text.result} isStrong />
      <p className="kern-body pre-line">{text.closing.join("\n")}</p>
    </article>
  );
}

function Party({ label, name, address }: { label: string; name: string; address: string }) {
  return (
    <div>
      <p className="kern-label">{label}</p>
      <address className="kern-body pre-line letter-party">{`${name}\n${address}`}</address>
    </div>
  );
}

function Paragraphs({ texts, isStrong = false }: { texts: string[]; isStrong?: boolean }) {
  return texts.map((text) => (
    <p key={text} className="kern-body">
      {isStrong ? <strong>{text}</strong> : text}
    </p>
  ));
}

function LetterSection({ table }: { table: LetterTable }) {
  const { title, note, columns, rows, marked, footer } = table;
  return (
    <section className="section">
      {rows.length > 0 ? (
        <Table
          caption={title}
          rows={rows.map((cells, index) => ({ cells, index }))}
          keyOf={({ index }) => index}
          footer={footer ?? undefined}
          columns={columns.map(({ label, isNumeric }, place) => ({
            label,
            isNumeric,
            cell: ({ cells, index }) =>
              index === marked ? <strong>{cells[place]}</strong> : cells[place],
          }))}
        />
      ) : (
        <h3 className="kern-title">{title}</h3>
      )}
      {note && <p className="kern-body kern-body--small">{note}</p>}
    </section>
  );
}
