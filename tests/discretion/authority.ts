// The authority of the scene, whose sites all speak https as the real one does, and how each browser comes to believe it.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { makeAuthority } from '../support/certificates.ts';

let made: ReturnType<typeof makeAuthority> | undefined;

/** The authority of this process, made when it is first asked for. */
export function authority(): ReturnType<typeof makeAuthority> {
  made ??= makeAuthority();
  return made;
}

/** Writes a folder of certificates in which Chromium or Firefox (NSS) finds the authority. */
export function trustIn(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const certutil = (...words: string[]) =>
    execFileSync('certutil', ['-d', `sql:${folder}`, ...words], { stdio: 'pipe' });
  certutil('-N', '--empty-password');
  certutil('-A', '-n', 'essai', '-t', 'C,,', '-i', authority().trust.NODE_EXTRA_CA_CERTS);
}
