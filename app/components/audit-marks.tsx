/** Marks of an audit (Prüfvermerke) on a receipt: who noted what, and what can be done about it. */
import {
  type AuditMarkKind,
  type AuditState,
  openQuestions,
  standingMarks,
} from "#app/domain/audit-mark.ts";
import { auditMarkWords, auditStateWords } from "#app/german/audit-words.ts";
import { formatMoment } from "#app/german/notation.ts";
import { Euro } from "./euro.tsx";
import { ActionLink, Badge, Empty, Section, TextLink } from "./page.tsx";
import { Table } from "./table.tsx";

type Mark = {
  id: string;
  kind: AuditMarkKind;
  amount: string | null;
  text: string;
  refersToId: string | null;
  sampleId: string | null;
  seed: number | null;
  createdAt: string;
  markedBy: string;
  markedById: string;
};

/** Said wherever a cut can be noted. */
export const marksMoveNothing =
  "Vermerke sind Notizen der Prüfung und bewegen kein Geld. Gekürzt wird in den Büchern erst durch den Prüfvermerk der Bewilligungsstelle zum Verwendungsnachweis.";

export function AuditMarks({
  marks,
  invoiceId,
  mayMark,
  mayAnswer,
  userId,
}: {
  marks: Mark[];
  invoiceId: string;
  mayMark: boolean;
  mayAnswer: boolean;
  userId: string;
}) {
  if (marks.length === 0 && !mayMark) return null;
  const standing = new Set(idsOf(standingMarks(asMarks(marks))));
  const open = new Set(idsOf(openQuestions(asMarks(marks))));
  return (
    <Section
      title="Prüfung"
      actions={
        mayMark && (
          <ActionLink to={`/invoices/${invoiceId}/marks/new`}>Vermerk eintragen</ActionLink>
        )
      }
    >
      <p className="kern-body kern-body--small muted">{marksMoveNothing}</p>
      {marks.length === 0 ? (
        <Empty>Noch kein Vermerk.</Empty>
      ) : (
        <Table
          caption="Prüfvermerke"
          isCaptionHidden
          rows={marks}
          keyOf={({ id }) => id}
          columns={[
            {
              label: "Vermerk",
              cell: ({ id, kind, sampleId }) => (
                <>
                  {kind === "sampled" ? (
                    <TextLink to={`/samples/${sampleId}`}>{auditMarkWords.sampled}</TextLink>
                  ) : (
                    auditMarkWords[kind]
                  )}{" "}
                  {open.has(id) && <Badge kind="warning">offen</Badge>}
                  {kind !== "withdrawal" && !standing.has(id) && (
                    <Badge kind="info">zurückgenommen</Badge>
                  )}
                </>
              ),
            },
            {
              label: "Text",
              cell: ({ kind, text, seed }) =>
                text || (kind === "sampled" ? `Startzahl ${seed}` : "–"),
            },
            {
              label: "Betrag",
              isNumeric: true,
              cell: ({ amount }) => (amount === null ? "–" : <Euro amount={amount} />),
            },
            { label: "von", cell: ({ markedBy }) => markedBy },
            { label: "am", cell: ({ createdAt }) => formatMoment(createdAt) },
            {
              label: "Schritt",
              cell: ({ id, kind, markedById, text }) => {
                if (!standing.has(id) || kind === "answer") return "–";
                if (mayAnswer && kind === "question") {
                  return (
                    <TextLink to={`/marks/${id}/answer`}>
                      {open.has(id) ? "Beantworten" : "Antwort ergänzen"}
                      <span className="kern-sr-only">: {text}</span>
                    </TextLink>
                  );
                }
                if (!mayMark || markedById !== userId) return "–";
                return (
                  <TextLink to={`/marks/${id}/withdrawal`}>
                    Zurücknehmen<span className="kern-sr-only">: {auditMarkWords[kind]}</span>
                  </TextLink>
                );
              },
            },
          ]}
        />
      )}
    </Section>
  );
}

/** The rules about marks ask for their order only; amounts stay the strings that they arrived as. */
function asMarks(marks: Mark[]) {
  return marks.map(({ id, kind, refersToId }) => ({ id, kind, refersToId, amount: null }));
}

function idsOf(marks: { id: string }[]): string[] {
  return marks.map(({ id }) => id);
}

const badgeKinds: Record<AuditState, "info" | "success" | "warning" | "danger"> = {
  asked: "warning",
  cut: "danger",
  sampled: "info",
  accepted: "success",
  answered: "info",
  none: "info",
};

export function AuditStateBadge({ state }: { state: AuditState }) {
  return <Badge kind={badgeKinds[state]}>{auditStateWords[state]}</Badge>;
}
