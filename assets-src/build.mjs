// Builds the folder given as argument (assets/web when none is): dayaq.css, dayaq.js, marks and fonts.
import { mkdir, readFile, readdir, rm, writeFile, copyFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";
import subsetFont from "subset-font";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "..", "assets", "web"));

const origin =
  "Contains parts of govuk-frontend, MIT License, Copyright (C) 2016 Crown Copyright (Government Digital Service)";

await rm(out, { recursive: true, force: true });
await mkdir(join(out, "fonts"), { recursive: true });
await Promise.all([style(), script(), images(), fonts(), licences()]);

async function style() {
  const { css } = sass.compile(join(here, "style", "main.scss"), {
    loadPaths: [join(here, "node_modules")],
    quietDeps: true,
    charset: false,
  });
  const { code } = await esbuild.transform(css, { loader: "css", minify: true, target: ["chrome100", "firefox100", "safari15"] });
  await writeFile(join(out, "dayaq.css"), `/* ${origin} */\n${code}`);
}

async function script() {
  await esbuild.build({
    entryPoints: [join(here, "script", "main.js")],
    outfile: join(out, "dayaq.js"),
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2020"],
    banner: { js: `/* ${origin} */` },
    legalComments: "none",
  });
}

async function images() {
  for (const name of await readdir(join(here, "image"))) {
    await copyFile(join(here, "image", name), join(out, name));
  }
}

// The letters of Azerbaijani, English, Turkish and Russian, the signs of money, and the punctuation of all four.
async function fonts() {
  const require = createRequire(import.meta.url);
  const latin = range(0x20, 0x7e) + range(0xa0, 0xff) + "ƏəĞğİıŞşŒœŠšŽžČč–—‘’“”„•…‰′″›‹‑₼€₺№™←↑→↓−≈≠≤≥⋯";
  const cyrillic = range(0x400, 0x45f) + "ҐґҮүҺһӘәӨө";
  const cuts = { 400: "400Regular/NotoSans_400Regular.ttf", 700: "700Bold/NotoSans_700Bold.ttf" };
  for (const [weight, file] of Object.entries(cuts)) {
    const font = await readFile(require.resolve(`@expo-google-fonts/noto-sans/${file}`));
    for (const [name, letters] of Object.entries({ latin, cyrillic })) {
      await writeFile(join(out, "fonts", `${name}-${weight}.woff2`), await subsetFont(font, letters, { targetFormat: "woff2" }));
    }
  }
}

async function licences() {
  const require = createRequire(import.meta.url);
  await copyFile(require.resolve("@expo-google-fonts/noto-sans/LICENSE_FONT"), join(out, "fonts", "OFL.txt"));
}

function range(from, to) {
  return String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, at) => from + at));
}
