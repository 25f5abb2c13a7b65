/** Seller or buyer of a Cross Industry Invoice. */
import type { EInvoiceParty } from "#app/domain/e-invoice.ts";
import { needed } from "./stated.ts";
import type { XmlElement } from "./xml.ts";

/** @throws Refusal */
export function ciiParty(party: XmlElement | undefined, isSeller: boolean): EInvoiceParty {
  const name = party?.textAt("Name", "SpecifiedLegalOrganization/TradingBusinessName") ?? null;
  const numberOf = (scheme: string) =>
    party
      ?.all("SpecifiedTaxRegistration/ID")
      .find((id) => id.attribute("schemeID")?.toUpperCase() === scheme)?.text ?? null;
  const address = party?.first("PostalTradeAddress");
  const contact = party?.first("DefinedTradeContact");
  return {
    name: isSeller ? needed(name, "BT-27") : (name ?? ""),
    vatId: numberOf("VA"),
    taxNumber: numberOf("FC"),
    address: [
      address?.textAt("LineOne"),
      address?.textAt("LineTwo"),
      address?.textAt("LineThree"),
      [address?.textAt("PostcodeCode"), address?.textAt("CityName")].filter(Boolean).join(" "),
      address?.textAt("CountryID"),
    ].filter((text): text is string => Boolean(text)),
    contact: [
      contact?.textAt("PersonName", "DepartmentName"),
      contact?.textAt("TelephoneUniversalCommunication/CompleteNumber"),
      contact?.textAt("EmailURIUniversalCommunication/URIID"),
    ].filter((text): text is string => Boolean(text)),
  };
}
