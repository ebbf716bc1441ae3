// Whom to tell of a weakness of this site (RFC 9116). None where nobody has given an address for it.
import type { APIRoute } from 'astro';
import { securityContact, securityFile } from '../../settings/security-contact.ts';

/** One file, or none. */
export function getStaticPaths() {
  const contact = securityContact(process.env);
  return contact ? [{ params: { fichier: 'security' }, props: { contact } }] : [];
}

/** The file. */
export const GET: APIRoute<{ contact: string }> = ({ props, site }) =>
  new Response(securityFile(props.contact, site), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
