// French apostrophes and no-break spaces, in every page and in no source file: nobody has to type what nobody can see.
import { defineMiddleware } from 'astro:middleware';
import { frenchTypography } from './service/typography.ts';

export const onRequest = defineMiddleware(async (_, next) => {
  const response = await next();
  if (!response.headers.get('content-type')?.startsWith('text/html')) return response;
  const html = (await response.text()).replace(/^<!DOCTYPE/, '<!doctype'); // four bytes, once compressed
  return new Response(frenchTypography(html), response);
});
