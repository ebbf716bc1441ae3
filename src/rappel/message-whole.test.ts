// The e-mail as the team reads it, word by word.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idOf } from './effects.fake.ts';
import { datesOf, everything, messageOf } from './message.fake.ts';
import { cancellationOf } from './message-cancellation.ts';

const receivedAt = new Date('2026-11-23T08:05:00Z');

test('required only: each rule is the strictest', () => {
  const { subject, text } = messageOf();
  assert.equal(subject, 'Demande abricot-lampe 01 – mar. 24 nov. 9 h');
  assert.equal(
    text,
    `Ce qui n’est pas précisé suit la règle la plus stricte.

INTERDITS
  - Appeler en dehors des moments ci-dessous, ou un jour férié : NON
  - SMS : NON
  - Message vocal : NON. Raccrocher avant le signal sonore.
  - Dire « Un premier pas », le Département ou le motif avant que la personne ait dit qu’elle peut parler : NON
  - Plus d’appel après le mardi 24 novembre 2026 à 12 h

NUMÉRO ET MOMENTS (heure de Paris, seulement à ces moments)
  01 99 00 12 34   (+33199001234)
  - mardi 24 novembre 2026, matin, 9 h – 12 h

PENDANT L’APPEL
  1. Dire d’abord : « Bonjour. »
  2. Demander : « Est-ce que vous pouvez parler ? » Attendre un oui.
  3. « Vous faites erreur », un silence, un non : s’excuser, raccrocher. NE PLUS RAPPELER, même s’il reste un essai.
  4. Une autre personne, ou un doute : raccrocher sans parler.

LA PERSONNE
  - Prénom : aucun, dire « Bonjour »
  - Langue : français
  - Essais : 1

SUIVI (objet seul, corps vide : ne jamais répondre à ce courriel, une réponse recopie le numéro)
  - Je m’en charge : mailto:equipe@example.org?subject=Je%20m%E2%80%99en%20charge%20abricot-lampe%2001
  - Jointe : mailto:equipe@example.org?subject=Jointe%20abricot-lampe%2001
  - Terminé : mailto:equipe@example.org?subject=Termin%C3%A9%20abricot-lampe%2001

Réf. abricot-lampe 01 reçue le lundi 23 novembre 2026 à 9 h 05 (heure de Paris)
`,
  );
});

test('everything answered: moments joined by day, one that has begun, two tries', () => {
  const { subject, text } = messageOf(everything);
  assert.equal(subject, 'Demande abricot-lampe 01 – lun. 23 nov. 9 h 05');
  assert.equal(
    text,
    `Ce qui n’est pas précisé suit la règle la plus stricte.

INTERDITS
  - Appeler en dehors des moments ci-dessous, ou un jour férié : NON
  - Surtout pas : « mercredi toute la journée » (si cela contredit un moment : ne pas appeler)
  - SMS : NON
  - Message vocal : OUI, en disant « Un premier pas », jamais le motif (une autre personne peut l’écouter)
  - Dire « Un premier pas », le Département ou le motif avant que la personne ait dit qu’elle peut parler : NON (sauf ce message vocal)
  - Plus d’appel après le jeudi 26 novembre 2026 à 17 h

NUMÉRO ET MOMENTS (heure de Paris, seulement à ces moments)
  01 99 00 56 78   (+33199005678)
  - lundi 23 novembre 2026, matin, à partir de 9 h 05, jusqu’à 12 h
  - mardi 24 novembre 2026, midi, 12 h – 14 h
  - jeudi 26 novembre 2026, midi et après-midi, 12 h – 17 h

PENDANT L’APPEL
  1. Dire d’abord : « hirondelle ».
  2. Demander : « Est-ce que vous pouvez parler ? » Attendre un oui.
  3. « Vous faites erreur », un silence, un non : s’excuser, raccrocher. NE PLUS RAPPELER, même s’il reste un essai.
  4. Une autre personne, ou un doute : dire « C’est pour le jardin partagé », puis RACCROCHER.
     Ne pas dire la phrase si elle nous fait passer pour un médecin, la police ou un tribunal : raccrocher.
     Une autre personne a répondu : plus d’autre essai.

LA PERSONNE
  - Prénom à dire, vrai ou inventé : « Zoé »
  - Langue : français
  - Essais : 2, à une heure d’écart au moins, dans ces moments. Un seul si une autre personne a répondu.

SUIVI (objet seul, corps vide : ne jamais répondre à ce courriel, une réponse recopie le numéro)
  - Je m’en charge : mailto:equipe@example.org?subject=Je%20m%E2%80%99en%20charge%20abricot-lampe%2001
  - Jointe : mailto:equipe@example.org?subject=Jointe%20abricot-lampe%2001
  - Terminé : mailto:equipe@example.org?subject=Termin%C3%A9%20abricot-lampe%2001

Réf. abricot-lampe 01 reçue le lundi 23 novembre 2026 à 9 h 05 (heure de Paris)
`,
  );
});

