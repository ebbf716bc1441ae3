// `un-premier-pas`: every command of who runs the site, beside it or without it. `bin/un-premier-pas` starts it from any folder,
// `deploy/commande` under the account of the service, `npm run boite` and `npm run verifier` as before.
import type { Command } from '../command-line/command.ts';
import { readWords } from '../command-line/read-words.ts';
import { codeOf } from '../rappel/journal.ts';
import { trustSystemAuthorities } from '../server/authorities.ts';
import { SettingError } from '../settings/setting-error.ts';
import { version } from '../settings/version.ts';

const file = {
  name: 'FICHIER',
  question: 'Quel fichier ? Par exemple',
  example: 'copie.sqlite',
  pattern: /./,
};

const all: Record<string, Command> = {
  etat: {
    what: 'combien de demandes attendent, depuis quand, et les alarmes',
    more: `Demande aussi au site, s’il tourne, ce qu’il voit. Ne change rien.
Les alarmes et ce qu’elles demandent : docs/exploitation.md, « L’état ». Fin 1 si l’état est « red ».`,
    load: () => import('./state.ts'),
  },
  relancer: {
    what: 'tout réessayer maintenant',
    more: 'Lève les attentes laissées par les refus. Le site, s’il tourne, envoie dans la seconde.',
    load: () => import('./retry.ts'),
  },
  essai: {
    what: 'envoyer une demande d’essai, et attendre que le serveur de courriel l’accepte',
    more: 'Elle va à TEST_TO, ou sans lui à l’équipe. Le site doit tourner. Fin 1 après 90 secondes sans réponse.',
    load: () => import('./test-request.ts'),
  },
  exercice: {
    what: 'envoyer à TEST_TO cinq demandes inventées, pour apprendre à les lire',
    more: 'Le site doit tourner. Refusé sans TEST_TO, ou si c’est MAIL_TO. À lire avec docs/equipe.md.',
    load: () => import('./exercise.ts'),
  },
  bilan: {
    what: 'les nombres d’une année, mois par mois, sans personne dedans (CSV)',
    more: 'Site en marche ou non. Pour le garder : un-premier-pas bilan 2026 > bilan.csv',
    takes: {
      name: 'ANNÉE',
      question: 'Quelle année ? En quatre chiffres',
      example: '2026',
      pattern: /^20\d\d$/,
    },
    load: () => import('./yearly-report.ts'),
  },
  verifier: {
    what: 'cette machine est-elle prête à ouvrir ?',
    more: `Regarde et demande, une ligne par point ; ne change rien, n’envoie rien, et le site peut tourner.
Les règles de la production valent toujours ici. Fin 1 s’il y a quelque chose à corriger.`,
    load: () => import('./preflight.ts'),
  },
  reglages: {
    what: 'le site démarrerait-il avec ces réglages ?',
    more: `Lit tout ce que lit un démarrage : réglages, secrets, pages construites, clés, version de la boîte d’envoi.
Dit toutes les fautes à la fois. Ne démarre rien, n’arrête rien. Fin 2 s’il y a une faute.`,
    load: () => import('./settings.ts'),
  },
  redemarrer: {
    what: 'vérifier les réglages, puis redémarrer le service',
    more: `Une faute laisse tourner le site d’avant, et se nomme : fin 2. Demande systemd :
sudo /srv/un-premier-pas/actuelle/deploy/commande redemarrer`,
    load: () => import('./restart.ts'),
  },
  relire: {
    what: 'relire la boîte d’envoi entière',
    more: 'Compte ce qui est entier, et ce qui ne s’ouvre pas. Ne change rien. Fin 1 s’il y a des illisibles.',
    load: () => import('./reread.ts'),
  },
  sauvegarder: {
    what: 'copier la boîte d’envoi, site en marche ou non',
    more: 'La copie ne tient que des octets fermés, pour vous seul. Elle remplace la précédente.',
    takes: file,
    load: () => import('./copy.ts'),
  },
  restaurer: {
    what: 'mettre une copie en place, site arrêté',
    more: `Dit ce qui partira de nouveau. La boîte d’avant est mise de côté, jamais effacée. Refusé tant que le site tourne.
« - » pour FICHIER : ce qui entre par le tube. Avec PostgreSQL, dit la commande pg_restore.`,
    takes: file,
    options: { '--remplacer': 'même si des demandes attendent dans la boîte en place' },
    load: () => import('./restore.ts'),
  },
};

const commands = new Map(Object.entries(all));

const reading = readWords(withoutBox(process.argv.slice(2)), commands);
process.exit(await codeFor()); // a server that says nothing does not hold us

async function codeFor(): Promise<number> {
  if (reading.kind === 'refusal') return say(2, reading.text);
  if (reading.kind === 'run') return codeOfRun(reading);
  console.log(reading.kind === 'version' ? version : reading.text); // before any setting is read: a wrong one hides nothing
  return 0;
}

async function codeOfRun({ command, ...words }: Extract<typeof reading, { kind: 'run' }>): Promise<number> {
  trustSystemAuthorities(); // of the database
  try {
    const { run } = await command.load();
    return (await run({ ...words, environment: process.env })) ? 0 : 1;
  } catch (error) {
    if (error instanceof SettingError) return say(2, error.message);
    return say(1, `La boîte d’envoi ne répond pas (${codeOf(error)}).`);
  }
}

function say(code: number, words: string): number {
  console.error(words);
  return code;
}

// As they were called before there was one command: `boite`, alone or before a word, and its own `verifier`.
function withoutBox(words: string[]): string[] {
  if (words[0] !== 'boite') return words;
  const [word = 'etat', ...rest] = words.slice(1);
  return [word === 'verifier' ? 'relire' : word, ...rest];
}
