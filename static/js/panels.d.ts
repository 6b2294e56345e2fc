declare module "panels" {
  const panels: Record<string, import("./types.js").Panel | undefined>;
  export default panels;
}

declare module "*.css" {
  const rules: string;
  export default rules;
}

declare module "icon:*" {
  const outline: string;
  export default outline;
}

/** Addresses of the parts, from the build. */
declare const PARTS: string;
declare const VERSION: string;
