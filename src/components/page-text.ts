// The text of a page, from the folder of those who write.
import { type CollectionEntry, getEntry } from 'astro:content';

/** The text of that name in the folder of those who write. Throws when there is none. */
export async function pageText(id: string): Promise<CollectionEntry<'pages'>> {
  const text = await getEntry('pages', id);
  if (!text) throw new Error(`No text for ${id}`);
  return text;
}