test('a number overseas, a neutral message, « erreur de numéro »', () => {
  const { subject, text } = messageOf({
    tel: '0692 12 34 56',
    tiers: 'erreur',
    message: 'neutre',
    essais: '2',
  });
  assert.equal(subject, 'Demande abricot-lampe 01 – mar. 24 nov. 9 h');
  assert.equal(
    text,
    `Ce qui n’est pas précisé suit la règle la plus stricte.

INTERDITS
  - Appeler en dehors des moments ci-dessous, ou un jour férié : NON
  - SMS : NON
  - Message vocal : OUI, ces mots et aucun autre : « Bonjour, je rappellerai. »
  - Dire « Un premier pas », le Département ou le motif avant que la personne ait dit qu’elle peut parler : NON
  - Plus d’appel après le mardi 24 novembre 2026 à 12 h

NUMÉRO ET MOMENTS (heure de Paris, seulement à ces moments)
  +262 692 12 34 56   (+262692123456)
  - mardi 24 novembre 2026, matin, 9 h – 12 h

PENDANT L’APPEL
  1. Dire d’abord : « Bonjour. »
  2. Demander : « Est-ce que vous pouvez parler ? » Attendre un oui.
  3. « Vous faites erreur », un silence, un non : s’excuser, raccrocher. NE PLUS RAPPELER, même s’il reste un essai.
  4. Une autre personne, ou un doute : dire « erreur de numéro », puis RACCROCHER.
     Une autre personne a répondu : plus d’autre essai.

LA PERSONNE
  - Prénom : aucun, dire « Bonjour »
  - Langue : français
  - Essais : 2, à une heure d’écart au moins, dans ces moments. Un seul si une autre personne a répondu.

À SAVOIR
  - Numéro hors de France métropolitaine : les moments restent à l’heure de Paris.

SUIVI (objet seul, corps vide : ne jamais répondre à ce courriel, une réponse recopie le numéro)
  - Je m’en charge : mailto:equipe@example.org?subject=Je%20m%E2%80%99en%20charge%20abricot-lampe%2001
  - Jointe : mailto:equipe@example.org?subject=Jointe%20abricot-lampe%2001
  - Terminé : mailto:equipe@example.org?subject=Termin%C3%A9%20abricot-lampe%2001

Réf. abricot-lampe 01 reçue le lundi 23 novembre 2026 à 9 h 05 (heure de Paris)
`,
  );
});

