/** What an administrator sees after a link was made: that its mail is on the way, or the link to hand over. */
import { invitationDays, type LinkPurpose } from "#app/domain/password-link.ts";
import { Notice, Page, TextLink } from "./page.tsx";

export type Invitation = {
  name: string;
  email: string;
  /** Null where the mail went out. */
  link: string | null;
  purpose?: LinkPurpose;
  /** What was done. */
  title?: string;
};

export function Invited({
  name,
  email,
  link,
  purpose = "invitation",
  title = "Die Einladung ist angelegt",
}: Invitation) {
  const time =
    purpose === "invitation" ? `innerhalb von ${invitationDays} Tagen` : "in einer Stunde";
  return (
    <Page
      title={purpose === "invitation" ? `${name} ist eingeladen` : `Neuer Link für ${name}`}
      crumbs={[{ to: "/users", label: "Zugänge" }]}
    >
      <div role="status">
        <Notice kind="success" title={title}>
          <p className="kern-body">
            {link
              ? `Von hier geht keine Mail an ${email} hinaus. Bitte den Link jetzt kopieren und ${name} persönlich geben: Er wird nur dieses eine Mal gezeigt und ist für niemanden sonst. `
              : `Eine Mail mit dem Link ist unterwegs an ${email}. `}
            Mit ihm wird einmal, {time}, das Passwort festgelegt. Ist er verloren oder abgelaufen,
            geben Sie unter „Zugänge“ bei {name} einen neuen.
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
