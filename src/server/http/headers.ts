// Headers of every answer, from one table: pages, errors, redirects, files, open data, and what never became a request.
import type { Settings } from '../../settings/settings.ts';
import { framePaths, type Policies, partnersPaths, verificationPath } from './content-policy.ts';
import { keptSeconds } from './open-data.ts';

/** Names in lower case. */
export type Headers = Record<string, string>;

/** What every answer carries, and what differs at an address. */
export type HeaderTable = { every: Headers; at: (path: string) => Headers };

const day = 86_400;

// What a page could ask of the phone: nothing here does, and nothing that got in could.
const features = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
];

/**
 * The table of a site. `no-store`: pages would stay readable in the phone's cache. `no-referrer`: the site where a person
 * leaves to must not learn where she came from.
 */
export function headersFor(policies: Policies, settings: Settings): HeaderTable {
  const { publicOrigin, captcha, frameOrigins } = settings;
  const framed = (around: string): Headers => ({
    'content-security-policy': `${policies.frame}; frame-ancestors ${around}`,
    'cross-origin-resource-policy': 'cross-origin',
  });
  const alone = new Map<string, Headers>([
    [verificationPath, { 'content-security-policy': policies.verification }],
    ...partnersPaths.map((path): [string, Headers] => [
      path,
      { 'content-security-policy': policies.partners },
    ]),
    [framePaths.anywhere, framed('*')],
    ...framePaths.named.map((path): [string, Headers] => [path, framed(frameOrigins.join(' '))]),
  ]);
  return {
    every: {
      'cache-control': 'no-store',
      'content-security-policy': captcha ? policies.framing : policies.plain,
      // The page of hCaptcha, which a form may show in a frame, cannot say the same.
      ...(captcha ? {} : { 'cross-origin-embedder-policy': 'require-corp' }),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': features.map((feature) => `${feature}=()`).join(),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      ...(publicOrigin.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    },
    at: (path) => alone.get(path) ?? openHeaders(path) ?? fileHeaders(path),
  };
}

// Open data: for any site, and for a while.
function openHeaders(path: string): Headers | undefined {
  const seconds = keptSeconds(path);
  if (seconds === undefined) return undefined;
  return {
    ...keptFor(seconds),
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag',
    'cross-origin-resource-policy': 'cross-origin',
  };
}

function keptFor(seconds: number): Headers {
  return { 'cache-control': `public, max-age=${seconds}`, vary: 'Accept-Encoding' };
}

// Kept: papers for partners, and files for machines. Not the icon, nor a voice: in a cache, they would tell that the site was
// opened. Some players ask for a sound in parts, or not at all.
function fileHeaders(path: string): Headers {
  if (path.endsWith('.mp3')) return { 'accept-ranges': 'bytes' };
  return /\.(pdf|txt|xml|zip)$/.test(path) ? keptFor(day) : {};
}
