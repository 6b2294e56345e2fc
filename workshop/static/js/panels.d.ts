declare module "panels" {
  const panels: Record<string, any>;
  export default panels;
}

/** Addresses of the parts, from the build. */
declare const PARTS: Record<string, string>;
