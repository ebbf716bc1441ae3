// The shapes that we promise to those who read our data. In a version, a field may be added; none changes or goes away.
import { z } from 'zod';

const day = z.iso.date();
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'une heure de 00:00 à 23:59');
const text = z.string().min(1);
const path = z.string().regex(/^\/[a-z0-9./-]*$/, 'un chemin du site');
const asOf = z
  .string()
  .regex(/^\d{4}(-\d{2}){0,2}$/, 'une date : 2024, 2024-06 ou 2024-06-13')
  .describe('Date de la source la plus récente, ou de la dernière vérification par l’équipe.');
const address = z.url().optional().describe('Adresse entière, quand le site connaît la sienne.');

const number = z
  .object({
    ecrit: z.string().regex(/^0[1-9]( \d{2}){4}$/, 'un numéro écrit par paires'),
    e164: z.string().regex(/^\+33[1-9]\d{8}$/, 'un numéro français au format E.164'),
    surtaxe: z.literal(false),
    connu_au: asOf,
  })
  .refine(({ ecrit, e164 }) => `+33${ecrit.replaceAll(' ', '').slice(1)}` === e164, {
    path: ['e164'],
    error: 'compose un autre numéro que celui qui est écrit',
  });

const hours = z
  .object({
    fuseau: z.literal('Europe/Paris'),
    jours: z.array(z.int().min(1).max(7)).min(1).describe('Jours ISO : lundi est 1, dimanche est 7.'),
    ouvre: time,
    ferme: time,
    ecrits: text,
    connus_au: asOf,
  })
  .refine(({ ouvre, ferme }) => ouvre < ferme, { path: ['ferme'], error: 'avant l’heure d’ouverture' });

const holiday = z.object({
  date: day,
  nom: text,
  ouvert: z.boolean().nullable().describe('`null` : à confirmer.'),
});

/** What `service.json` says. */
export const serviceSchema = z
  .object({
    version: z.literal('1'),
    date: day.describe('Jour où ce fichier a été fait.'),
    nom: text,
    proprietaire: text,
    numero: number,
    horaires: hours,
    jours_feries: z.object({
      regle: z.enum(['à confirmer', 'ouvert', 'fermé']),
      jours: z.array(holiday).describe('Ceux de l’année de `date` et de la suivante.'),
    }),
    fermetures: z.array(day).describe('Jours de fermeture exceptionnelle.'),
    secours: z
      .array(
        z.object({
          nom: text,
          numero: z.string().regex(/^\d+$/),
          moyen: z.enum(['appel', 'sms']),
          lien: z.string().regex(/^(tel|sms):\d+$/),
        }),
      )
      .describe('En cas de danger immédiat : la ligne n’est pas un numéro d’urgence.'),
    pages: z.array(z.object({ chemin: path, titre: text, langue: text, adresse: address })).min(1),
    donnees: z.array(z.object({ chemin: path, type: text, quoi: text, adresse: address })).min(1),
  })
  .meta({ title: 'Service', description: 'La ligne, telle que le site la montre.' });

/** What the list of the data says. */
export const indexSchema = z
  .object({
    version: z.literal('1'),
    nom: text,
    conditions: z.array(text).min(1).describe('Ce qu’il faut savoir avant de s’en servir.'),
    description: path.describe('Ces fichiers pour un programme, en OpenAPI.'),
    fichiers: z
      .array(
        z.object({
          nom: text,
          quoi: text,
          chemin: path,
          adresse: address,
          type: text,
          cache_secondes: z.int().positive().describe('Combien de temps une copie reste bonne.'),
        }),
      )
      .min(1),
  })
  .meta({ title: 'Sommaire', description: 'Les données ouvertes du site.' });

/** What `ouvert.json` says. */
export const nowSchema = z
  .object({
    ouvert: z.boolean(),
    prochaine_ouverture: z.iso
      .datetime({ offset: true })
      .nullable()
      .describe('Instant, avec le décalage de Paris ; `null` si aucune dans l’année.'),
    a_confirmer: z
      .boolean()
      .describe('Aujourd’hui est un jour férié, et rien ne dit encore si la ligne répond.'),
    prochaine_a_confirmer: z.boolean().describe('De même, pour le jour de la prochaine ouverture.'),
  })
  .meta({ title: 'Ouvert', description: 'La ligne répond-elle, à l’instant de la demande.' });

/** A shape as JSON Schema. Fields that it does not name are allowed, so that a version can grow. */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  return { ...z.toJSONSchema(schema, { io: 'input' }) };
}
