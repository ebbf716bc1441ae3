// The words of what surrounds every page: leaving, urgent numbers, reading without leaving a trail. Other languages
// bring their own, with their page. A sentence says itself where a number or the hours stand in it: `{17}`, `{horaires}`.
import { hours, service } from './service.ts';

/** Each of them, by the name that translators see in the head of their page. */
export type InterfaceText = {
  quitter: string;
  quitter_effet: string;
  echap: string;
  contenu: string;
  danger: string;
  sans_parler: string;
  sms: string;
  discretion: string;
  discret: string;
  discret_effet: string;
  precedente: string;
  ma_demande: string;
  avis: string;
  chargement: string;
  reseau_faible: string;
  pas_arrivee: string;
  reessayer_possible: string;
  reessayer: string;
  appeler_aussi: string;
  service_du: string;
  noscript: string;
  /** When the line answers, as it stands inside a sentence. */
  horaires: string;
};

/** Those of the French pages. */
export const frenchText: InterfaceText = {
  quitter: 'Quitter le site',
  quitter_effet: 'Ouvre une page ordinaire à la place de ce site.',
  echap: ' Au clavier\u00a0: touche Échap, deux fois.',
  contenu: 'Aller au contenu',
  danger: 'En danger maintenant : {17} ou {112}',
  sans_parler: 'Sans parler : {114}',
  sms: 'SMS au {114}',
  discretion: 'Discrétion',
  discret: 'Mode discret',
  discret_effet:
    'Activé : les pages s’ouvrent à la même adresse, l’historique en garde moins. Désactivé : liens et bouton Retour habituels, pour cet onglet.',
  precedente: 'Page précédente',
  ma_demande: 'Revenir à ma demande',
  avis: 'Sur ce site, Retour ferme la page.',
  chargement: 'Chargement…',
  reseau_faible: 'Réseau faible ?',
  pas_arrivee: 'La page n’est pas arrivée.',
  reessayer_possible: 'Vous pouvez réessayer.',
  reessayer: 'Réessayer',
  appeler_aussi: 'Vous pouvez aussi appeler le {numero}, {horaires}.',
  service_du: `Un service du ${service.owner}.`,
  horaires: hours.written,
  noscript:
    'Sur ce navigateur, après « Quitter le site », le bouton Retour peut montrer de nouveau cette page.',
};
