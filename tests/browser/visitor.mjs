// Somebody before the screen: what they click, fill in and read. Every page that they meet is looked at with axe, and
// whatever the browser complains of is kept as a fault.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const IDS = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

export class Visitor {
  constructor(house, page, scripts) {
    Object.assign(this, { house, page, scripts, name: "nobody", faults: [], seen: new Set(), shots: 0 });
    page.on("pageerror", (error) => this.faults.push(`${page.url()}: ${error}`));
    page.on("console", (said) => said.type() === "error" && !this.refusing && this.faults.push(`${page.url()}: ${said.text()}`));
  }

  /** Signs in as one of the cast, with the card that bears the name. */
  async signIn(name) {
    if (this.path() !== "/sign-in") await this.page.goto("/sign-in");
    const [card] = await this.page.locator(".dayaq-cast__card", { hasText: name }).all();
    if (!card) throw new Error(`nobody of the cast is called ${name}`);
    await card.click();
    await this.page.waitForURL((url) => url.pathname === "/");
    this.name = name;
  }

  async signOut() {
    await this.page.locator('form[action="/sign-out"] button').click();
    await this.page.waitForURL((url) => url.pathname === "/sign-in");
    this.name = "nobody";
  }

  /** What whoever is signed in is, in the words of the page's head. */
  async role() {
    const words = await this.page.locator(".dayaq-officer__who span").innerText();
    return words.split(" · ")[0];
  }

  path() {
    return new URL(this.page.url()).pathname;
  }

  /** Opens a page, which must answer, and looks at it. */
  async goto(path) {
    const response = await this.page.goto(path);
    if (!response || response.status() >= 400) throw new Error(`${this.name} at ${path}: ${response?.status()}`);
    await this.look();
  }

  /** What axe finds wrong with the page as it is now, added to the faults. A page that looks like one seen is passed over. */
  async look() {
    const { page } = this;
    const sections = await page.locator("main :is(h1, h2, h3, legend)").allInnerTexts();
    const like = `${this.path().replace(IDS, "*")} ${this.name} ${sections.join("|")}`;
    if (this.seen.has(like)) return;
    this.seen.add(like);
    if (this.house.shots) {
      const file = this.path().replace(IDS, "").replace(/[^\w]+/g, "-") || "home";
      const number = String(++this.shots).padStart(3, "0");
      await page.screenshot({ path: join(this.house.shots, `${number}-${this.name.split(" ")[0]}${file}.png`), fullPage: true });
    }
    // Without scripts of its own a page takes none from axe either.
    if (!this.scripts) return;
    await page.evaluate(axe);
    const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
    for (const found of violations) {
      const where = found.nodes.map((node) => node.target.join(" ")).slice(0, 3);
      this.faults.push(`${this.path()}: ${found.id} at ${where.join(", ")}`);
    }
  }

  /** Clicks the link or button of the main part that leads to a path with this end. */
  async follow(end) {
    const link = this.page.locator(`main a[href$="${end}"]`).first();
    if ((await link.count()) === 0) throw new Error(await this.told(`finds no link to …${end}`));
    await Promise.all([this.page.waitForNavigation(), link.click()]);
    await this.look();
  }

