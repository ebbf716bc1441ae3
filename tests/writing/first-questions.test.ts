// What people ask first of each page, and the words that answer them there. A page may be rewritten freely, as long as nobody
// who comes to it with one of these questions leaves without an answer, or without the way to one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BuiltPage, blocksOf, builtPages } from './built.ts';

/** A question in the words of who asks; words that answer it, all of them; or the page that does, in a link of a sentence. */
type Question = [asked: string, answers: RegExp[], leadsTo?: string];

const firstQuestions: Record<string, Question[]> = {
  '/': [
    ['Est-ce que c’est ouvert ?', [/du lundi au vendredi/i]],
    ['Combien ça coûte ?', [/surtaxé/]],
    ['Qui le saura ?', [], '/appeler'],
    ['Et maintenant que c’est fermé ?', [/3919/, /116 006/]],
    ['Et pour un homme, le soir ?', [/hommes/, /116 006/]],
    ['Et si l’on m’appelle, plutôt ?', [], '/contact'],
    ['Je m’inquiète pour quelqu’un.', [], '/proches'],
  ],
  '/appeler': [
    ['Comment se passe l’appel ?', [/écoute/, /raccrocher à tout moment/]],
    ['Mon nom ?', [/\bnom\b/]],
    ['Qui le saura ? Est-ce secret ?', [/secret/, /limite/]],
    ['Et mes enfants ?', [/enfant en danger/, /Département/, /protège aussi les enfants/]],
    ['L’autre verra-t-il cet appel ?', [/journal/, /facture/]],
    ['Et si je ne peux pas appeler d’ici ?', [/téléphone d’une personne de confiance/]],
    ['Et si je ne dis rien ?', [/même sans un mot|sans parler/]],
  ],
  '/contact': [
    ['Où puis-je être appelé sans risque ?', [/sans risque/, /personne de confiance/]],
    ['Que verra l’autre ?', [/appel reçu, même manqué, reste dans le journal/, /y laisse une trace/]],
    ['Et si quelqu’un d’autre répond ?', [/nous raccrochons sans parler/]],
    ['Et si ce n’est plus le bon moment ?', [/« vous faites erreur »/, /ne rappelons pas/]],
    ['Qui lit ce que j’écris, combien de temps ?', [/à l’équipe/, /efface/], '/donnees'],
    ['Mon nom ? Est-ce secret ?', [/\bnom\b/, /secret/], '/appeler'],
    ['Et si je change d’avis ?', [/annuler/], '/contact/annuler'],
  ],
  '/reperes': [['Est-ce que cela compte, et que puis-je faire ?', [/appeler/]]],
  '/apres': [
    ['Suis-je obligé de porter plainte ?', [/plainte/]],
    ['Que fait un certificat ?', [/certificat/i]],
    ['Combien coûte un avocat ?', [/avocat/, /aide juridictionnelle/]],
    ['Puis-je partir avec mes enfants ?', [/enfants/, /domicile/]],
    ['Et sans papiers ?', [/papiers|titre de séjour/]],
    ['Et après un viol ?', [/viol/]],
  ],
  '/preparer': [
    ['Que prendre ?', [/sac/, /papiers/i]],
    ['Et mes enfants ?', [/enfants/]],
    ['Et si cela éclate ?', [/(?<!\d)17(?!\d)/]],
    ['Et où dormir ?', [/(?<!\d)115(?!\d)/]],
  ],
  '/proches': [
    ['Que dire ?', [/écouter|écoute/i]],
    ['Et si elle, ou lui, ne veut pas ?', [/refuse|rythme|ne veut pas/]],
    ['Et si j’entends crier ?', [/(?<!\d)17(?!\d)/]],
    ['Puis-je appeler ?', [/appeler/]],
  ],
  '/numeros': [
    ['Qui répond la nuit ?', [/nuit/]],
    ['Et pour un homme ?', [/116 006/, /hommes?/]],
    ['Et pour un parent âgé ?', [/3133/, /âge/]],
    ['Où dormir ce soir ?', [/(?<!\d)115(?!\d)/, /dormir/]],
    ['Et pour un enfant ?', [/(?<!\d)119(?!\d)/]],
  ],
  '/pros': [
    ['Puis-je le signaler sans son accord ?', [/accord/, /secret/]],
    ['Que faire d’un certificat ?', [/certificat/i]],
    ['Comment reconnaître le danger ?', [/danger/]],
    ['Et sans langue commune ?', [/interprète/]],
  ],
  '/reglages': [
    ['Que faire, là, maintenant ?', [/Partir/, /Effacer/, /autre téléphone/]],
    ['Que voit l’autre ?', [/historique/, /facture/]],
    ['Mon téléphone est-il surveillé ?', [/doute/, /Aucun signe n’est une preuve/]],
  ],
  '/facile': [
    ['Quand ?', [/du lundi au vendredi/i]],
    ['Comment partir d’ici ?', [/Quitter le site/]],
    ['Et la nuit ?', [/3919/, /116 006/]],
    ['Que laisse un appel ?', [/reste noté dans le téléphone/, /facture/]],
    ['Comment être rappelé ?', [/numéro où l’autre ne répond pas/, /Envoyer ma demande/], '/contact'],
    ['Et en danger ?', [/(?<!\d)17(?!\d)/, /SMS au 114/]],
  ],
  '/donnees': [
    ['Qui garde cela ?', [/Département/]],
    ['Combien de temps ?', [/efface/]],
    ['Que puis-je demander ?', [/droit/i, /CNIL/]],
  ],
};

for (const [path, questions] of Object.entries(firstQuestions)) {
  const page = builtPages.find((one) => one.path === path);
  for (const question of questions)
    test(`${path} answers « ${question[0]} »`, () => {
      assert.ok(page, 'no such page');
      assert.deepEqual(unanswered(question, page), []);
    });
}

test('a question that a page leaves open is seen', () => {
  const page = builtPages.find(({ path }) => path === '/404');
  assert.ok(page);
  assert.deepEqual(unanswered(['Où ?', [/n’existe pas/, /licorne/], '/nulle-part'], page), [
    /licorne/,
    '/nulle-part',
  ]);
});

// The footer leads everywhere: only a link of the page itself answers.
function unanswered([, answers, leadsTo]: Question, page: BuiltPage): (RegExp | string)[] {
  const said = blocksOf(page).join('\n').replace(/\s/g, ' ');
  const isMissing = leadsTo !== undefined && page.$(`main a[href="${leadsTo}"]`).length === 0;
  return [...answers.filter((answer) => !answer.test(said)), ...(isMissing ? [leadsTo] : [])];
}
