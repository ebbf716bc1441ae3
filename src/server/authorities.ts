// The authorities of the machine: a Département often has one of its own, which Node does not know by itself.
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** From then on the mail server, the database and others may prove themselves by an authority that this machine knows. */
export function trustSystemAuthorities(): void {
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
}
