// French no-break spaces, in every page and in no source file: nobody has to type what nobody can see.
import { defineMiddleware } from 'astro:middleware';
import { frenchSpaces } from './service/typography.ts';

export const onRequest = defineMiddleware(async (_, next) => {
  const response = await next();
  if (!response.headers.get('content-type')?.startsWith('text/html')) return response;
  return new Response(frenchSpaces(await response.text()), response);
});
