// Every role that signs in: its queue, each page of its menu and the first thing behind it, looked at with axe, in one of
// the three languages and on a phone's width too.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open } from "./house.mjs";

const LANGUAGES = ["az", "en", "ru"];
let house;
let cast = [];

before(async () => {
  house = await open();
  const page = await house.browser.newPage({ baseURL: house.base });
  await page.goto("/sign-in");
  cast = await page.locator(".dayaq-cast__card strong").allInnerTexts();
  await page.close();
});

after(() => house?.close());

test("the cast has somebody for every role", () => {
  assert.ok(cast.length >= 28, `only ${cast.length} are in the cast`);
});

test("every role's pages are without a fault", async (t) => {
  for (const [number, name] of cast.entries()) {
    await t.test(name, async () => {
      const visitor = await house.visitor(name, { lang: LANGUAGES[number % 3], width: number % 4 === 3 ? 360 : 1280 });
      await visitor.look();
      const menu = await links(visitor, "header a, nav a");
      for (const path of menu) {
        await visitor.goto(path);
        const [first] = (await links(visitor, "main table a, main .dayaq-queue a")).filter((path) => !menu.includes(path));
        if (first) await visitor.goto(first);
      }
      await visitor.close();
    });
  }
});

/** Paths of the program behind links that open pages. */
async function links(visitor, where) {
  const found = await visitor.page
    .locator(where)
    .evaluateAll((all) => all.filter((link) => !link.hasAttribute("download")).map((link) => link.getAttribute("href")));
  const pages = found.filter((path) => path?.startsWith("/") && !path.startsWith("/language/") && !/\.(pdf|csv|json)$/.test(path));
  return [...new Set(pages)];
}
