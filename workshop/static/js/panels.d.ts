declare module "panels" {
  const panels: Record<string, any>;
  export default panels;
}
