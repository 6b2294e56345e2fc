declare module "panels" {
  const panels: Record<string, import("./types.js").Panel | undefined>;
  export default panels;
}

declare module "*.css" {
  const rules: string;
  export default rules;
}

/** Addresses of the parts, from the build. */
declare const PARTS: string;
declare const VERSION: string;
