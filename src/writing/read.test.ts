// Whoever edits a text learns what is wrong with it, in French, before anybody reads it.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { dayParts } from '../service/calendar.ts';
import { lineFrom } from '../service/service.ts';
import { ContentError, readContent } from './read.ts';

const folder = mkdtempSync(join(tmpdir(), 'textes-'));
after(() => rmSync(folder, { recursive: true }));
const ours = new URL('../content', import.meta.url).pathname;

test('the texts of the site are accepted', () => {
  const { facts, pages, languages } = readContent(ours);
  assert.ok(facts.size > 50 && pages.length > 15 && languages.length > 5);
});

const everySlot = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'].flatMap((day) =>
  dayParts.map((part) => `${day} ${part}`),
);

// File, what somebody typed, and in the place of what; then what is said of it.
const mistakes: [string, string, string, RegExp][] = [
  ['faits/ligne.json', '"9 h"', '"9h"', /faits\/ligne\.json, champ « ouvre » : une heure s’écrit « 9 h »/],
  ['faits/ligne.json', '"9 h"', '"18 h"', /champ « ouvre » : avant 12 h/],
  [
    'faits/ligne.json',
    '"fermetures": []',
    '"fermetures": ["7 mai"]',
    /champ « fermetures › 0 » : une date s’écrit 2027-05-07/,
  ],
  [
    'faits/ligne.json',
    '"fermetures": []',
    '"fermetures": ["2027-02-30"]',
    /champ « fermetures › 0 » : cette date n’existe pas au calendrier/,
  ],
  [
    'faits/ligne.json',
    '"creneaux_fermes": []',
    '"creneaux_fermes": ["jeudi matin", "jeudi soir"]',
    /faits\/ligne\.json, champ « creneaux_fermes › 1 » : un créneau fermé s’écrit « 2026-12-03 après-midi », ou « jeudi après-midi »/,
  ],
  [
    'faits/ligne.json',
    '"creneaux_fermes": []',
    '"creneaux_fermes": ["2026-12-05 matin"]',
    /champ « creneaux_fermes › 0 » : cette date n’est pas un jour de semaine du calendrier/,
  ],
  [
    'faits/ligne.json',
    '"creneaux_fermes": []',
    `"creneaux_fermes": ${JSON.stringify(Array(101).fill('jeudi matin'))}`,
    /champ « creneaux_fermes » : cent au plus : effacer les dates passées/,
  ],
  [
    'faits/ligne.json',
    '"creneaux_fermes": []',
    `"creneaux_fermes": ${JSON.stringify(everySlot)}`,
    /champ « creneaux_fermes » : plus aucun créneau ne reste dans la semaine/,
  ],
  [
    'faits/ligne.json',
    '"numero_affiche": ""',
    '"numero_affiche": "masqué"',
    /champ « numero_affiche » : une phrase entière, sur une ligne : une majuscule, un point ; ou rien/,
  ],
  [
    'faits/ligne.json',
    '"appel_hors_horaires": ""',
    `"appel_hors_horaires": "Une voix ${'longue '.repeat(30)}."`,
    /champ « appel_hors_horaires » : 160 caractères au plus/,
  ],
  [
    'faits/ligne.json',
    '"message_neutre": ""',
    '"message_neutre": "Bonjour, un premier pas vous rappelle."',
    /champ « message_neutre » : une autre personne peut l’écouter : ni nom de service, ni motif/,
  ],
  ['faits/ligne.json', '"lundi", ', '"Lundi", ', /champ « jours › 0 » : un jour parmi lundi/],
  [
    'faits/ligne.json',
    '"lundi", "mardi"',
    '"mardi", "lundi"',
    /champ « jours » : chaque jour une seule fois/,
  ],
  ['faits/ligne.json', '"01 89', '"0189', /champ « numero » : le numéro s’écrit par paires/],
  [
    'faits/ligne.json',
    '"à confirmer"',
    '"peut-être"',
    /champ « jours_feries » : « à confirmer », « ouvert » ou « fermé »/,
  ],
  ['faits/ligne.json', '"nom"', '"noms"', /faits\/ligne\.json.*noms/],
  [
    'faits/ligne.json',
    '"9 h",',
    '"9 h"',
    /faits\/ligne\.json : ce fichier ne se lit pas, vers la ligne 7 : une virgule/,
  ],
  [
    'faits/droit.json',
    '"12 mois"',
    '""',
    /faits\/droit\.json, champ « ordonnance-duree › texte » : ne peut pas rester vide/,
  ],
  [
    'faits/droit.json',
    '"confiance": "sûr"',
    '"confiance": "à confirmer"',
    /champ « .* › confiance » : un fait qui n’est pas « sûr » ne s’affiche pas, sauf si « decision » dit/,
  ],
  [
    'faits/droit.json',
    '"sources": [8, 63',
    '"sources": [999',
    /droit\.json, fait « .* », champ « sources » : la source 999 n’est pas dans sources\.json/,
  ],
  [
    'faits/numeros.json',
    '"tel:3919"',
    '"tel:3918"',
    /faits\/numeros\.json, champ « \d+ › lien » : le lien compose un autre numéro/,
  ],
  [
    'pages/apres.md',
    '{ordonnance-duree}',
    '12 mois',
    /pages\/apres\.md : un chiffre ou une durée est écrit dans le texte.*« .*12 mois/,
  ],
  [
    'pages/apres.md',
    '{ordonnance-duree}',
    'douze mois',
    /pages\/apres\.md : un chiffre ou une durée est écrit/,
  ],
  [
    'pages/apres.md',
    '{ordonnance-duree}',
    '{ordonance-duree}',
    /pages\/apres\.md : le fait « ordonance-duree » n’existe dans aucun fichier/,
  ],
  [
    'pages/apres.md',
    '{ordonnance-duree}',
    '{ordonnance-juge}',
    /pages\/apres\.md : \{ordonnance-juge\} ne peut pas s’afficher, ce fait n’a pas de « texte »/,
  ],
  [
    'pages/infos.md',
    '{reglage-hebergeur}',
    '{reglage-heberger}',
    /pages\/infos\.md : le fait « reglage-heberger » n’existe dans aucun fichier/,
  ],
  [
    'pages/apres.md',
    'titre: Après',
    'titre: Porter plainte',
    /pages\/apres\.md, champ « titre » : un mot trop parlant/,
  ],
  ['pages/apres.md', 'titre: Après', 'titre: Numéros', /Deux pages ont le même titre, « Numéros »/],
  [
    'pages/apres.md',
    'titre: Après',
    'titre: [Après',
    /pages\/apres\.md : l’en-tête entre les lignes « --- » ne se lit pas, vers la ligne/,
  ],
  ['pages/apres.md', 'entete:', 'en-tete:', /pages\/apres\.md, champ « entete »/],
  [
    'pages/numeros.md',
    'La ligne complète',
    'Reste à confirmer : la ligne complète',
    /pages\/numeros\.md, ligne 8 : un doute à nous, montré à qui lit : « .*Reste à confirmer »/,
  ],
  [
    'pages/numeros.md',
    "description: D'autres numéros de téléphone.",
    'description: Horaires non confirmés.',
    /pages\/numeros\.md, ligne 3 : un doute à nous/,
  ],
  [
    'partenaires/ecole.md',
    'Si vous le souhaitez',
    'Ses horaires : à compléter. Si vous le souhaitez',
    /partenaires\/ecole\.md, ligne \d+ : un doute à nous/,
  ],
  [
    'faits/numeros.json',
    '"tous les jours, dès 9 h"',
    '"horaires à vérifier"',
    /faits\/numeros\.json, ligne \d+ : un doute à nous, montré à qui lit : « horaires à vérifier »/,
  ],
  [
    'faits/ligne.json',
    '"appel_hors_horaires": ""',
    '"appel_hors_horaires": "Ce qui répond n’est pas connu."',
    /faits\/ligne\.json, ligne \d+ : un doute à nous/,
  ],
  [
    'langues/anglais.md',
    'relu: false',
    'relu: non',
    /langues\/anglais\.md, champ « relu » : « true » ou « false »/,
  ],
  [
    'faits/ligne.json',
    '"interpretes": []',
    '"interpretes": [{ "langue": "francais", "jours": ["lundi"], "ouvre": "9 h", "ferme": "17 h" }]',
    /champ « interpretes › 0 › langue » : une langue parmi anglais, arabe/,
  ],
];

