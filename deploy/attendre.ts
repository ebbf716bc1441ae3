// The unit's ExecStartPost: ends well once the site has answered, wherever it listens; badly once it is dead. systemd sets
// the limit of the wait.
import { existsSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';

const { MAINPID, RUNTIME_DIRECTORY = '' } = process.env;

const file = join(RUNTIME_DIRECTORY, 'adresse');

// The socket that systemd holds would keep the question of a dead site for ever.
setInterval(() => {
  try {
    process.kill(Number(MAINPID), 0);
  } catch {
    process.exit(1);
  }
}, 100);

watch(RUNTIME_DIRECTORY, ask);
ask();

async function ask(): Promise<void> {
  const origin = existsSync(file) && readFileSync(file, 'utf8');
  if (!origin) return; // not there, or not written yet
  await fetch(`${origin}/sante`);
  process.exit();
}
