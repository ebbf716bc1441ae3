// What search engines may read: everything but the answers to the form.
import type { APIRoute } from 'astro';

/** The file, with the address of the site map where the site knows its own. */
export const GET: APIRoute = ({ site }) => {
  const map = site ? `\nSitemap: ${new URL('/sitemap-index.xml', site)}\n` : '';
  return new Response(`User-agent: *\nDisallow: /contact/\n${map}`);
};
