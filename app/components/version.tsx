/** Two people at one form: what the other has saved meanwhile, beside what was typed here. */
import { useActionData, useLocation } from "@remix-run/react";
import { conflictWords } from "#app/german/conflict-words.ts";
import { Notice } from "./page.tsx";
import { Table } from "./table.tsx";

type Difference = { field: string; label: string; theirs: string; mine: string };
type Newer = { version: string; differences: Difference[] };

/** Which version the page of a button shows: pressed beside an older one it does nothing. */
export function SeenVersion({ seen }: { seen: string }) {
  return <input type="hidden" name="version" value={seen} readOnly />;
}

/** Says that a button did nothing, since its page shows an older version. */
export function Overtaken() {
  const answer = useActionData() as { isOvertaken?: true } | null | undefined;
  const { pathname } = useLocation();
  if (!answer?.isOvertaken) return null;
  return (
    <Notice kind="danger" title={conflictWords.overtaken}>
      <p className="kern-body">
        {/* The whole page anew, as it is kept now. */}
        <a className="kern-link" href={pathname}>
          {conflictWords.look}
        </a>
      </p>
    </Notice>
  );
}

/**
 * The version that the form was made from; after a refusal the newer one, which its user has seen now, or
 * the one that was saved although something else was refused.
 */
export function Version({ made }: { made: string }) {
  const answer = useActionData() as { newer?: Newer; savedVersion?: string } | null | undefined;
  const newer = answer?.newer;
  const version = newer?.version ?? answer?.savedVersion ?? made;
  const { pathname } = useLocation();
  return (
    <>
      <input type="hidden" name="version" value={version} readOnly />
      {newer && newer.differences.length === 0 && <p className="kern-body">{conflictWords.none}</p>}
      {newer && newer.differences.length > 0 && (
        <Table
          caption={conflictWords.caption}
          rows={newer.differences}
          keyOf={({ field }) => field}
          columns={[
            { label: conflictWords.field, cell: ({ label }) => label },
            { label: conflictWords.theirs, cell: ({ theirs }) => theirs || conflictWords.empty },
            { label: conflictWords.mine, cell: ({ mine }) => mine || conflictWords.empty },
          ]}
        />
      )}
      {newer && (
        <p className="kern-body">
          {/* The whole page anew: what was typed is to be gone. */}
          <a className="kern-link" href={pathname}>
            {conflictWords.take}
          </a>
        </p>
      )}
    </>
  );
}
