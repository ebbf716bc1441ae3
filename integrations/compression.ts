// Compressed once, for our server and for any other that serves these files. Last: nothing changes afterwards.
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { compressFiles } from '../src/built/compression.ts';

/** Writes the compressed forms beside every built file. */
export function compression(): AstroIntegration {
  return {
    name: 'compression',
    hooks: { 'astro:build:done': ({ dir }) => compressFiles(fileURLToPath(dir)) },
  };
}
