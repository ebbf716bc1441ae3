// What partners print, drawn when the site is built.
import type { APIRoute } from 'astro';
import { allPapers } from '../../kit/all-papers.ts';

/** Each file of each paper of the kit. */
export function getStaticPaths() {
  return allPapers
    .flatMap(({ files }) => files)
    .map(({ file, pdf }) => ({ params: { fichier: file.replace(/\.pdf$/, '') }, props: { pdf } }));
}

/** The file. */
export const GET: APIRoute<{ pdf: Buffer }> = ({ props }) =>
  new Response(new Uint8Array(props.pdf), { headers: { 'content-type': 'application/pdf' } });
