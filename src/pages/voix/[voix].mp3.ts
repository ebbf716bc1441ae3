// The sound of each recording.
import { getCollection } from 'astro:content';
import type { APIRoute } from 'astro';

/** One for each. */
export async function getStaticPaths() {
  const voices = await getCollection('voices');
  return voices.map(({ id, data }) => ({ params: { voix: id }, props: data }));
}

/** The sound. */
export const GET: APIRoute<{ mp3: string }> = ({ props }) =>
  new Response(Buffer.from(props.mp3, 'base64'), { headers: { 'content-type': 'audio/mpeg' } });
