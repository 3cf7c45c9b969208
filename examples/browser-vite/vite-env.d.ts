/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Another address in place of Combell's own, given when the page is built. */
  readonly VITE_COMBELL_BASE_URL?: string;
}
