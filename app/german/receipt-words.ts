/** Words for receipts (Belege): which are missing and since when, which lie there. */
import type { KindWithReceipt } from "../domain/attachment.ts";

export const missingWords: Record<KindWithReceipt, string> = {
  grant: "Zuwendungsbescheide",
  notice: "Folgebescheide",
  invoice: "Rechnungen",
  payout: "Zahlungseingänge",
  cost_share: "Umlagen (IKZ)",
};

/** "heute", "1 Tag", "45 Tage"; nothing for a paper dated ahead. */
export function ageWords(days: number): string {
  if (days < 0) return "–";
  if (days === 0) return "heute";
  return days === 1 ? "1 Tag" : `${days} Tage`;
}

/** "Rechnung.pdf (0123456789ab)": the name, and enough of the SHA-256 to know the file again. */
export function receiptFiles(files: { fileName: string; hash: string }[]): string {
  if (files.length === 0) return "ohne Beleg";
  return files.map(({ fileName, hash }) => `${fileName} (${hash.slice(0, 12)})`).join("\n");
}
