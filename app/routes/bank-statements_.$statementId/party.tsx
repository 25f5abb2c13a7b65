/** Who was paid or paid, and the text that came with it. */
import { formatAccount } from "#app/german/notation.ts";

export function Party({
  transaction,
}: {
  transaction: { counterparty: string; counterpartyIban: string; remittance: string };
}) {
  const { counterparty, counterpartyIban, remittance } = transaction;
  return (
    <div className="stacked">
      <strong>{counterparty || "ohne Namen"}</strong>
      {counterpartyIban && (
        <span className="account-number">{formatAccount(counterpartyIban)}</span>
      )}
      <span className="remittance">{remittance || "ohne Verwendungszweck"}</span>
    </div>
  );
}
