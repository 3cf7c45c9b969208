declare module "all-providers" {
  /** Those of src/providers, one for each file; the build puts them together. */
  export const providers: readonly import("./types.js").AnyProvider[];
}
