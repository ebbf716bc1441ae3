// The list of the data, at `/api/v1`: indented, for who opens it in a browser.
import type { APIRoute } from 'astro';
import { indexFile } from '../../../partners/index-file.ts';

/** The file, made when the site is built. */
export const GET: APIRoute = ({ site }) => new Response(`${JSON.stringify(indexFile(site), null, 2)}\n`);
