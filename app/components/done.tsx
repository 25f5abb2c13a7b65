/** What was done a moment ago, on the page that a form led to: the address names the step by `?done=`. */
import { useSearchParams } from "@remix-run/react";
import { type DoneStep, doneWords } from "#app/german/done-words.ts";
import { Notice } from "./page.tsx";

/**
 * Nothing where the address names no step that these words know.
 * @param who to whom it was done, as the page's own list calls them; never text of the address
 */
export function Done({ who = "" }: { who?: string }) {
  const step = useSearchParams()[0].get("done") ?? "";
  if (!Object.hasOwn(doneWords, step)) return null;
  return (
    <div role="status">
      <Notice kind="success" title={doneWords[step as DoneStep](who)} />
    </div>
  );
}
