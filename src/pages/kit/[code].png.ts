// The code of the site's address, for a partner's own posters. None where the site does not know its address.
import type { APIRoute } from 'astro';
import { pngCode } from '../../kit/qr-code.ts';

/** One code, or none. */
export function getStaticPaths() {
  return import.meta.env.SITE ? [{ params: { code: 'code' } }] : [];
}

/** The picture. */
export const GET: APIRoute = async ({ site }) =>
  new Response(site && new Uint8Array(await pngCode(site)), { headers: { 'content-type': 'image/png' } });
