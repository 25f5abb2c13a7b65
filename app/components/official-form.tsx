/** The tables of a filled form (Vordruck): each group with its sums, and the sums of all. */
import type { FormText, FormTextSection } from "#app/german/official-form-text.ts";
import { Empty } from "./page.tsx";
import { Table } from "./table.tsx";

export function OfficialFormTables({ text }: { text: FormText }) {
  return text.sections.map((section) => <SectionTables key={section.title} section={section} />);
}

function SectionTables({ section }: { section: FormTextSection }) {
  const { title, note, columns, groups, total } = section;
  const isGrouped = groups.some(({ sums }) => sums !== null);
  return (
    <section className="section">
      <h3 className="kern-heading-small">{title}</h3>
      {note && <p className="kern-body kern-body--small">{note}</p>}
      {groups.length === 0 && <Empty>Bis zu diesem Tag ist dazu nichts gebucht.</Empty>}
      {groups.map(({ name, rows, sums }) => (
        <Table
          key={name}
          caption={name || title}
          isCaptionHidden={name === ""}
          rows={rows.map((cells, index) => ({ cells, index }))}
          keyOf={({ index }) => index}
          footer={sums ?? total ?? undefined}
          columns={columns.map((column, place) => ({
            ...column,
            cell: ({ cells }: { cells: string[]; index: number }) => cells[place] || "–",
          }))}
        />
      ))}
      {isGrouped && total && (
        <dl className="form-total">
          {columns.map(({ label }, index) =>
            index === 0 || total[index] === "" ? null : (
              <div key={label}>
                <dt>Gesamt {label.replace(/ €$/, "")}</dt>
                <dd className="euro">{total[index]} €</dd>
              </div>
            ),
          )}
        </dl>
      )}
    </section>
  );
}
