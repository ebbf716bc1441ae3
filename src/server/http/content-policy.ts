// What each page may run and load: the inline scripts and styles that we wrote, by hash, and nothing else.
import { createHash } from 'node:crypto';

/** Content security policies, each the value of the header. */
export type Policies = {
  /** Of every page of a site without hCaptcha. */
  plain: string;
  /** The same, for a site whose form may open the verification in a frame. */
  framing: string;
  /** Of the page for partners, with the scripts that no other page has: their hashes cost the others nothing. */
  partners: string;
  /** Of the verification: the only page that loads anything from somebody else. */
  verification: string;
  /** Of the frames that partners show, without what may be around them. */
  frame: string;
};

/** The page that shows hCaptcha in a frame, so that hCaptcha never runs beside what somebody writes. */
export const verificationPath = '/contact/verification';

/** The page for partners. */
export const partnersPath = '/pros';

const hcaptcha = 'https://hcaptcha.com https://*.hcaptcha.com';

/** The pages that partners may show in a frame: anywhere, and only where FRAME_ORIGINS says. */
export const framePaths = { anywhere: '/encart', named: '/encart/rappel' } as const;

/** The page of hCaptcha, the one for partners, and the frames that these show. */
type Apart = { verification: string; partners: string; frames: string[] };

/**
 * The policies for pages as they are sent; `htmls` holds one that was rendered on demand, should it differ from the built
 * ones, `apart` are those with a policy of their own. A script that a visitor managed to inject has no hash and does not
 * run.
 */
export function policiesFor(htmls: string[], apart: Apart): Policies {
  const { verification, partners, frames } = apart;
  const common = ["default-src 'none'", "form-action 'self'", "base-uri 'none'"];
  // Text becomes HTML only where our scripts say so. hCaptcha's own page cannot hold to it.
  const typed = "require-trusted-types-for 'script'";
  const loading = ['img-src data:', "connect-src 'self'"];
  const ours = [...common, typed, ...hashedIn(htmls), ...loading];
  const theirOwn = [...common, typed, ...hashedIn([...htmls, partners]), ...loading];
  // `strict-dynamic`: what our own script loads, and nothing that a host of theirs could be made to serve. Browsers that
  // do not know it hold to the hosts.
  const [script, style] = hashedIn([verification]);
  const theirs = [`${script} 'strict-dynamic' ${hcaptcha}`, `${style} ${hcaptcha}`];
  const loaded = [...theirs, `frame-src ${hcaptcha}`, `connect-src ${hcaptcha}`];
  return {
    plain: [...ours, "frame-ancestors 'none'"].join(';'),
    framing: [...ours, "frame-src 'self'", "frame-ancestors 'none'"].join(';'),
    frame: [...common, typed, ...hashedIn(frames), "connect-src 'self'"].join(';'),
    partners: [...theirOwn, "frame-src 'self'", "frame-ancestors 'none'"].join(';'),
    verification: [...common, ...loaded, "frame-ancestors 'self'"].join(';'),
  };
}

function hashedIn(htmls: string[]): string[] {
  return [`script-src ${hashesOf('script', htmls)}`, `style-src ${hashesOf('style', htmls)}`];
}

function hashesOf(tag: 'script' | 'style', htmls: string[]): string {
  const contents = htmls.flatMap((html) =>
    [...html.matchAll(new RegExp(`<${tag}(?! type="application/ld)[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map(
      (match) => match[1] ?? '',
    ),
  );
  const hashes = contents.map(
    (content) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`,
  );
  return [...new Set(hashes)].join(' ') || "'none'";
}
