// Bundles each part into one file of `groundshift_components/assets`. The first line of each file
// carries a hash of what it was made from; a test compares it, so that nobody ships a stale bundle.
//
//   node build.mjs           all parts
//   node build.mjs uploader  one part

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const ASSETS = join(HERE, "groundshift_components", "assets");
const PARTS = ["map", "caption", "uploader", "watcher"];
const EVERY_PART = ["build.mjs", "package-lock.json", "source/leaflet-global.js", "source/shared"];

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
}

const sha256 = (content) => createHash("sha256").update(content).digest("hex");

/** SHA-256 over the lines "name digest" of every source, sorted. */
function hashOf(part) {
  const files = [...EVERY_PART, `source/${part}`].flatMap((name) => filesBelow(join(HERE, name)));
  const name = (path) => relative(HERE, path).replaceAll("\\", "/");
  return sha256(files.map((path) => `${name(path)} ${sha256(readFileSync(path))}`).sort().join("\n"));
}

async function bundle(part) {
  const result = await build({
    entryPoints: [join(HERE, "source", part, "index.js")],
    outfile: join(ASSETS, `${part}.js`),
    banner: { js: `/* Built by build.mjs from sources with SHA-256 ${hashOf(part)} */` },
    inject: part === "map" ? [join(HERE, "source", "leaflet-global.js")] : [],
    loader: { ".css": "text", ".png": "dataurl", ".svg": "text" },
    bundle: true,
    format: "esm",
    target: "es2022",
    charset: "ascii",
    minify: true,
    legalComments: "none",
    metafile: true,
  });
  const [output] = Object.values(result.metafile.outputs);
  console.log(`${part}.js  ${Math.round(output.bytes / 1024)} kB`);
}

/** Licences of everything that `npm` installs for use, in full, as those licences ask. */
function writeLicences() {
  const lock = JSON.parse(readFileSync(join(HERE, "package-lock.json"), "utf8"));
  const used = Object.entries(lock.packages).filter(([path, entry]) => path && !entry.dev);
  const texts = used.map(([path, entry]) => {
    const folder = join(HERE, path);
    const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${entry.license}`;
    return `${path.split("node_modules/").at(-1)} ${entry.version} (${entry.license})\n\n${text}\n`;
  });
  writeFileSync(join(ASSETS, "licences.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
}

const wanted = process.argv.slice(2);
for (const part of wanted.length ? wanted : PARTS) await bundle(part);
writeLicences();
