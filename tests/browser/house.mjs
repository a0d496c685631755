// A program over a small demo of its own, and a browser in it. DAYAQ names the built program, CHROMIUM the browser,
// SCREENSHOTS a folder that keeps what was seen.

import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

/** Starts the program over a demo of a few hundred people, and the browser. */
export async function open(people = 400) {
  const folder = mkdtempSync(join(tmpdir(), "dayaq-browser-"));
  chmodSync(folder, 0o755); // the database's own account must reach its data
  const port = await freePort();
  const program = process.env.DAYAQ;
  if (!program) throw new Error("DAYAQ must name the built program; ./dayaq test does that");
  const child = spawn(program, ["demo", "--people", String(people), "--data", join(folder, "data"), "--port", String(port)], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const base = `http://127.0.0.1:${port}`;
  try {
    await answers(`${base}/sign-in`, child);
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: QUIET });
    return new House(base, child, browser, folder);
  } catch (error) {
    child.kill("SIGTERM");
    throw error;
  }
}

class House {
  constructor(base, child, browser, folder) {
    Object.assign(this, { base, child, browser, folder });
    this.shots = process.env.SCREENSHOTS;
    if (this.shots) mkdirSync(this.shots, { recursive: true });
  }

  /** Signs in one of the cast by name, in a browser of their own. */
  async visitor(name, { lang = "az", width = 1280, scripts = true } = {}) {
    const context = await this.browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: scripts, baseURL: this.base });
    const page = await context.newPage();
    const visitor = new Visitor(this, page, name, scripts);
    await page.goto(`/language/${lang}?back=/sign-in`);
    const [card] = await page.locator(".dayaq-cast__card", { hasText: name }).all();
    if (!card) throw new Error(`nobody of the cast is called ${name}`);
    await card.click();
    await page.waitForURL((url) => url.pathname === "/");
    return visitor;
  }

  async close() {
    await this.browser.close();
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

class Visitor {
  constructor(house, page, name, scripts) {
    Object.assign(this, { house, page, name, scripts });
    this.faults = [];
    page.on("pageerror", (error) => this.faults.push(`${page.url()}: ${error}`));
    page.on("console", (said) => said.type() === "error" && this.faults.push(`${page.url()}: ${said.text()}`));
  }

  /** Opens a page, which must answer, and looks at it with axe. */
  async goto(path) {
    const response = await this.page.goto(path);
    if (!response || response.status() >= 400) throw new Error(`${this.name} at ${path}: ${response?.status()}`);
    await this.look();
  }

  /** What axe finds wrong with the page as it is now, added to the faults. */
  async look() {
    const { page } = this;
    if (this.house.shots) {
      const file = new URL(page.url()).pathname.replace(/[^\w]+/g, "-") || "home";
      await page.screenshot({ path: join(this.house.shots, `${this.name.split(" ")[0]}${file}.png`), fullPage: true });
    }
    // Without scripts of its own a page takes none from axe either.
    if (!this.scripts) return;
    await page.evaluate(axe);
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), tags);
    for (const found of violations) {
      const where = found.nodes.map((node) => node.target.join(" ")).slice(0, 3);
      this.faults.push(`${new URL(page.url()).pathname}: ${found.id} at ${where.join(", ")}`);
    }
  }

  /** Fills in fields by name: a text, a choice, or a date as yyyy-mm-dd. */
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) {
      const field = this.page.locator(`main [name="${name}"]`);
      if ((await field.count()) === 0 && /^\d{4}-\d\d-\d\d$/.test(value)) {
        const [year, month, day] = value.split("-");
        await this.page.locator(`main [name="${name}-day"]`).fill(String(Number(day)));
        await this.page.locator(`main [name="${name}-month"]`).fill(String(Number(month)));
        await this.page.locator(`main [name="${name}-year"]`).fill(year);
        continue;
      }
      const kind = await field.first().evaluate((node) => (node.tagName === "SELECT" ? "select" : node.type));
      if (kind === "select") await field.first().selectOption(value);
      else if (kind === "radio" || kind === "checkbox") await this.page.locator(`main [name="${name}"][value="${value}"]`).check();
      else await field.first().fill(value);
    }
  }

  /** Sends the page's main form; it must be accepted. */
  async send() {
    const before = this.page.url();
    await this.page.locator("#main-form button[type=submit], #main-form button:not([type])").first().click();
    await this.page.waitForLoadState();
    const refused = await this.page.locator(".govuk-error-summary").allInnerTexts();
    if (refused.length > 0) throw new Error(`${this.name} at ${before} was refused: ${refused.join(" ")}`);
    await this.look();
  }

  async text() {
    return this.page.locator("main").innerText();
  }

  async close() {
    await this.page.context().close();
    if (this.faults.length > 0) throw new Error(`${this.name}:\n${[...new Set(this.faults)].join("\n")}`);
  }
}

async function answers(url, child) {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`);
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${url} did not answer within two minutes`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
