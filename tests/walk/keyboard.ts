/** A walker without a mouse. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectHeading } from "./browser.ts";

/** More stops than any page has: beyond them the wanted one can't be reached. */
const mostStops = 120;

/** Presses Tab until the focus is on the link, button or field of this name, and sees that it shows there. */
export async function tabTo(page: Page, name: string | RegExp) {
  for (let stop = 0; stop < mostStops; stop++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement & { labels?: NodeListOf<HTMLElement> };
      const label = element.labels?.[0] ?? element;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const isOutlined = outlineStyle !== "none" && outlineWidth !== "0px";
      const text = (label.textContent ?? "").replace("– optional", "").trim();
      return { text, isShown: isOutlined || boxShadow !== "none" };
    });
    const isIt = typeof name === "string" ? focused.text === name : name.test(focused.text);
    if (!isIt) continue;
    expect(focused.isShown, `the focus on ${focused.text} can be seen`).toBe(true);
    return;
  }
  throw new Error(`${name} is not reached with Tab on ${page.url()}`);
}

/** Follows the link, or presses the button, that has the focus. */
export async function enter(page: Page, heading: string) {
  await page.keyboard.press("Enter");
  await expectHeading(page, heading);
}
