// `/.well-known/security.txt` (RFC 9116): whom to tell of a weakness. There is none until somebody gives an address.
import { z } from 'zod';
import { securityName } from './publisher.ts';
import { SettingError } from './setting-error.ts';

/** Until when the file may be believed: written, so that the same sources build the same file (decision 0021). */
export const believedUntil = new Date('2027-11-01T00:00:00Z');

/** How long before that day it must be renewed. */
export const noticeDays = 30;

const { setting, what } = securityName;

/** Where to report a weakness; undefined when nobody has said. Throws `SettingError` for an address of another kind. */
export function securityContact(environment: NodeJS.ProcessEnv): string | undefined {
  const written = environment[setting]?.trim();
  if (!written) return undefined;
  const address = /\s/.test(written) ? null : URL.parse(written);
  if (address && kinds[address.protocol]?.safeParse(address.href).success) return address.href;
  throw new SettingError(
    `Réglage ${setting} : une adresse mailto:nom@domaine, https://… ou tel:+33…, une seule et sans espace.`,
  );
}

// One person to write to, without a subject or copies; a page; a number that can be dialled from any country.
const kinds: Record<string, z.ZodType> = {
  'mailto:': z
    .string()
    .transform((href) => href.slice('mailto:'.length))
    .pipe(z.email()),
  'https:': z.url(),
  'tel:': z.string().regex(/^tel:\+\d(-?\d){5,14}$/),
};

/** The file; `site` is the origin where it stands, when it is known. */
export function securityFile(contact: string, site: URL | undefined): string {
  const lines = [
    `Contact: ${contact}`,
    `Expires: ${believedUntil.toISOString().replace('.000', '')}`,
    'Preferred-Languages: fr, en',
    ...(site ? [`Canonical: ${new URL(securityPath, site)}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** Its address, the same on every site. */
export const securityPath = '/.well-known/security.txt';

/** What a build should say about the file, in French; undefined when all is well. Throws as `securityContact` does. */
export function securityWarning(environment: NodeJS.ProcessEnv, at: Date): string | undefined {
  if (!securityContact(environment)) return `Pas de ${securityPath}, faute de ${setting} (${what}).`;
  if (believedUntil.getTime() - at.getTime() >= noticeDays * 86_400_000) return undefined;
  const day = believedUntil.toISOString().slice(0, 10);
  return `${securityPath} ne vaut que jusqu’au ${day} : renouveler la date dans src/settings/security-contact.ts.`;
}
