/** The rules of a programme, section by section, each with its days and where it can be read. */
import { formatDay } from "#app/german/notation.ts";
import type { RuleSection, SpokenRule } from "#app/german/programme-rules.ts";
import { Empty, Section } from "./page.tsx";

type Sources = Record<string, string>;

export function ProgrammeRules({
  sections,
  sources,
}: {
  sections: RuleSection[];
  sources: Sources;
}) {
  return sections.map(({ title, rules }) => (
    <Section key={title} title={title}>
      {rules.length === 0 ? (
        <Empty>An diesem Tag gilt hier keine Regel.</Empty>
      ) : (
        <ul className="rule-list">
          {rules.map((rule, index) => (
            <Rule key={index} rule={rule} sources={sources} />
          ))}
        </ul>
      )}
    </Section>
  ));
}

function Rule({ rule, sources }: { rule: SpokenRule; sources: Sources }) {
  const { heading, sentences } = rule;
  const days = validity(rule);
  return (
    <li>
      {heading && (
        <p className="kern-body">
          <strong>{heading}</strong>
        </p>
      )}
      {sentences.map((sentence) => (
        <p key={sentence} className="kern-body">
          {sentence}
        </p>
      ))}
      <p className="kern-body kern-body--small muted">
        {days && `${days}. `}
        {rule.sources.length === 1 ? "Quelle: " : "Quellen: "}
        {rule.sources.map((key, index) => (
          <span key={key}>
            {index > 0 && ", "}
            <SourceLink address={sources[key] ?? key}>{key}</SourceLink>
          </span>
        ))}
      </p>
    </li>
  );
}

function validity({ from, until }: Pick<SpokenRule, "from" | "until">): string {
  if (from && until) return `Gilt vom ${formatDay(from)} bis ${formatDay(until)}`;
  if (from) return `Gilt ab ${formatDay(from)}`;
  return until ? `Gilt bis ${formatDay(until)}` : "";
}

/** Only an address of the web leads anywhere: a file is written by users. */
export function SourceLink({ address, children }: { address: string; children: string }) {
  if (!/^https?:\/\/\S+$/i.test(address)) return <span title={address}>{children}</span>;
  return (
    <a className="kern-link" href={address} rel="noreferrer" title={address}>
      {children}
    </a>
  );
}

export function SourceList({ sources }: { sources: Sources }) {
  return (
    <Section title="Quellen">
      <ul className="rule-list">
        {Object.entries(sources).map(([key, address]) => (
          <li key={key} className="kern-body">
            {key}: <SourceLink address={address}>{address}</SourceLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}
