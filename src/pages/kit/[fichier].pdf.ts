// What partners print, drawn when the site is built.
import type { APIRoute } from 'astro';
import { type Paper, papersIn, print } from '../../kit/papers.ts';
import { tonguesOf } from '../../kit/tongues.ts';

/** A file for each paper of the kit. */
export function getStaticPaths() {
  return papersIn(tonguesOf('src/content')).map((paper) => ({
    params: { fichier: paper.file.replace(/\.pdf$/, '') },
    props: { paper },
  }));
}

/** The file. */
export const GET: APIRoute<{ paper: Paper }> = async ({ props, site }) => {
  const pdf = await print(props.paper, site);
  return new Response(new Uint8Array(pdf), { headers: { 'content-type': 'application/pdf' } });
};
