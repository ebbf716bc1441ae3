// The code of the site's address, for a partner's own posters. None where the site does not know its address.
import type { APIRoute } from 'astro';
import { svgCode } from '../../kit/qr-code.ts';

/** One code, or none. */
export function getStaticPaths() {
  return import.meta.env.SITE ? [{ params: { code: 'code' } }] : [];
}

/** The drawing. */
export const GET: APIRoute = async ({ site }) =>
  new Response(site && (await svgCode(site)), { headers: { 'content-type': 'image/svg+xml' } });
