// The list of the open data, for a person who opens it in a browser as for a program.
import type { z } from 'zod';
import { service } from '../service/service.ts';
import { checked } from './checked.ts';
import { formats } from './formats.ts';
import { indexSchema } from './schemas.ts';

/** What whoever reads the data must know. No licence is among them: the Département has chosen none. */
export const conditions = [
  'Données publiques, sans clé ni compte. Tout site peut les lire.',
  'À lire depuis un serveur plutôt que depuis la page d’un visiteur : son appareil garderait l’adresse de ce site.',
  'Dans la version 1, un champ peut s’ajouter ; aucun ne change ni ne disparaît.',
  'Un jour férié dont « ouvert » est null, ou un « a_confirmer » vrai, s’affiche « à confirmer », jamais « ouvert ».',
] as const;

/** The list, for a site whose address may be unknown. */
export function indexFile(site: URL | undefined): z.output<typeof indexSchema> {
  return checked(formats.index.path, indexSchema, {
    version: '1',
    nom: `${service.name} : données ouvertes`,
    conditions: [...conditions],
    description: formats.openapi.path,
    fichiers: Object.values(formats).map(({ name, path, type, what, keptSeconds }) => ({
      nom: name,
      quoi: what,
      chemin: path,
      ...(site ? { adresse: new URL(path, site).href } : {}),
      type,
      cache_secondes: keptSeconds,
    })),
  });
}
