import { expect, test } from "vitest";
import { checkInvoiceLines } from "#app/domain/invoice-arithmetic.ts";
import { checkContract } from "#app/domain/contract.ts";
import { percent } from "#app/domain/money.ts";
import { checkSpendingLines, municipalTerms } from "#app/domain/order.ts";
import { contractDraft } from "#tests/support/contracts.ts";
import { invoiceLine, orderLine } from "#tests/support/factories.ts";

// prettier-ignore
test.each([
  { rate: "27",    rule: undefined },
  { rate: "30",    rule: undefined },
  { rate: "30.01", rule: "vat_rate_too_high" },
  { rate: "500",   rule: "vat_rate_too_high" },
])("a rate of $rate % on an order, an invoice and a contract: $rule", ({ rate, rule }) => {
  const vatRate = percent(rate);
  const terms = municipalTerms(2020, false, { accounts: [], policy: "allow" });
  const ordered = { ...orderLine("a", "100"), costKind: "running" as const, vatRate };
  expect(checkSpendingLines([ordered], terms, [])?.rule).toBe(rule);
  const invoiced = { ...invoiceLine("a", "100"), vatRate };
  expect(checkInvoiceLines([invoiced])?.rule).toBe(rule);
  expect(checkContract(contractDraft({ vatRate }), "2026-03-01")?.rule).toBe(rule);
});
