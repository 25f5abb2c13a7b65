import { expect, test } from "vitest";
import { nameText } from "#app/form.ts";
import { orderForm } from "#app/order-form.ts";

test("a name has at most 200 characters, and the form says so", () => {
  expect(nameText.safeParse(" Netzbau GmbH ").data).toBe("Netzbau GmbH");
  expect(nameText.safeParse("x".repeat(200)).success).toBe(true);
  const refused = orderForm.shape.supplier.safeParse("x".repeat(201));
  expect(refused.error?.issues[0]?.message).toBe("Bitte kürzer fassen: höchstens 200 Zeichen.");
});
