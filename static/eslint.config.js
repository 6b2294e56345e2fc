// What scripts must be beside well typed: no wider than the Python (pyproject.toml), with nothing unused.
import js from "@eslint/js";

const RULES = {
  "max-len": ["error", { code: 125, ignoreUrls: false }],
  "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_+$", destructuredArrayIgnorePattern: "^_" }],
  // Chrome before 91 fails at a?.b(...c), which is sent as it is written (build.mjs).
  "no-restricted-syntax": ["error", {
    selector: "ChainExpression CallExpression > SpreadElement", message: "no ... in the arguments of an optional chain" }],
  "no-undef": "off", // tsc knows the names (jsconfig.json)
  "no-empty": ["error", { allowEmptyCatch: true }],
  eqeqeq: "error",
  "prefer-const": ["error", { destructuring: "all" }],
  "no-var": "error",
};

export default [
  { ignores: ["static/build/**", "**/node_modules/**"] },
  { files: ["**/*.js", "**/*.mjs"], rules: { ...js.configs.recommended.rules, ...RULES } },
];