test('a week with a public holiday: the next day of that name that is none, and whose place it takes', () => {
  const { subject, text } = messageOf(
    { quand: ['lun-matin', 'jeu-matin', 'ven-matin', 'ven-midi'] },
    { receivedAt: new Date('2026-12-21T08:05:00Z') },
  );
  assert.equal(subject, 'Demande abricot-lampe 01 – lun. 21 déc. 9 h 05');
  assert.equal(
    text,
    `Ce qui n’est pas précisé suit la règle la plus stricte.

INTERDITS
  - Appeler en dehors des moments ci-dessous, ou un jour férié : NON
  - SMS : NON
  - Message vocal : NON. Raccrocher avant le signal sonore.
  - Dire « Un premier pas », le Département ou le motif avant que la personne ait dit qu’elle peut parler : NON
  - Plus d’appel après le vendredi 8 janvier 2027 à 14 h

NUMÉRO ET MOMENTS (heure de Paris, seulement à ces moments)
  01 99 00 12 34   (+33199001234)
  - lundi 21 décembre 2026, matin, à partir de 9 h 05, jusqu’à 12 h
  - jeudi 24 décembre 2026, matin, 9 h – 12 h
  - vendredi 8 janvier 2027, matin et midi, 9 h – 14 h (à la place du vendredi 25 décembre 2026, férié ou fermé)

PENDANT L’APPEL
  1. Dire d’abord : « Bonjour. »
  2. Demander : « Est-ce que vous pouvez parler ? » Attendre un oui.
  3. « Vous faites erreur », un silence, un non : s’excuser, raccrocher. NE PLUS RAPPELER, même s’il reste un essai.
  4. Une autre personne, ou un doute : raccrocher sans parler.

LA PERSONNE
  - Prénom : aucun, dire « Bonjour »
  - Langue : français
  - Essais : 1

SUIVI (objet seul, corps vide : ne jamais répondre à ce courriel, une réponse recopie le numéro)
  - Je m’en charge : mailto:equipe@example.org?subject=Je%20m%E2%80%99en%20charge%20abricot-lampe%2001
  - Jointe : mailto:equipe@example.org?subject=Jointe%20abricot-lampe%2001
  - Terminé : mailto:equipe@example.org?subject=Termin%C3%A9%20abricot-lampe%2001

Réf. abricot-lampe 01 reçue le lundi 21 décembre 2026 à 9 h 05 (heure de Paris)
`,
  );
});

test('all fifteen moments: one sentence, and the days that it leaves out', () => {
  const { subject, text } = messageOf({ quand: 'tous' }, { receivedAt: new Date('2026-11-23T12:30:00Z') });
  assert.equal(subject, 'Demande abricot-lampe 01 – lun. 23 nov. 14 h');
  assert.equal(
    text,
    `Ce qui n’est pas précisé suit la règle la plus stricte.

INTERDITS
  - Appeler en dehors des moments ci-dessous, ou un jour férié : NON
  - SMS : NON
  - Message vocal : NON. Raccrocher avant le signal sonore.
  - Dire « Un premier pas », le Département ou le motif avant que la personne ait dit qu’elle peut parler : NON
  - Plus d’appel après le lundi 30 novembre 2026 à 14 h

NUMÉRO ET MOMENTS (heure de Paris, seulement à ces moments)
  01 99 00 12 34   (+33199001234)
  - à tout moment d’ouverture (9 h – 17 h), du lundi 23 novembre 2026 à 14 h au lundi 30 novembre 2026 à 14 h
  - mais pas : samedi 28 novembre 2026, dimanche 29 novembre 2026

PENDANT L’APPEL
  1. Dire d’abord : « Bonjour. »
  2. Demander : « Est-ce que vous pouvez parler ? » Attendre un oui.
  3. « Vous faites erreur », un silence, un non : s’excuser, raccrocher. NE PLUS RAPPELER, même s’il reste un essai.
  4. Une autre personne, ou un doute : raccrocher sans parler.

LA PERSONNE
  - Prénom : aucun, dire « Bonjour »
  - Langue : français
  - Essais : 1

SUIVI (objet seul, corps vide : ne jamais répondre à ce courriel, une réponse recopie le numéro)
  - Je m’en charge : mailto:equipe@example.org?subject=Je%20m%E2%80%99en%20charge%20abricot-lampe%2001
  - Jointe : mailto:equipe@example.org?subject=Jointe%20abricot-lampe%2001
  - Terminé : mailto:equipe@example.org?subject=Termin%C3%A9%20abricot-lampe%2001

Réf. abricot-lampe 01 reçue le lundi 23 novembre 2026 à 13 h 30 (heure de Paris)
`,
  );
});

