// French apostrophes and no-break spaces, in every page and in no source file, and what is French in a page that is not: nobody
// has to type what nobody can see.
import { defineMiddleware } from 'astro:middleware';
import { frenchMarked, frenchTypography } from './service/typography.ts';

export const onRequest = defineMiddleware(async (_, next) => {
  const response = await next();
  if (!response.headers.get('content-type')?.startsWith('text/html')) return response;
  const html = (await response.text()).replace(/^<!DOCTYPE/, '<!doctype'); // four bytes, once compressed
  const written = frenchTypography(html);
  return new Response(/<html lang="fr"/.test(html) ? written : frenchMarked(written), response);
});
