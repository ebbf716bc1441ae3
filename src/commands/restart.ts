// `un-premier-pas redemarrer`: what only `deploy/commande` can do, which asks systemd. Here, it says so.
import type { Run } from '../command-line/command.ts';
import { SettingError } from '../settings/setting-error.ts';

/** Always rejects: a program cannot restart itself from beside. */
export const run: Run = () =>
  Promise.reject(
    new SettingError(
      'À lancer par le service : sudo /srv/un-premier-pas/actuelle/deploy/commande redemarrer',
    ),
  );
