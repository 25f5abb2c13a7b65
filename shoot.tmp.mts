import { chromium } from "/work/main/node_modules/playwright-core/index.mjs";
const base = "http://127.0.0.1:4000";
const [,, email, mode, ...paths] = process.argv;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-gpu","--disable-quic","--no-first-run","--disable-background-networking","--disable-component-update","--disable-sync"] });
const ctx = await browser.newContext({ viewport: mode==="phone"?{width:390,height:844}:{width:1360,height:900}, colorScheme: mode==="dark"?"dark":"light", locale:"de-DE" });
const page = await ctx.newPage();
page.on("console", m => { if (m.type()==="error"||m.type()==="warning") console.log("console", m.type(), m.text().slice(0,300)); });
page.on("pageerror", e => console.log("pageerror", e.message.slice(0,300)));
if (email !== "none") {
await page.goto(base+"/login"); await page.fill("[name=email]", email); await page.fill("[name=password]", "paktbuch-beispiel"); await page.click("button.kern-btn--primary"); await page.waitForLoadState("networkidle"); }
for (const p of paths) {
  let path = p; const name = p.replace(/[^a-z0-9]+/gi,"_");
  const r = await page.goto(base+path); await page.waitForLoadState("networkidle");
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  console.log(r!.status(), p, await page.title(), overflow?"OVERFLOW":"");
  await page.screenshot({ path: `/tmp/shots/${mode}${name}.png`, fullPage: true });
}
await browser.close();
