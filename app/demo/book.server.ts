/** The deeds of one grant in short form, so that the example reads like a story. */
import { randomUUID } from "node:crypto";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { loadBudget } from "#app/records/accounts.server.ts";
import { recordPayout, requestDrawdown } from "#app/records/drawdowns.server.ts";
import { recordInvoice, recordPayment } from "#app/records/invoices.server.ts";
import { closeOrder, listOpenOrderLines, recordOrder } from "#app/records/orders.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { accepted } from "./load-demo.server.ts";

export type Ground = {
  envelopeId: string;
  resolutionId: string;
  schoolOf: (name: string) => string;
};
/** School, number of the directive, amount in euro gross. */
export type Line = [school: string, code: string, amount: string];

export function bookOf(clerk: User, { schoolOf }: Ground, grantId: string) {
  const lineOf = async (school: string, code: string) =>
    (await loadBudget(clerk, grantId)).find(
      (line) => line.schoolId === schoolOf(school) && line.code === code,
    )!.id;

  return {
    async order(number: string, supplier: string, orderedOn: string, award: string, lines: Line[]) {
      const draft = [];
      for (const [school, code, amount] of lines) {
        draft.push({
          budgetLineId: await lineOf(school, code),
          costKind: "investment" as const,
          description: `Leistung für ${school} (Beispiel)`,
          grossAmount: euro(amount),
        });
      }
      accepted(
        await recordOrder(clerk, randomUUID(), grantId, {
          supplier,
          number,
          orderedOn,
          awardKind: award ? "negotiated" : "direct",
          awardReference: award,
          lines: draft,
        }),
      );
    },

    async invoice(
      number: string,
      supplier: string,
      invoicedOn: string,
      order: string,
      lines: Line[],
    ): Promise<string> {
      const open = await listOpenOrderLines(clerk, grantId);
      const draft = [];
      for (const [school, code, amount] of lines) {
        const budgetLineId = await lineOf(school, code);
        draft.push({
          budgetLineId,
          orderLineId: open.find(
            (line) => line.budgetLineId === budgetLineId && line.label.startsWith(order),
          )?.id,
          costKind: "investment" as const,
          description: `Lieferung für ${school} (Beispiel)`,
          grossAmount: euro(amount),
          ineligibleAmount: euro("0"),
          ineligibleReason: undefined,
        });
      }
      const id = randomUUID();
      accepted(
        await recordInvoice(clerk, id, grantId, { supplier, number, invoicedOn, lines: draft }),
      );
      return id;
    },

    async pay(invoiceId: string, paidOn: string, cashDiscount: string, paidAmount: string) {
      accepted(
        await recordPayment(clerk, randomUUID(), invoiceId, {
          paidOn,
          cashDiscount: euro(cashDiscount),
          paidAmount: euro(paidAmount),
        }),
      );
    },

    async close(order: string, closedOn: string, reason: string) {
      const [open] = (await listOpenOrderLines(clerk, grantId)).filter(({ label }) =>
        label.startsWith(order),
      );
      accepted(await closeOrder(clerk, open!.orderId, { closedOn, reason }));
    },

    async reverse(kind: "invoice", id: string, reversedOn: string, reason: string) {
      accepted(await reverseDocument(clerk, { kind, id }, { reversedOn, reason }));
    },

    async draw(requestedOn: string, amount: string, purpose: string): Promise<string> {
      const id = randomUUID();
      const kind = "refund" as const;
      const draft = { requestedOn, kind, amount: euro(amount), purpose };
      accepted(await requestDrawdown(clerk, id, grantId, draft));
      return id;
    },

    async payout(drawdownId: string, receivedOn: string, amount: string) {
      const draft = { receivedOn, amount: euro(amount) };
      accepted(await recordPayout(clerk, randomUUID(), drawdownId, draft));
    },
  };
}
