/** The deeds of one grant in short form, so that the example reads like a story. */
import { randomUUID } from "node:crypto";
import { euro, factor, netOf, percent } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { loadBudget } from "#app/records/accounts.server.ts";
import { recordPayout, requestDrawdown } from "#app/records/drawdowns.server.ts";
import { certifyInvoice } from "#app/records/certifications.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { closeOrder } from "#app/records/order-changes.server.ts";
import { listOpenOrderLines, recordOrder } from "#app/records/orders.server.ts";
import { recordPayment } from "#app/records/payments.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { accepted } from "./load-demo.server.ts";

export type Ground = {
  envelopeId: string;
  resolutionId: string;
  schoolOf: (name: string) => string;
};
/** Who records, and who certifies what the other recorded. */
export type Clerks = { clerk: User; certifier: User };
/** School, number of the directive, amount in euro gross. */
export type Line = [school: string, code: string, amount: string];

export function bookOf({ clerk, certifier }: Clerks, { schoolOf }: Ground, grantId: string) {
  const lineOf = async (school: string, code: string) =>
    (await loadBudget(clerk, grantId)).find(
      (line) => line.schoolId === schoolOf(school) && line.code === code,
    )!.id;

  return {
    async order(
      number: string,
      supplier: string,
      orderedOn: string,
      award: string,
      lines: Line[],
      awardReason = "",
    ) {
      const draft = [];
      for (const [school, code, amount] of lines) {
        draft.push({
          budgetLineId: await lineOf(school, code),
          costKind: "investment" as const,
          description: `Leistung für ${school} (Beispiel)`,
          grossAmount: euro(amount),
          vatRate: percent("19"),
        });
      }
      accepted(
        await recordOrder(
          clerk,
          randomUUID(),
          { grantId },
          {
            supplier,
            number,
            orderedOn,
            awardKind: award ? "open" : "negotiated",
            awardReference: award,
            awardReason,
            lines: draft,
          },
        ),
      );
    },

    async invoice(
      number: string,
      supplier: string,
      invoicedOn: string,
      order: string,
      lines: Line[],
    ): Promise<string> {
      const open = await listOpenOrderLines(clerk, { grantId });
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
          kind: "item" as const,
          quantity: factor("1"),
          isSet: false,
          netAmount: netOf(euro(amount), percent("19")),
          vatRate: percent("19"),
          grossAmount: euro(amount),
          ineligibleAmount: euro("0"),
          ineligibleNote: "",
        });
      }
      const id = randomUUID();
      accepted(
        await recordInvoice(
          clerk,
          id,
          { grantId },
          {
            supplier,
            number,
            invoicedOn,
            kind: "invoice",
            creditedId: null,
            roundedPer: "line",
            roundingReason: "",
            overOrderReason: "",
            dueOn: null,
            discountRate: null,
            discountUntil: null,
            lines: draft,
          },
        ),
      );
      return id;
    },

    /** A second person certifies the invoice, then it is paid. */
    async pay(invoiceId: string, paidOn: string, cashDiscount: string, paidAmount: string) {
      accepted(await certifyInvoice(certifier, invoiceId, { certifiedOn: paidOn, note: "" }));
      accepted(
        await recordPayment(clerk, randomUUID(), invoiceId, {
          paidOn,
          cashDiscount: euro(cashDiscount),
          paidAmount: euro(paidAmount),
        }),
      );
    },

    async close(order: string, closedOn: string, reason: string) {
      const [open] = (await listOpenOrderLines(clerk, { grantId })).filter(({ label }) =>
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
