// Certificates for tests, from an authority of their own, made by OpenSSL: right, about to end, ended.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import { temporaryFolder } from './folder.ts';

/** Why tests that need certificates are skipped, or false. */
export const skip = spawnSync('openssl', ['version']).error
  ? 'OpenSSL is not installed (Debian package: openssl)'
  : false;

export type Certificate = { key: Buffer; cert: Buffer; keyFile: string; certFile: string };

const configuration = (folder: string) => `[ca]
default_ca = ours
[ours]
dir = ${folder}
new_certs_dir = ${folder}
database = ${folder}/index
serial = ${folder}/serial
certificate = ${folder}/authority.pem
private_key = ${folder}/authority.key
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
`;

/** An authority; `trust` is the environment in which Node believes it. */
export function makeAuthority() {
  const folder = temporaryFolder();
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  writeFileSync(join(folder, 'ca.cnf'), configuration(folder));
  writeFileSync(join(folder, 'index'), '');
  writeFileSync(join(folder, 'serial'), '1000');
  const authority = ['-keyout', 'authority.key', '-out', 'authority.pem', '-subj', '/CN=Autorité d’essai'];
  openssl('req', '-x509', '-utf8', '-days', '30', ...newKey, ...authority);
  let made = 0;
  return {
    trust: { NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem') },
    /** Makes a certificate for these names (`DNS:ligne.example`, `IP:127.0.0.1`) that ends in some days, even past. */
    certify(names: string, daysLeft = 25): Certificate {
      const name = `${++made}`;
      const files = { keyFile: join(folder, `${name}.key`), certFile: join(folder, `${name}.pem`) };
      const dates = ['-startdate', opensslTime(daysLeft - 60), '-enddate', opensslTime(daysLeft)];
      const subject = ['-subj', `/CN=essai ${name}`, '-addext', `subjectAltName=${names}`];
      openssl('req', ...newKey, '-keyout', files.keyFile, '-out', `${name}.csr`, ...subject);
      openssl(
        'ca',
        '-batch',
        '-notext',
        '-config',
        'ca.cnf',
        ...dates,
        '-in',
        `${name}.csr`,
        '-out',
        files.certFile,
      );
      return { ...files, key: readFileSync(files.keyFile), cert: readFileSync(files.certFile) };
    },
  };
}

/** A certificate for localhost. From then on Node's clients in this process believe its authority, and nothing else. */
export function certifyLocalhost() {
  const { trust, certify } = makeAuthority();
  const authority = readFileSync(trust.NODE_EXTRA_CA_CERTS, 'utf8');
  setDefaultCACertificates([authority]);
  return { ...certify('DNS:localhost,IP:127.0.0.1'), authority };
}

function opensslTime(daysFromNow: number): string {
  const at = new Date(Date.now() + daysFromNow * 86_400_000 + 3_600_000);
  return `${at.toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}Z`;
}
