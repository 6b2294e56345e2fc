// Builds every page's script and every style sheet into build/, each also compressed, with a manifest of versions.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const activities = join(here, "..", "activities");
const out = join(here, "build");

// A new kind is a new folder: its panel is found here, in no list.
const panels = {
  name: "panels",
  setup(plan) {
    plan.onResolve({ filter: /^panels$/ }, () => ({ path: "panels", namespace: "panels" }));
    plan.onLoad({ filter: /.*/, namespace: "panels" }, () => {
      const kinds = readdirSync(activities).filter((kind) => existsSync(join(activities, kind, "panel.js")));
      const lines = kinds.map((kind) => `import * as ${kind} from "./${kind}/panel.js";`);
      return { contents: `${lines.join("\n")}\nexport default { ${kinds.join(", ")} };`, resolveDir: activities };
    });
  },
};

const pages = readdirSync(join(here, "js", "pages")).filter((name) => name.endsWith(".js"));
rmSync(out, { recursive: true, force: true });
mkdirSync(out);
const options = {
  outdir: out,
  bundle: true,
  minify: true,
  target: ["es2020", "chrome87", "firefox78", "safari14"],
  charset: /** @type {"utf8"} */ ("utf8"),
  nodePaths: [join(here, "node_modules")],
  mainFields: ["browser", "module", "main"],
  legalComments: /** @type {"none"} */ ("none"),
};
await build({
  ...options,
  entryPoints: [...pages.map((name) => join(here, "js", "pages", name)), ...readdirSync(join(here, "css")).map((name) => join(here, "css", name))],
  entryNames: "[name]",
  format: "iife",
  plugins: [panels],
});
// What a page loads only when somebody wants it; a module of its own that shares no state with the page's script.
const later = readdirSync(join(here, "js", "later")).map((name) => join(here, "js", "later", name));
await build({ ...options, entryPoints: later, entryNames: "[name]", format: "esm" });
const manifest = {};
for (const name of readdirSync(out)) {
  const bytes = readFileSync(join(out, name));
  manifest[name] = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes));
  writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
}
writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest));
