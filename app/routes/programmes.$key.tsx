import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import {
  ActionLink,
  Badge,
  Empty,
  Facts,
  Notice,
  Page,
  Section,
  TextLink,
} from "#app/components/page.tsx";
import { ProgrammeRules, SourceList } from "#app/components/programme-rules.tsx";
import { ProgrammeChanges, ProgrammeVersions } from "#app/components/programme-versions.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { dayParam, pageParam } from "#app/form.ts";
import { formatDay, parseDay } from "#app/german/notation.ts";
import { ruleSections } from "#app/german/programme-rules.ts";
import { notFound } from "#app/http.ts";
import { differencesBetween } from "#app/programme-differences.ts";
import { listProgrammeUses } from "#app/records/programme-changes.server.ts";
import {
  listVersions,
  requireProgramme,
  requireVersion,
  shippedProgrammes,
} from "#app/records/programmes.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.programme.name ?? "Förderprogramm"} – Paktbuch` },
];

/** The rules of today's version, or of an older one; with a day only those that are valid on it. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const { searchParams } = new URL(request.url);
  const latest = await requireProgramme(user, params.key);
  const { key } = latest.programme;
  const asked = searchParams.get("version");
  const shown = asked === null ? latest : await requireVersion(user, key, versionParam(asked));
  const typed = searchParams.get("on");
  const on = typed ? (parseDay(typed) ?? dayParam(typed)) : undefined;
  const [versions, uses] = await Promise.all([listVersions(user, key), listProgrammeUses(user)]);
  const { name, state, isDraft, directive, grantingAuthority, sources, openPoints } =
    shown.programme;
  return {
    programme: { key, name, state, isDraft, directive, grantingAuthority, sources, openPoints },
    sections: ruleSections(shown.programme, on),
    version: shown.version,
    isOld: shown.content !== latest.content,
    isShipped: shown.isShipped,
    day: { typed: typed ?? "", on: on ?? null },
    versions: versions.map(({ version, createdAt, recordedByName, isShipped, reason }) => {
      const use = uses.find((one) => one.key === key && one.version === version);
      return {
        version,
        createdAt: createdAt.toISOString(),
        recordedByName,
        isShipped,
        reason,
        envelopes: use?.envelopes ?? 0,
        grants: use?.grants ?? 0,
      };
    }),
    changed: changedIn(shown, versions),
    mayRecord: mayUser(user, "record"),
  };
}

/** What is different from the version before; the first one of a shipped file differs from that file. */
function changedIn(
  { programme, version, content }: Awaited<ReturnType<typeof requireProgramme>>,
  versions: Awaited<ReturnType<typeof listVersions>>,
) {
  const before =
    versions.find((one) => one.version === version - 1)?.content ??
    (version === 1 ? shippedProgrammes().get(programme.key) : undefined);
  if (before === undefined || before === content) return null;
  return {
    from: version > 1 ? `der Fassung ${version - 1}` : "der mitgelieferten Datei",
    places: differencesBetween(before, content) ?? null,
  };
}

function versionParam(asked: string): number {
  return /^[1-9]\d{0,4}$/.test(asked) ? pageParam(asked) : notFound();
}

export default function ShownProgramme() {
  const { programme, sections, version, isOld, isShipped, day, versions, changed, mayRecord } =
    useLoaderData<typeof loader>();
  const { key, name, state, isDraft, directive, grantingAuthority, sources, openPoints } =
    programme;
  return (
    <Page
      title={name}
      lead={directive}
      crumbs={[{ to: "/programmes", label: "Förderprogramme" }]}
      actions={
        <>
          {isDraft && <Badge kind="warning">Entwurf</Badge>}
          <a
            className="kern-link kern-link--no-visited-state"
            href={`/programmes/${key}.yaml${isOld ? `?version=${version}` : ""}`}
          >
            Datei herunterladen
          </a>
          {mayRecord && !isOld && (
            <ActionLink to={`/programmes/${key}/change`}>Ändern oder kopieren</ActionLink>
          )}
        </>
      }
    >
      {isOld && (
        <Notice kind="warning" title={`Das ist die alte Fassung ${version}`}>
          <p className="kern-body">
            Für neue Buchungen gilt eine spätere:{" "}
            <TextLink to={`/programmes/${key}`}>zur geltenden Fassung</TextLink>. Was unter dieser
            gebucht wurde, behält sie.
          </p>
        </Notice>
      )}
      {isDraft && (
        <Notice kind="warning" title="Dieses Förderprogramm ist ein Entwurf">
          <p className="kern-body">
            Es gibt noch keine Richtlinie; seine Regeln können sich ändern.
          </p>
        </Notice>
      )}
      <Facts
        facts={[
          ["Land", state === "DE" ? "Bund" : state],
          ["Bewilligungsbehörde", grantingAuthority],
          ["Kennung", key],
          ["Fassung", version || "noch keine: Es ist nichts unter ihm gebucht"],
          ["Herkunft", isShipped ? "mitgeliefert" : "vom Schulträger geändert oder angelegt"],
        ]}
      />
      <Form method="get" className="entry-form">
        {isOld && <input type="hidden" name="version" value={version} />}
        <div className="kern-form-input">
          <label className="kern-label" htmlFor="on">
            Regeln an einem Tag
          </label>
          <div className="kern-hint" id="on-hint">
            tt.mm.jjjj; leer zeigt alle
          </div>
          <input
            id="on"
            name="on"
            inputMode="numeric"
            aria-describedby="on-hint"
            defaultValue={day.on ? formatDay(day.on) : day.typed}
            className="kern-form-input__input short"
          />
        </div>
        <div className="actions">
          <button type="submit" className="kern-btn kern-btn--secondary">
            <span className="kern-label">Zeigen</span>
          </button>
        </div>
      </Form>
      {day.typed !== "" && !day.on && (
        <Notice kind="warning" title="Bitte ein Datum wie 31.12.2024 eingeben.">
          <p className="kern-body">Gezeigt sind alle Regeln.</p>
        </Notice>
      )}
      {day.on && <p className="kern-body">Gezeigt ist, was am {formatDay(day.on)} gilt.</p>}
      <ProgrammeRules sections={sections} sources={sources} />
      <Section title="Aus dem Bescheid zu übernehmen">
        {openPoints.length === 0 ? (
          <Empty>Keine Regel ist offen.</Empty>
        ) : (
          <>
            <p className="kern-body">Das nennt keine Quelle; es gilt, was im Bescheid steht.</p>
            <ul className="kern-list kern-list--bullet">
              {openPoints.map((point) => (
                <li key={point}>{point}</li>
              ))}
            </ul>
          </>
        )}
      </Section>
      <SourceList sources={sources} />
      {changed && <ProgrammeChanges {...changed} />}
      <ProgrammeVersions programmeKey={key} versions={versions} />
    </Page>
  );
}
