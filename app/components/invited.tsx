/** What an administrator sees after an invitation: that its mail is on the way, or the link to hand over. */
import { invitationDays } from "#app/domain/password-link.ts";
import { Notice, Page, TextLink } from "./page.tsx";

export type Invitation = {
  name: string;
  email: string;
  /** Null where the mail went out. */
  link: string | null;
};

export function Invited({ name, email, link }: Invitation) {
  return (
    <Page title={`${name} ist eingeladen`} crumbs={[{ to: "/users", label: "Zugänge" }]}>
      <div role="status">
        <Notice kind="success" title="Die Einladung ist angelegt">
          <p className="kern-body">
            {link
              ? "Bitte den Link jetzt kopieren und übergeben: Er wird nur dieses eine Mal gezeigt. "
              : `Eine Mail mit einem Link ist unterwegs an ${email}. `}
            Mit ihm wird einmal, innerhalb von {invitationDays} Tagen, das Passwort festgelegt. Ist
            er verloren, hilft „Passwort vergessen?“ bei der Anmeldung.
          </p>
        </Notice>
        {link && (
          <div className="kern-form-input">
            <label className="kern-label" htmlFor="link">
              Link für {name}
            </label>
            <input
              id="link"
              readOnly
              value={link}
              autoComplete="off"
              spellCheck={false}
              onFocus={(event) => event.currentTarget.select()}
              className="kern-form-input__input"
            />
          </div>
        )}
      </div>
      <p className="kern-body">
        <TextLink to="/users">Zu den Zugängen</TextLink>
      </p>
    </Page>
  );
}
