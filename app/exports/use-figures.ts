/** What stands behind the financial proof (zahlenmäßiger Nachweis): its formulas, and what they must arrive at. */
import { type AuditBook, inOrderOfPayment } from "#app/domain/audit-book.ts";
import type { UseRow } from "#app/domain/audit-sheets.ts";
import type { AccountKind, Figure } from "#app/domain/journal.ts";
import type { JournalSums } from "#app/domain/journal-tally.ts";
import { larger, type Money, smaller, sum, zero } from "#app/domain/money.ts";
import { accountKindWords, figureWords } from "#app/german/book-words.ts";
import { type JournalShape, journalSum } from "./journal-sheet.ts";
import { type ReceiptKey, sharesOf } from "./receipt-shares.ts";
import { range, type Shape } from "./table.ts";

type At = (key: "Konto_Nr" | "Aktenzeichen") => string;

/** What each position is, as a formula that ends in journal and list of receipts. */
export function useFormulas(journal: JournalShape, receipts: Shape<ReceiptKey>) {
  const ofAccount = (at: At, figure: Figure) =>
    journalSum(journal, ["Kontonummer", at("Konto_Nr")], ["Wertart", `"${figureWords[figure]}"`]);
  // By equality, not by a criterion, in which a file number may hold what is taken for a pattern.
  const ofGrant = (at: At, kind: AccountKind, figure: Figure) => {
    const sums = journal.map((sheet) => {
      const same = `(${range(sheet, "Aktenzeichen")}=${at("Aktenzeichen")})`;
      const ofKind = `(${range(sheet, "Kontoart")}="${accountKindWords[kind]}")`;
      const ofFigure = `(${range(sheet, "Wertart")}="${figureWords[figure]}")`;
      return `SUMPRODUCT(${same}*${ofKind}*${ofFigure}*${range(sheet, "Betrag")})`;
    });
    return sums.join("+");
  };
  const due = (at: At) => {
    const same = `(${range(receipts, "Aktenzeichen")}=${at("Aktenzeichen")})`;
    const paid = `(${range(receipts, "Zahlungsdatum")}>0)`;
    return `SUMPRODUCT(${same}*${paid}*${range(receipts, "Zuwendung")})`;
  };

  return {
    planned({ position, thirdParty }: UseRow, at: At): string | undefined {
      if (position === "line") return ofAccount(at, "approved");
      if (position === "grant") return ofAccount(at, "granted");
      if (position === "third_party") return undefined;
      const [costs, grant] = [
        ofGrant(at, "budget_line", "approved"),
        ofGrant(at, "income", "granted"),
      ];
      return `ROUND(${costs}-(${grant})-${thirdParty.toFixed()},2)`;
    },
    actual({ position, thirdParty }: UseRow, at: At): string {
      if (position === "line") return ofAccount(at, "paid");
      if (position === "grant") return `ROUND(${due(at)},2)`;
      const left = `ROUND(${ofGrant(at, "budget_line", "paid")}-${due(at)},2)`;
      const other = thirdParty.toFixed();
      if (position === "third_party") return `MIN(${other},${left})`;
      return `MAX(0,ROUND(${left}-${other},2))`;
    },
  };
}

export type ReckonedUse = { planned: Money; actual: Money };

/** What the formulas arrive at, from the rows of the book and not from what is stored of the proof. */
export function reckonedUse(book: AuditBook, sums: JournalSums): Map<UseRow, ReckonedUse> {
  const { use } = book.sheets;
  const shares = sharesOf(inOrderOfPayment(book.receipts));
  const dueOf = (fileNumber: string) =>
    sum(
      [...shares].flatMap(([receipt, { grant }]) =>
        receipt.paidOn !== null && receipt.fileNumber === fileNumber ? [grant] : [],
      ),
    );
  return new Map(
    use.map((row) => {
      const own = use.filter(({ grantNumber }) => grantNumber === row.grantNumber);
      const total = (position: UseRow["position"], figure: Figure) =>
        sum(
          own
            .filter((one) => one.position === position)
            .map(({ accountId }) => sums.ofAccount(accountId!, figure)),
        );
      const { position, thirdParty } = row;
      if (position === "line") {
        const of = (figure: Figure) => sums.ofAccount(row.accountId!, figure);
        return [row, { planned: of("approved"), actual: of("paid") }];
      }
      const due = dueOf(row.fileNumber);
      if (position === "grant") return [row, { planned: total("grant", "granted"), actual: due }];
      const left = total("line", "paid").minus(due);
      if (position === "third_party") {
        return [row, { planned: thirdParty, actual: smaller(thirdParty, left) }];
      }
      const planned = total("line", "approved").minus(total("grant", "granted")).minus(thirdParty);
      return [row, { planned, actual: larger(left.minus(thirdParty), zero) }];
    }),
  );
}
