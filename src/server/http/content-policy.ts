// What each page may run and load: the inline scripts and styles that we wrote, by hash, and nothing else.
import type { Hashes } from '../../built/hashes.ts';
import { framePath, tongues } from '../../service/tongues.ts';

/** Content security policies, each the value of the header. */
export type Policies = {
  /** Of every page of a site without hCaptcha. */
  plain: string;
  /** The same, for a site whose form may open the verification in a frame. */
  framing: string;
  /** Of the pages for partners, with the scripts that no other page has: their hashes cost the others nothing. */
  partners: string;
  /** Of the verification: the only page that loads anything from somebody else. */
  verification: string;
  /** Of the frames that partners show, without what may be around them. */
  frame: string;
};

/** The page that shows hCaptcha in a frame, so that hCaptcha never runs beside what somebody writes. */
export const verificationPath = '/contact/verification';

/** The pages for partners. */
export const partnersPaths = ['/pros', '/kit'] as const;

const hcaptcha = 'https://hcaptcha.com https://*.hcaptcha.com';

/** The pages that partners may show in a frame: anywhere, and only where FRAME_ORIGINS says. */
export const framePaths = { anywhere: '/encart', named: tongues.map(framePath) } as const;

/**
 * The policies for pages that hold these scripts and styles. A script that a visitor managed to inject has no hash and does
 * not run. `plays`: a recording is to be heard.
 */
export function policiesFor(hashes: Record<string, Hashes>, { plays }: { plays: boolean }): Policies {
  const frames = [framePaths.anywhere, ...framePaths.named];
  const apart = [verificationPath, ...partnersPaths, ...frames];
  const paths = Object.keys(hashes).filter((path) => !apart.includes(path));
  const sources = (...of: string[]) => sourcesIn(of.map((path) => hashes[path] ?? missing(path)));
  const common = ["default-src 'none'", "form-action 'self'", "base-uri 'none'"];
  // Text becomes HTML only where our scripts say so. hCaptcha's own page cannot hold to it.
  const typed = "require-trusted-types-for 'script'";
  const loading = ['img-src data:', "connect-src 'self'", ...(plays ? ["media-src 'self'"] : [])];
  const ours = [...common, typed, ...sources(...paths), ...loading];
  const theirOwn = [...common, typed, ...sources(...paths, ...partnersPaths), ...loading];
  // `strict-dynamic`: what our own script loads, and nothing that a host of theirs could be made to serve. Browsers that
  // do not know it hold to the hosts.
  const [script, style] = sources(verificationPath);
  const theirs = [`${script} 'strict-dynamic' ${hcaptcha}`, `${style} ${hcaptcha}`];
  const loaded = [...theirs, `frame-src ${hcaptcha}`, `connect-src ${hcaptcha}`];
  return {
    plain: [...ours, "frame-ancestors 'none'"].join(';'),
    framing: [...ours, "frame-src 'self'", "frame-ancestors 'none'"].join(';'),
    frame: [...common, typed, ...sources(...frames), "connect-src 'self'"].join(';'),
    partners: [...theirOwn, "frame-src 'self'", "frame-ancestors 'none'"].join(';'),
    verification: [...common, ...loaded, "frame-ancestors 'self'"].join(';'),
  };
}

function sourcesIn(pages: Hashes[]): [script: string, style: string] {
  const named = (kind: keyof Hashes) =>
    [...new Set(pages.flatMap((page) => page[kind]))].join(' ') || "'none'";
  return [`script-src ${named('script')}`, `style-src ${named('style')}`];
}

function missing(path: string): never {
  throw new Error(`The built site has no hashes of ${path}`);
}
