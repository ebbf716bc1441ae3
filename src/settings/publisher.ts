// What the law asks a site to say of who publishes it, given by the settings at build time. What is missing shows as
// such on the page, and the build names it.

/** Each name that the Département must give, by the placeholder that stands for it: its setting, and what it is. */
export const publisherNames = {
  'reglage-editeur-adresse': { setting: 'PUBLISHER_ADDRESS', what: 'adresse du Département' },
  'reglage-editeur-telephone': { setting: 'PUBLISHER_PHONE', what: 'téléphone du Département' },
  'reglage-editeur-courriel': { setting: 'PUBLISHER_EMAIL', what: 'courriel du Département' },
  'reglage-directeur-publication': { setting: 'PUBLICATION_DIRECTOR', what: 'directeur de la publication' },
  'reglage-hebergeur': { setting: 'HOSTING_PROVIDER', what: 'nom, adresse et téléphone de l’hébergeur' },
  'reglage-delegue': { setting: 'DPO_CONTACT', what: 'contact du délégué à la protection des données' },
  'reglage-accessibilite-contact': {
    setting: 'ACCESSIBILITY_CONTACT',
    what: 'contact pour l’accessibilité',
  },
} as const;

/** Whom to tell of a weakness: no page says it, only `/.well-known/security.txt`. */
export const securityName = {
  setting: 'SECURITY_CONTACT',
  what: 'où signaler une faiblesse : une adresse mailto:, https: ou tel:',
} as const;

/** What stands for a placeholder; undefined when it is none of these, or its setting is empty. */
export function publisherName(placeholder: string, environment: NodeJS.ProcessEnv): string | undefined {
  const known = publisherNames[placeholder as keyof typeof publisherNames];
  return known && (environment[known.setting]?.trim() || undefined);
}

/** The settings still empty, a line each, in French. */
export function missingNames(environment: NodeJS.ProcessEnv): string[] {
  return Object.values(publisherNames)
    .filter(({ setting }) => !environment[setting]?.trim())
    .map(({ setting, what }) => `${setting} (${what})`);
}