for (const [file, right, wrong, said] of mistakes) {
  test(`${wrong} in ${file} is refused, with its file and its field`, () => {
    cpSync(ours, folder, { recursive: true });
    const source = readFileSync(join(folder, file), 'utf8');
    assert.ok(source.includes(right), `${file} does not hold ${right}`);
    writeFileSync(join(folder, file), source.replace(right, wrong));
    assert.throws(
      () => readContent(folder),
      (error) => error instanceof ContentError && said.test(error.message),
    );
  });
}

test('what the Département says of its calls is said as it wrote it, and the message is never empty', () => {
  const facts = readContent(ours).line;
  const empty = { ...facts, numero_affiche: '', message_neutre: '', appel_hors_horaires: '' };
  assert.deepEqual(lineFrom(empty).callbacks, {
    callerId: '',
    voicemail: 'Bonjour, je rappellerai.',
    closedCall: '',
  });
  const said = { numero_affiche: 'A.', message_neutre: 'B.', appel_hors_horaires: 'C.' };
  assert.deepEqual(lineFrom({ ...facts, ...said }).callbacks, {
    callerId: 'A.',
    voicemail: 'B.',
    closedCall: 'C.',
  });
});

test('every mistake is told at once', () => {
  cpSync(ours, folder, { recursive: true });
  for (const [file, right, wrong] of [mistakes[0], mistakes[9], mistakes[13]].filter((one) => !!one)) {
    writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace(right, wrong));
  }
  assert.throws(
    () => readContent(folder),
    (error) => String(error).split('\n- ').length === 4,
  );
});
