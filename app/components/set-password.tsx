/** The form by which a link's owner sets a password: after an invitation, or when the old one is forgotten. */
import { useForm } from "@conform-to/react";
import type { ReactNode } from "react";
import { TextField } from "./fields.tsx";
import { EntryForm } from "./form.tsx";
import { Notice, Page, TextLink } from "./page.tsx";

export const passwordHint =
  "mindestens 12 Zeichen; gern mehrere Wörter, Sonderzeichen müssen nicht sein";

type LastResult = NonNullable<Parameters<typeof useForm>[0]["lastResult"]>;

export function SetPassword({ lead, lastResult }: { lead: string; lastResult?: LastResult }) {
  const [form, fields] = useForm<{ password: string; passwordAgain: string }>({
    id: "set-password",
    lastResult: lastResult as never,
  });
  return (
    <div className="sign-in">
      <Page title="Passwort festlegen" lead={lead}>
        <EntryForm form={form} submit="Passwort festlegen">
          <TextField
            field={fields.password}
            label="Neues Passwort"
            hint={passwordHint}
            type="password"
            autoComplete="new-password"
          />
          <TextField
            field={fields.passwordAgain}
            label="Noch einmal"
            type="password"
            autoComplete="new-password"
          />
        </EntryForm>
      </Page>
    </div>
  );
}

export function UsedUp({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="sign-in">
      <Page title={title}>
        <Notice kind="warning" title="Dieser Link gilt nicht mehr">
          {/* One paragraph: the body of a notice puts its children on lines of their own. */}
          <p className="kern-body">
            Er ist benutzt, abgelaufen, durch einen neuen ersetzt oder zurückgezogen. {children} Wer
            sein Passwort schon festgelegt hat, kann sich <TextLink to="/login">anmelden</TextLink>.
          </p>
        </Notice>
      </Page>
    </div>
  );
}
