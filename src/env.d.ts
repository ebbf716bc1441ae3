declare module '*?inline' {
  const script: string;
  export default script;
}

interface ImportMetaEnv {
  /** Where quick exit leads, checked and frozen into the pages at build time. */
  readonly EXIT_URL: string;
}

declare namespace App {
  interface Locals {
    /** The posted form, already through the gate. */
    form: FormData;
    /** What the door answered to it. */
    admission: import('./server/door.ts').Admission;
    /** hCaptcha's public key, where it is set. */
    sitekey: string | undefined;
    /** The sealed outcome token of the address or of the form, '' when there is none. */
    token: string;
    desk: import('./rappel/desk.ts').Desk;
  }
}
