/** A mail address that breaks at its own signs where a line is too short, and nowhere within a word. */
import { Fragment } from "react";

export function Email({ address }: { address: string }) {
  return (
    <span className="mail-address">
      {address.split(/(?<=@)/).map((piece, at) => (
        <Fragment key={at}>
          {at > 0 && <wbr />}
          {piece}
        </Fragment>
      ))}
    </span>
  );
}