test('another language, from who may be a machine', () => {
  const { subject, text } = messageOf(
    { langue: 'தமிழ்', eviter: 'நண்பகல்', mot: 'hirondelle' },
    { isUnverified: true },
  );
  assert.equal(subject, 'Demande abricot-lampe 01 – mar. 24 nov. 9 h');
  assert.equal(
    text,
    `Ce qui n’est pas précisé suit la règle la plus stricte.

INTERDITS
  - Appeler en dehors des moments ci-dessous, ou un jour férié : NON
  - Surtout pas : « நண்பகல் » (si cela contredit un moment : ne pas appeler)
  - SMS : NON
  - Message vocal : NON. Raccrocher avant le signal sonore.
  - Dire « Un premier pas », le Département ou le motif avant que la personne ait dit qu’elle peut parler : NON
  - Plus d’appel après le mardi 24 novembre 2026 à 12 h

NUMÉRO ET MOMENTS (heure de Paris, seulement à ces moments)
  01 99 00 12 34   (+33199001234)
  - mardi 24 novembre 2026, matin, 9 h – 12 h

PENDANT L’APPEL
  1. Dire d’abord : « hirondelle ».
  2. Demander : « Est-ce que vous pouvez parler ? » Attendre un oui.
  3. « Vous faites erreur », un silence, un non : s’excuser, raccrocher. NE PLUS RAPPELER, même s’il reste un essai.
  4. Une autre personne, ou un doute : raccrocher sans parler.

LA PERSONNE
  - Prénom : aucun, dire « Bonjour »
  - Langue : « தமிழ் ». Prévoir avant d’appeler. Rien n’a été promis.
  - Essais : 1

À SAVOIR
  - Demande non vérifiée : peut-être un envoi automatique. La traiter comme les autres.
  - Textes à faire traduire avant tout appel.

SUIVI (objet seul, corps vide : ne jamais répondre à ce courriel, une réponse recopie le numéro)
  - Je m’en charge : mailto:equipe@example.org?subject=Je%20m%E2%80%99en%20charge%20abricot-lampe%2001
  - Jointe : mailto:equipe@example.org?subject=Jointe%20abricot-lampe%2001
  - Terminé : mailto:equipe@example.org?subject=Termin%C3%A9%20abricot-lampe%2001

Réf. abricot-lampe 01 reçue le lundi 23 novembre 2026 à 9 h 05 (heure de Paris)
`,
  );
});

test('replaced: what the first one held comes before anything else', () => {
  const { subject, text } = messageOf(
    { quand: 'ven-midi' },
    { replaces: { id: idOf(7), dates: datesOf(['lun-matin']), lost: ['avoid', 'codeWord'] } },
  );
  assert.equal(subject, 'REMPLACE abricot-lampe 07 par abricot-lampe 01 – ven. 27 nov. 12 h');
  assert.equal(
    text,
    `La demande remplacée portait un « surtout pas » et un mot : les relire dans réf. abricot-lampe 07. Le « surtout pas » vaut encore.

REMPLACE la demande réf. abricot-lampe 07
Ne plus appeler pour abricot-lampe 07. Si elle n’est pas dans la boîte, son « surtout pas » n’est connu de personne : dans le doute, ne pas appeler.
Retirer de l’agenda les créneaux réf. abricot-lampe 07.

Ce qui n’est pas précisé suit la règle la plus stricte.

INTERDITS
  - Appeler en dehors des moments ci-dessous, ou un jour férié : NON
  - SMS : NON
  - Message vocal : NON. Raccrocher avant le signal sonore.
  - Dire « Un premier pas », le Département ou le motif avant que la personne ait dit qu’elle peut parler : NON
  - Plus d’appel après le vendredi 27 novembre 2026 à 14 h

NUMÉRO ET MOMENTS (heure de Paris, seulement à ces moments)
  01 99 00 12 34   (+33199001234)
  - vendredi 27 novembre 2026, midi, 12 h – 14 h

PENDANT L’APPEL
  1. Dire d’abord : « Bonjour. »
  2. Demander : « Est-ce que vous pouvez parler ? » Attendre un oui.
  3. « Vous faites erreur », un silence, un non : s’excuser, raccrocher. NE PLUS RAPPELER, même s’il reste un essai.
  4. Une autre personne, ou un doute : raccrocher sans parler.

LA PERSONNE
  - Prénom : aucun, dire « Bonjour »
  - Langue : français
  - Essais : 1

SUIVI (objet seul, corps vide : ne jamais répondre à ce courriel, une réponse recopie le numéro)
  - Je m’en charge : mailto:equipe@example.org?subject=Je%20m%E2%80%99en%20charge%20abricot-lampe%2001
  - Jointe : mailto:equipe@example.org?subject=Jointe%20abricot-lampe%2001
  - Terminé : mailto:equipe@example.org?subject=Termin%C3%A9%20abricot-lampe%2001

Réf. abricot-lampe 01 reçue le lundi 23 novembre 2026 à 9 h 05 (heure de Paris)
`,
  );
});

