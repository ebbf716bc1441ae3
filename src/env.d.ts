declare module '*?inline' {
  const script: string;
  export default script;
}

declare module 'virtual:site-style' {
  export const shared: string;
  export const form: string;
  export const text: string;
  export const home: string;
}

/** Where a browser takes text for HTML or a script from a policy only (https://www.w3.org/TR/trusted-types/). */
interface Window {
  readonly trustedTypes?: { createPolicy(name: string, rules: Partial<TextPolicy>): TextPolicy };
}
type TextPolicy = { createHTML(text: string): string; createScript(text: string): string };

interface ImportMetaEnv {
  /** Where quick exit leads, checked and frozen into the pages at build time. */
  readonly EXIT_URL: string;
}

declare namespace App {
  interface Locals {
    /** The posted form, already read and screened. */
    form: FormData;
    /** Why it is not done: what was wrong with it, or what admission or the disk answered. */
    setback:
      | Exclude<import('./rappel/receive.ts').Received, { kind: 'kept' }>
      | Exclude<import('./rappel/cancel.ts').Cancelled, { kind: 'cancelled' }>
      | { kind: 'unclear'; problems: import('./rappel/cancel-by-reference.ts').ReferenceProblem[] }
      | Exclude<import('./server/admission/admission.ts').AdmissionDecision, { kind: 'open' }>
      | undefined;
    /** hCaptcha's public key, where it is set. */
    sitekey: string | undefined;
    /** The language of the address. */
    tongue: import('./service/tongues.ts').Tongue;
    /** The sealed outcome token of the address or of the form, '' when there is none. */
    token: string;
    effects: import('./rappel/effects.ts').ReceiveEffects;
  }
}
