import type { MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { DayText, Euro } from "#app/components/euro.tsx";
import { Empty, Page, TextLink } from "#app/components/page.tsx";
import { KeptStand } from "#app/components/past.tsx";
import { Table } from "#app/components/table.tsx";
import { accountKinds, authorized, type Figure, figures } from "#app/domain/journal.ts";
import { dayParam, pageParam } from "#app/form.ts";
import { accountKindWords, figureWords } from "#app/german/book-words.ts";
import { formatMoment } from "#app/german/notation.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { type EntryFilter, listEntries, sumEntries } from "#app/records/entries.server.ts";

export const meta: MetaFunction = () => [{ title: "Journal – Paktbuch" }];

export const loader = asKnown("read_books", async ({ request }, user) => {
  const { searchParams } = new URL(request.url);
  const filter = filterFrom(searchParams);
  const page = pageParam(searchParams.get("page"));
  const journal = await listEntries(user, filter, page);
  const sums = await sumEntries(user, filter);
  const given = sums.approved.plus(authorized(sums));
  const available = given.isZero() ? null : given.minus(sums.committed).minus(sums.invoiced);
  const address = Object.fromEntries(searchParams);
  return wire({
    ...journal,
    page,
    address,
    figure: filter.figure ?? null,
    // What leads to "available" has no entries of its own: the page shows how it is reckoned.
    reckoning: filter.figure || !available ? null : { given, ...sums, available },
  });
});

function filterFrom(params: URLSearchParams): EntryFilter {
  const id = (name: string) => (params.has(name) ? idParam(params.get(name)!) : undefined);
  return {
    accountId: id("account"),
    grantId: id("grant"),
    schoolId: id("school"),
    envelopeId: id("envelope"),
    documentId: id("document"),
    kind: accountKinds.find((kind) => kind === params.get("kind")),
    figure: figures.find((figure) => figure === params.get("figure")),
    until: dayParam(params.get("until")),
  };
}

export default function Journal() {
  const { entries, count, amount, page, pages, address, figure, reckoning } =
    useLoaderData<typeof loader>();
  const isFiltered = Object.keys(address).some((name) => name !== "page");
  return (
    <Page
      title={figure ? `Journal: ${figureWords[figure]}` : "Journal"}
      lead={
        figure ? (
          <>
            {count} Buchungen, zusammen <Euro amount={amount} />
          </>
        ) : (
          `${count} Buchungen. Nichts wird geändert oder gelöscht; ein Storno hebt auf.`
        )
      }
      crumbs={isFiltered ? [{ to: "/journal", label: "Ganzes Journal" }] : []}
    >
      {reckoning && isFiltered && (
        <p className="kern-body">
          Verfügbar: <Euro amount={reckoning.given} /> bewilligt oder veranschlagt −{" "}
          <Euro amount={reckoning.committed} /> gebunden − <Euro amount={reckoning.invoiced} /> in
          Rechnung ={" "}
          <strong>
            <Euro amount={reckoning.available} />
          </strong>
        </p>
      )}
      <FigureFilter address={address} figure={figure} />
      {entries.length === 0 ? (
        <Empty>Hierzu gibt es keine Buchungen.</Empty>
      ) : (
        <Table
          caption="Buchungen"
          isCaptionHidden
          rows={entries}
          keyOf={({ number }) => number}
          columns={[
            { label: "Nr.", isNumeric: true, cell: ({ number }) => number },
            { label: "gilt für", cell: ({ bookedOn }) => <DayText day={bookedOn} /> },
            {
              label: "Beleg",
              cell: ({ text, documentId, documentKind, reversesNumber }) => (
                <>
                  <TextLink to={`/documents/${documentKind}/${documentId}`}>{text}</TextLink>
                  {reversesNumber !== null && (
                    <span className="muted"> (hebt Nr. {reversesNumber} auf)</span>
                  )}
                </>
              ),
            },
            {
              label: "Konto",
              cell: ({ account, accountKind }) => (
                <>
                  {account} <span className="muted">({accountKindWords[accountKind]})</span>
                </>
              ),
            },
            { label: "Größe", cell: ({ figure }) => figureWords[figure] },
            { label: "Betrag", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
            {
              label: "erfasst",
              cell: ({ recordedAt, recordedByName }) => (
                <span className="muted">
                  {formatMoment(recordedAt)}, {recordedByName}
                </span>
              ),
            },
          ]}
        />
      )}
      <Pages page={page} pages={pages} address={address} />
    </Page>
  );
}

/** Narrows the list to one figure, without JavaScript too. */
function FigureFilter({
  address,
  figure,
}: {
  address: Record<string, string>;
  figure: Figure | null;
}) {
  return (
    <Form method="get" className="actions">
      <KeptStand />
      {Object.entries(address)
        .filter(([name]) => name !== "figure" && name !== "page")
        .map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
      <label className="kern-label" htmlFor="figure">
        Größe
      </label>
      <div className="kern-form-input__select-wrapper">
        <select
          id="figure"
          name="figure"
          defaultValue={figure ?? ""}
          className="kern-form-input__select"
        >
          <option value="">alle</option>
          {figures.map((one) => (
            <option key={one} value={one}>
              {figureWords[one]}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" className="kern-btn kern-btn--secondary">
        <span className="kern-label">Anzeigen</span>
      </button>
    </Form>
  );
}

function Pages({
  page,
  pages,
  address,
}: {
  page: number;
  pages: number;
  address: Record<string, string>;
}) {
  if (pages === 1) return null;
  const to = (other: number) =>
    `/journal?${new URLSearchParams({ ...address, page: String(other) })}`;
  return (
    <nav aria-label="Seiten" className="pages">
      {page > 1 && <TextLink to={to(page - 1)}>Vorige Seite</TextLink>}
      <span>
        Seite {page} von {pages}
      </span>
      {page < pages && <TextLink to={to(page + 1)}>Nächste Seite</TextLink>}
    </nav>
  );
}
