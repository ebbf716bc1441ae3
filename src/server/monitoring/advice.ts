// What to do for each alarm, in French, for who is told outside: an alert, Prometheus. The guide says the same, word for word,
// and has a part under each title that is quoted.

/** Told when the site says nothing at all, which no health can tell. */
export const silence = 'SITE_SILENT';

/** What to do, by the code of an alarm. */
export const advice: Record<string, string> = {
  OUTBOX_UNREADABLE:
    "disque ou base : le code de `outbox-unopened` ou `outbox-unreadable` dans le journal ; lire « La boîte d'envoi ne s'ouvre pas »",
  OUTBOX_SET_ASIDE:
    "lire « Un fichier abîmé », `docs/sauvegarder.md` ; l'alarme cesse quand le fichier n'est plus là",
  DISK_FULL: 'faire de la place',
  DISK_LOW: 'faire de la place',
  MAIL_STUCK: "prévenir l'équipe ; réparer le courriel, puis `un-premier-pas relancer`",
  MAIL_LATE: '`un-premier-pas etat` dit le dernier refus, et la table des codes quoi corriger',
  MAIL_REFUSED: '`un-premier-pas etat` dit le dernier refus, et la table des codes quoi corriger',
  MAIL_BOUNCED: "prévenir l'équipe ; réparer sa boîte, puis `un-premier-pas relancer` : `docs/courriel.md`",
  MAIL_SENT_AGAIN: "réparer la première boîte ; l'équipe lit la seconde : `docs/courriel.md`",
  MAILBOX_UNREAD: 'le code de `mailbox-unread` : `docs/courriel.md`',
  REQUEST_UNREADABLE:
    "remettre l'`OUTBOX_SECRET` qui les a fermées, redémarrer : elles partent ; `un-premier-pas relire` les compte",
  SECRET_CHANGED: "remettre l'ancien tant que des demandes attendent ; le même sur toutes les machines",
  NO_TEAM_KEY: 'régler `PGP_PUBLIC_KEY_FILE` : `docs/cles.md`',
  KEY_EXPIRED: "changer de clé : « Les clés de l'équipe », `docs/cles.md`",
  KEY_EXPIRES_SOON: "changer de clé : « Les clés de l'équipe », `docs/cles.md`",
  COPY_LATE:
    '`journalctl -u un-premier-pas-copie` dit pourquoi ; plus voulue : « La copie de chaque heure », `docs/alertes.md`',
  MAIL_TO_FOLDER: 'jamais en production : régler `SMTP_HOST`',
  MORNING_TEST_LOST: 'comme `MAIL_STUCK` : les vraies demandes ne partent pas non plus',
  MORNING_TEST_ABSENT: "indésirables, règle de tri, boîte pleine : « La boîte de l'équipe est silencieuse »",
  PROXY_UNKNOWN: 'ajouter son adresse à `TRUSTED_PROXIES`, redémarrer',
  FLOOD: "lire « Trop d'envois » : si ce ne sont pas de vraies demandes, `HCAPTCHA_ALWAYS=true`",
  JOURNAL_LOST:
    "faire de la place, ou redémarrer avec une sortie qui se lit ; l'alarme cesse à la ligne suivante",
  LOOP_SLOW: "lire « Le site est lent, ou s'est relancé »",
  RESTARTED_AFTER_FAULT:
    "lire « Le site est lent, ou s'est relancé », transmettre la ligne `fault` à qui écrit le site",
  [silence]:
    '`systemctl status un-premier-pas` et `journalctl -u un-premier-pas` disent pourquoi ; redémarrer',
};