  /** Fills in fields by name: a text, a choice, several ticks, or a date as yyyy-mm-dd. */
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) {
      for (const one of [value].flat()) await this.fillOne(name, String(one));
    }
  }

  async fillOne(name, value) {
    const named = (name) => this.page.locator(`main [name="${name}"]`);
    const field = named(name);
    if ((await field.count()) === 0) {
      if (!/^\d{4}-\d\d-\d\d$/.test(value) || (await named(`${name}-day`).count()) === 0) {
        throw new Error(await this.told(`finds no field ${name}`));
      }
      const [year, month, day] = value.split("-");
      await named(`${name}-day`).fill(String(Number(day)));
      await named(`${name}-month`).fill(String(Number(month)));
      await named(`${name}-year`).fill(year);
      return;
    }
    const kind = await field.first().evaluate((node) => (node.tagName === "SELECT" ? "select" : node.type));
    if (kind === "select") await this.choose(field.first(), name, value);
    else if (kind === "radio" || kind === "checkbox") await this.tick(name, value);
    else await field.first().fill(value);
  }

  async choose(field, name, value) {
    const offered = await field.evaluate((list) => [...list.options].map((option) => option.value));
    if (!offered.includes(value)) throw new Error(await this.told(`is not offered ${value} for ${name}`));
    await field.selectOption(value);
  }

  async tick(name, value) {
    const box = this.page.locator(`main [name="${name}"][value="${value}"]`);
    if ((await box.count()) === 0) throw new Error(await this.told(`finds no choice ${value} of ${name}`));
    await box.check();
  }

  /** What the boxes of a field stand for beside which these names are read. */
  async valuesOf(field, names) {
    const values = [];
    for (const name of names) {
      const item = this.page.locator(`main .govuk-checkboxes__item:has([name="${field}"])`, { hasText: name });
      if ((await item.count()) !== 1) throw new Error(await this.told(`finds no ${field} called ${name}`));
      values.push(await item.locator("input").getAttribute("value"));
    }
    return values;
  }

  /** Fills in the main form and sends it; it must be accepted. */
  async send(fields = {}) {
    await this.fill(fields);
    await this.submit("#main-form");
  }

  /** Sends the form with this action (or any other selector); it must be accepted. */
  async submit(form) {
    const before = this.path();
    await this.press(form);
    const refused = await this.page.locator(".govuk-error-summary").allInnerTexts();
    if (refused.length > 0) throw new Error(await this.told(`was refused at ${before}: ${refused.join(" ")}`));
    await this.look();
  }

  /** Sends the main form, which must be refused, and gives the words of the refusal. */
  async refused(fields = {}) {
    await this.fill(fields);
    this.refusing = true; // a browser notes the answer 422 as an error
    await this.press("#main-form");
    await this.look();
    this.refusing = false;
    const said = await this.page.locator(".govuk-error-summary").allInnerTexts();
    if (said.length === 0) throw new Error(await this.told("was to be refused"));
    return said.join(" ");
  }

  async press(form) {
    const button = this.page.locator(form).locator("button:not([name])").last();
    if ((await button.count()) === 0) throw new Error(await this.told(`finds no form ${form}`));
    const [answer] = await Promise.all([this.page.waitForNavigation(), button.click()]);
    // A refusal is 422; anything else that is not well is no answer to a form.
    if (answer && answer.status() >= 400 && answer.status() !== 422) throw new Error(await this.told(`was answered ${answer.status()}`));
  }

  /** The bytes behind a link of this page, fetched with the visitor's own cookies. */
  async download(end) {
    const href = await this.page.locator(`main a[href$="${end}"]`).first().getAttribute("href");
    const cookies = await this.page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const answer = await fetch(new URL(href, this.page.url()), { headers: { cookie }, redirect: "manual" });
    if (answer.status !== 200) throw new Error(`${this.name} at ${href}: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  async text() {
    return this.page.locator("main").innerText();
  }

  /** What went wrong, with what stood on the page: its fields, its links and the beginning of its words. */
  async told(what) {
    const fields = await this.page
      .locator("main :is(input, select, textarea):not([type=hidden])")
      .evaluateAll((all) => all.map((f) => `${f.name}${["radio", "checkbox"].includes(f.type) ? `=${f.value}` : f.tagName === "SELECT" ? `[${f.options.length}]` : ""}`));
    const links = await this.page.locator("main a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    return `${this.name} ${what}\nat ${this.path()}\nfields: ${[...new Set(fields.map((field) => field.replace(/=[0-9a-f-]{36}$/, "=…")))].join(", ")}\nlinks: ${links.slice(0, 40).join(" ")}\n${(await this.text()).slice(0, 1500)}`;
  }

  async close() {
    await this.page.context().close();
    this.faultless();
  }

  /** Fails when something was wrong with the pages met so far. */
  faultless() {
    const faults = [...new Set(this.faults)];
    this.faults.length = 0;
    if (faults.length > 0) throw new Error(`${this.name}:\n${faults.join("\n")}`);
  }
}
