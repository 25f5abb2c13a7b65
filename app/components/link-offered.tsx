/** What the keeper of an agreement (IKZ) sees after an offer: the code to hand over, this once. */
import { formatMoment } from "#app/german/notation.ts";
import { Notice, Page, TextLink } from "./page.tsx";

export function LinkOffered({
  code,
  member,
  expiresAt,
  agreement,
  back,
}: {
  code: string;
  member: string;
  expiresAt: string;
  agreement: string;
  back: string;
}) {
  return (
    <Page
      title={`Code für ${member}`}
      lead={agreement}
      crumbs={[{ to: back, label: "Einsicht der Mitglieder" }]}
    >
      <div role="status">
        <Notice kind="success" title="Die Einsicht ist angeboten">
          <p className="kern-body">
            Bitte den Code jetzt kopieren und der IKZ-Koordination von {member} geben: Er wird nur
            dieses eine Mal gezeigt. Er gilt einmal, bis {formatMoment(expiresAt)}. Eingegeben wird
            er dort unter „IKZ“, „Code eingeben“.
          </p>
        </Notice>
        <div className="kern-form-input">
          <label className="kern-label" htmlFor="code">
            Code für {member}
          </label>
          <input
            id="code"
            readOnly
            value={code}
            autoComplete="off"
            spellCheck={false}
            onFocus={(event) => event.currentTarget.select()}
            className="kern-form-input__input"
          />
        </div>
      </div>
      <p className="kern-body">
        <TextLink to={back}>Zur Einsicht der Mitglieder</TextLink>
      </p>
    </Page>
  );
}
