// Builds every page's script and every style sheet into build/, each also compressed, with a manifest of versions.
import { build, transform } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { minify } from "terser";

const here = dirname(fileURLToPath(import.meta.url));
const activities = join(here, "..", "workshop", "activities");
const out = join(here, "build");

// Sheets and parts stand in folders by subject, and pages name them without: no two have the same name (esbuild refuses it).
const files = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((one) =>
  one.isDirectory() ? files(join(folder, one.name)) : [join(folder, one.name)]);

// The style of a part travels in its script, as text.
const text = async ({ path }) =>
  ({ contents: (await transform(readFileSync(path, "utf8"), { loader: "css", minify: true })).code, loader: "text" });

// A new kind is a new folder: its panel is found here, in no list.  These are for pages that show all of them.
const panels = {
  name: "panels",
  setup(plan) {
    plan.onResolve({ filter: /\.css$/ }, ({ kind, path, resolveDir }) =>
      kind === "import-statement" ? { path: join(resolveDir, path), namespace: "worn" } : undefined);
    plan.onLoad({ filter: /.*/, namespace: "worn" }, text);
    plan.onResolve({ filter: /^panels$/ }, () => ({ path: "panels", namespace: "panels" }));
    plan.onLoad({ filter: /.*/, namespace: "panels" }, () => {
      const kinds = readdirSync(activities).filter((kind) => existsSync(join(activities, kind, "panel.js")));
      const lines = kinds.map((kind) => `import * as ${kind} from "./${kind}/panel.js";`);
      return { contents: `${lines.join("\n")}\nexport default { ${kinds.join(", ")} };`, resolveDir: activities };
    });
  },
};

// The outlines of icons that a part brings are those of the pages (workshop/pages/shell/icons.py).
const drawn = readFileSync(join(here, "..", "workshop", "pages", "shell", "icons.py"), "utf8");
const outlines = {
  name: "outlines",
  setup(plan) {
    plan.onResolve({ filter: /^icon:/ }, ({ path }) => ({ path: path.slice(5), namespace: "icon" }));
    plan.onLoad({ filter: /.*/, namespace: "icon" }, ({ path }) => {
      const [, strings] = drawn.match(new RegExp(`^    "${path}": \\(?((?:"[^"]*"\\s*)+)`, "m"));
      return { contents: [...strings.matchAll(/"([^"]*)"/g)].map(([, part]) => part).join(""), loader: "text" };
    });
  },
};

// What indents the lines of templates is for who reads the sources, and is not sent.
const source = (path) => readFileSync(path, "utf8").replace(/\n +/g, "\n");
const unindented = {
  name: "unindented",
  setup(plan) {
    plan.onLoad({ filter: /\.js$/ }, ({ path }) => ({ contents: source(path) }));
  },
};

// What a room does not need at once: each becomes a script of its own, which js/shell/later.js fetches.  It shares the
// modules of the page that fetches it, so its imports of them become names of what later.js lays out.
const SHARED = /^import (\{[^}]*\}) from "[./]+\/(?:static\/js\/)?(?:shell\/|line\/)?(page|parts|ids|later)\.js";$/gm;
const shared = {
  name: "shared",
  setup(plan) {
    plan.onLoad({ filter: /\.css$/ }, text);
    plan.onLoad({ filter: /\.js$/ }, ({ path }) => ({ contents: source(path).replace(SHARED, (_, names, from) =>
      `const ${names} = tinkuy${from === "later" ? "" : `.${from}`};`) }));
  },
};
// Every browser of `target` knows a?.b; esbuild takes it apart for Chrome before 91, which fails at a?.b(...c) only.  No
// script says that (eslint.config.js), and written as it is it saves each page a twentieth of its scripts.
const common = {
  supported: { "optional-chain": true },
  bundle: true, minify: true, format: "iife", target: ["es2020", "chrome87", "firefox78", "safari14"], charset: "utf8",
  nodePaths: [join(here, "node_modules")], mainFields: ["browser", "module", "main"], legalComments: "none", outdir: out,
};

// esbuild's output once more through a tool that takes its time: a thirtieth less on the line.
const TERSE = {
  ecma: 2020, compress: { passes: 3, unsafe_arrows: true, keep_fargs: false }, format: { ecma: 2020, comments: false },
};
const terse = async (name) => {
  const { code } = await minify(readFileSync(join(out, name), "utf8"), TERSE);
  writeFileSync(join(out, name), code);
};
const hash = (name) => createHash("sha256").update(readFileSync(join(out, name))).digest("hex").slice(0, 10);

rmSync(out, { recursive: true, force: true });
mkdirSync(out);
const parts = readdirSync(activities).filter((kind) => existsSync(join(activities, kind, "panel.js")))
  .map((kind) => ({ name: kind, path: join(activities, kind, "panel.js") }));
parts.push({ name: "attach", path: join(here, "js", "attach", "picker.js") },
  { name: "votes", path: join(here, "js", "votes", "votes-style.js") },
  { name: "outcome", path: join(here, "js", "votes", "outcome.js") });
for (const name of ["left", "most", "together", "news", "writing", "late", "brief", "calls"])
  parts.push({ name, path: join(here, "js", "participant", `${name}.js`) });
const boards = files(join(activities, "ideas")).filter((path) => /^board-.*\.js$/.test(basename(path)));
parts.push(...boards.map((path) => ({ name: basename(path, ".js"), path })).sort((a, b) => (a.name < b.name ? -1 : 1)));
await Promise.all(parts.map(({ name, path }) => build({
  ...common, entryPoints: [{ in: path, out: `part-${name}` }],
  globalName: `tinkuy.came["${name}"]`, plugins: [outlines, shared] })));
await Promise.all(parts.map(({ name }) => terse(`part-${name}.js`)));
// They have one version together: an address for each would weigh on every page that may fetch them.
const hashes = parts.map(({ name }) => hash(`part-${name}.js`)).join();
const version = createHash("sha256").update(hashes).digest("hex").slice(0, 10);

const scripts = files(join(here, "js", "pages"));
// What a kind brings of style stands in its script, and, for pages without, in a sheet of its own.
const kinds = readdirSync(activities).map((kind) => join(activities, kind, `${kind}.css`))
  .filter((path) => existsSync(path));
await build({
  ...common, entryPoints: [...scripts, ...files(join(here, "css")), ...kinds], entryNames: "[name]",
  plugins: [panels, unindented],
  define: { PARTS: JSON.stringify(parts.map(({ name }) => name).join(" ")), VERSION: JSON.stringify(version) } });
await Promise.all(scripts.map((path) => terse(basename(path))));
const manifest = {};
for (const name of readdirSync(out)) {
  const bytes = readFileSync(join(out, name));
  manifest[name] = name.startsWith("part-") ? version : hash(name);
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes));
  writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
}
writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest));
