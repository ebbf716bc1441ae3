// What the law asks a site to say of who publishes it and of what becomes of its data, given by the settings at build time. Of
// what is missing, a page says whom to ask; the build and `un-premier-pas verifier` name it.

const onRequest = 'à demander au Département';
const atDepartement = 'au Département du Val-de-Marne';

/** A setting, what it is, what a page says until it is given; `isOptional`: a site may open without it. */
type PublisherName = { setting: string; what: string; until: string; isOptional?: true };

/** Each thing that the Département must give, by its placeholder: its setting, what it is, what a page says until then. */
export const publisherNames: Record<string, PublisherName> = {
  'reglage-editeur-adresse': {
    setting: 'PUBLISHER_ADDRESS',
    what: 'adresse du Département',
    until: onRequest,
  },
  'reglage-editeur-telephone': {
    setting: 'PUBLISHER_PHONE',
    what: 'téléphone du Département',
    until: onRequest,
  },
  'reglage-editeur-courriel': {
    setting: 'PUBLISHER_EMAIL',
    what: 'courriel du Département, et où dire une erreur du site',
    until: onRequest,
  },
  'reglage-directeur-publication': {
    setting: 'PUBLICATION_DIRECTOR',
    what: 'directeur de la publication : sa fonction suffit',
    until: onRequest,
  },
  'reglage-hebergeur': {
    setting: 'HOSTING_PROVIDER',
    what: 'nom, adresse et téléphone de l’hébergeur',
    until: onRequest,
  },
  'reglage-messagerie': {
    setting: 'MAIL_PROVIDER',
    what: 'qui fournit la boîte de l’équipe',
    until: onRequest,
  },
  'reglage-duree-equipe': {
    setting: 'TEAM_RETENTION',
    what: 'durée pendant laquelle l’équipe garde le courriel d’une demande',
    until: onRequest,
  },
  'reglage-condition': {
    setting: 'SENSITIVE_DATA_GROUND',
    what: 'condition de l’article 9 du règlement européen, en mots simples',
    until: onRequest,
  },
  'reglage-delegue': {
    setting: 'DPO_CONTACT',
    what: 'contact du délégué à la protection des données',
    until: atDepartement,
  },
  'reglage-accessibilite-contact': {
    setting: 'ACCESSIBILITY_CONTACT',
    what: 'contact pour l’accessibilité : une adresse de courriel, ou un formulaire',
    until: atDepartement,
  },
  'reglage-pros-contact': {
    setting: 'PROS_CONTACT',
    what: 'contact des professionnels, pour un papier, un cadre, une question ; facultatif',
    until: atDepartement,
    isOptional: true,
  },
};

/** Whom to tell of a weakness: no page says it, only `/.well-known/security.txt`. */
export const securityName = {
  setting: 'SECURITY_CONTACT',
  what: 'où signaler une faiblesse : une adresse mailto:, https: ou tel:',
} as const;

/** What stands for a placeholder; undefined when it is none of these. */
export function publisherName(placeholder: string, environment: NodeJS.ProcessEnv): string | undefined {
  const known = publisherNames[placeholder];
  return known && (given(known.setting, environment) ?? known.until);
}

/** The settings without which no site opens, and that nobody has given, a line each, in French. */
export function missingNames(environment: NodeJS.ProcessEnv): string[] {
  return Object.values(publisherNames)
    .filter(({ setting, isOptional }) => !isOptional && !given(setting, environment))
    .map(({ setting, what }) => `${setting} (${what})`);
}

// The sample of settings says « à compléter » where nobody can guess, and exemple.fr elsewhere, which is somebody else's: neither
// is an answer, and no visitor reads it.
function given(setting: string, environment: NodeJS.ProcessEnv): string | undefined {
  const written = environment[setting]?.trim();
  return written && !/^[aà] compl[eé]ter|\bexemple\.fr\b/i.test(written) ? written : undefined;
}
