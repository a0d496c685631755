// A program over a small demo of its own, and a browser in it. DAYAQ names the built program, CHROMIUM the browser,
// SCREENSHOTS a folder that keeps what was seen.

import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { Visitor } from "./visitor.mjs";

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

  /** A browser of its own with nobody signed in. */
  async seat({ lang = "az", width = 1280, scripts = true } = {}) {
    const context = await this.browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: scripts, baseURL: this.base });
    context.setDefaultTimeout(60_000); // a machine that does much else is slow, not broken
    const page = await context.newPage();
    await page.goto(`/language/${lang}?back=/sign-in`);
    return new Visitor(this, page, scripts);
  }

  /** Signs in one of the cast by name, in a browser of their own. */
  async visitor(name, options) {
    const visitor = await this.seat(options);
    await visitor.signIn(name);
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
