// What the build has left for a server, as a start reads it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readHashes } from '../../built/hashes.ts';
import { SettingError } from '../../settings/setting-error.ts';
import { builtFolder, holdsSound, leadsTo, loadPages, type Pages } from './built-pages.ts';
import { type Policies, policiesFor } from './content-policy.ts';
import { loadRender, type Render } from './renderer.ts';

/** The pages, the content policy of each, and what renders the others. */
export type BuiltSite = { pages: Pages; policies: Policies; render: Render };

/**
 * Loads what was built. Throws `SettingError` when nothing was, or with another exit: it is frozen into the pages, and serving
 * another one than the setting would lead her elsewhere. Rejects as `loadPages` and `loadRender` do when the build is broken.
 */
export async function loadBuiltSite(exitUrl: string): Promise<BuiltSite> {
  if (!existsSync(builtFolder))
    throw new SettingError(
      'Le site n’est pas construit (npm run build ; le paquet : sudo un-premier-pas construire).',
    );
  const pages = loadPages(join(builtFolder, 'client'));
  if (!leadsTo(`${pages.byPath.get('/')?.identity}`, exitUrl)) throw new SettingError(otherExit);
  const rendering = join(builtFolder, 'server');
  const policies = policiesFor(readHashes(rendering), { plays: holdsSound(pages) });
  return { pages, policies, render: await loadRender(rendering) };
}

const otherExit =
  'Réglage EXIT_URL : les pages ont été construites avec une autre adresse (npm run build ; le paquet : sudo un-premier-pas construire).';
