// Scripts and styles as short as the oldest browsers that we read allow.
import { readFileSync } from 'node:fs';
import { build, transformSync } from 'esbuild';
import { minify } from 'terser';

/** Phones that get no more updates: iPhones stopped at iOS 12, Androids of 2018. */
export const oldest = 'chrome67';

/** What a script is told, by the name under which it asks; `inject`: files whose exports are such names. */
export type Surroundings = { define: Record<string, string>; inject?: string[] };

/** A browser script whose `start()` runs at once, with all that it imports. */
export async function minifiedScript(file: string, surroundings: Surroundings): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `import { start } from ${JSON.stringify(file)}; start();`, resolveDir: '.' },
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2018',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    ...surroundings,
  });
  const { code = '' } = await minify(outputFiles.map(({ text }) => text).join(''), {
    ecma: 2018,
    toplevel: true,
    compress: { passes: 3, unsafe_arrows: true }, // no function of ours has a `this`
  });
  return code;
}

/** Style sheets, one after the other, for browsers from `target` on. */
export function minifiedStyles(files: string[], target: string): string {
  return files
    .map((file) =>
      transformSync(readFileSync(file, 'utf8'), { loader: 'css', minify: true, target }).code.trimEnd(),
    )
    .join('');
}
