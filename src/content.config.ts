// The shape every text must have. The folder `content/` belongs to those who write, not to those who code.
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const pages = defineCollection({
  loader: glob({ pattern: '*.md', base: './src/content' }),
  schema: z.object({
    /** What a history and a tab show: sober words only. */
    title: z.string(),
    /** What the page says of itself, in plain words. */
    heading: z.string(),
  }),
});

export const collections = { pages };
