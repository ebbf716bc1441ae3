// Everything that partners print, in one file.
import type { APIRoute } from 'astro';
import { allPapers } from '../../kit/all-papers.ts';
import { bundleOf } from '../../kit/bundle.ts';

/** The file. */
export const GET: APIRoute = () =>
  new Response(new Uint8Array(bundleOf(allPapers.flatMap(({ files }) => files))), {
    headers: { 'content-type': 'application/zip' },
  });