test('cancelled: not to call, and not to call back to check', () => {
  const { subject, text } = cancellationOf(
    { id: idOf(7), receivedAt, dates: datesOf(['lun-matin']) },
    new Date('2026-12-01T23:30:00Z'),
    [],
  );
  assert.equal(subject, 'ANNULÉE abricot-lampe 07');
  assert.equal(
    text,
    `ANNULATION réf. abricot-lampe 07

NE PLUS APPELER pour cette demande : la personne l’a annulée.
Ne pas la rappeler pour vérifier.
Si la demande n’est pas dans la boîte, il n’y a rien à faire.
Retirer de l’agenda les créneaux réf. abricot-lampe 07.

Annulée le mercredi 2 décembre 2026 à 0 h 30 (heure de Paris)
`,
  );
});

test('read in another language: said where the person is described, what was typed to be translated, boxes in French', () => {
  const slots = ['mar-matin', 'mer-matin', 'jeu-matin'];
  const answers = { quand: slots, eviter: ['mer-matin', 'lun-midi'], mot: 'பறவை', essais: '1' };
  const { text } = messageOf(answers, { tongue: 'tamoul' });
  assert.equal(
    text,
    `Ce qui n’est pas précisé suit la règle la plus stricte.

INTERDITS
  - Appeler en dehors des moments ci-dessous, ou un jour férié : NON
  - Surtout pas : lundi midi, mercredi matin (si cela contredit un moment : ne pas appeler)
  - SMS : NON
  - Message vocal : NON. Raccrocher avant le signal sonore.
  - Dire « Un premier pas », le Département ou le motif avant que la personne ait dit qu’elle peut parler : NON
  - Plus d’appel après le jeudi 26 novembre 2026 à 12 h

NUMÉRO ET MOMENTS (heure de Paris, seulement à ces moments)
  01 99 00 12 34   (+33199001234)
  - mardi 24 novembre 2026, matin, 9 h – 12 h
  - jeudi 26 novembre 2026, matin, 9 h – 12 h

PENDANT L’APPEL
  1. Dire d’abord : « பறவை ».
  2. Demander : « Est-ce que vous pouvez parler ? » Attendre un oui.
  3. « Vous faites erreur », un silence, un non : s’excuser, raccrocher. NE PLUS RAPPELER, même s’il reste un essai.
  4. Une autre personne, ou un doute : raccrocher sans parler.

LA PERSONNE
  - Prénom : aucun, dire « Bonjour »
  - Langue : formulaire lu en tamoul. Prévoir avant d’appeler. Rien n’a été promis.
  - Essais : 1

À SAVOIR
  - À FAIRE TRADUIRE AVANT TOUT APPEL : les mots entre guillemets.

SUIVI (objet seul, corps vide : ne jamais répondre à ce courriel, une réponse recopie le numéro)
  - Je m’en charge : mailto:equipe@example.org?subject=Je%20m%E2%80%99en%20charge%20abricot-lampe%2001
  - Jointe : mailto:equipe@example.org?subject=Jointe%20abricot-lampe%2001
  - Terminé : mailto:equipe@example.org?subject=Termin%C3%A9%20abricot-lampe%2001

Réf. abricot-lampe 01 reçue le lundi 23 novembre 2026 à 9 h 05 (heure de Paris)
`,
  );
  const bare = messageOf({}, { tongue: 'arabe' }).text;
  assert.match(bare, /Langue : formulaire lu en arabe\. Prévoir/);
  assert.doesNotMatch(bare, /TRADUIRE/);
  assert.match(
    messageOf({ langue: 'Kurdî' }, { tongue: 'turc' }).text,
    /Langue : « Kurdî », formulaire lu en turc\. Prévoir/,
  );
  assert.match(messageOf({}, { tongue: 'turc', given: ['c'.repeat(32)] }).text, /formulaire lu en turc/);
});
