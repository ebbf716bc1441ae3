// `npm run bench evening`: the evening when the number is on television. Two thousand visits a second and twenty forms, on
// one small machine. Writes its part of docs/mesures/vitesse.md; what it means: docs/decisions/0019-grandir-par-etages.md.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { mailSettings } from '../tests/support/mailbox.ts';
import { skip as noNginx, startNginx } from '../tests/support/nginx.ts';
import { freePort } from '../tests/support/port.ts';
import { skip as noPostgres, startPostgres } from '../tests/support/postgres.ts';
import { keyFile } from '../tests/support/team-keys.ts';
import { cores, pin } from './cores.ts';
import { memoryOf, workOf, written } from './figures.ts';
import { type Counter, openCounter } from './mailbox.ts';
import { type Account, arrivals, type Evening } from './open-loop-load.ts';
import { table, writePart } from './report.ts';
import { type Contender, site } from './servers.ts';

const visits = Number(process.env.VISITS ?? 2000);
const forms = Number(process.env.FORMS ?? 20);
const seconds = Number(process.env.EVENING_SECONDS ?? 60);

const PGP_PUBLIC_KEY_FILE = await keyFile(400);
const rows: string[][] = [];

const evening = { visits, forms, together: 0 };
await alone('un serveur, SQLite', { ...evening, seconds });
await alone('… 100 connexions partagées', { ...evening, seconds: seconds / 3, together: 100 });
for (const more of [1.5, 2, 3])
  await alone(`… × ${written(more, 1)}`, { ...evening, visits: visits * more, seconds: seconds / 6 });
await several('3 serveurs, PostgreSQL, derrière nginx', { ...evening, seconds: seconds / 2 });

const head = [
  'soirée',
  'visites par seconde',
  'sans réponse',
  'médiane, p99, pire',
  'formulaires : médiane, p99, pire',
  'notés → arrivés',
];
writePart('Un soir de télévision', 'bench evening', [
  'Chaque visite et chaque formulaire a son heure, et son temps compte depuis elle. Chaque visite ouvre sa connexion et la garde',
  'jusqu’à ce que le serveur la ferme (cinq secondes). Un cœur sert, l’autre demande et reçoit le courriel ; les demandes sont',
  'fermées avec la clé de l’équipe. « Occupé » : part d’un cœur, et, pour qui demande, s’il était la limite. Un processus n’a',
  `ici que ${written(filesAllowed())} fichiers ouverts, connexions comprises : à 4 000 visites par seconde, cinq secondes en tiennent 20 000.`,
  '',
  ...table([...head, 'occupé : serveur, qui demande', 'mémoire d’un serveur'], rows),
]);

function filesAllowed(): number {
  return Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]);
}

async function alone(name: string, plan: Omit<Evening, 'port'>): Promise<void> {
  const mailbox = await openCounter();
  const served = await site({ ...mailSettings(mailbox), PGP_PUBLIC_KEY_FILE });
  await told(
    name,
    { ...plan, port: Number(new URL(served.origin).port) },
    { mailbox, servers: [served], pids: served.pids },
  );
  await served.stop();
  mailbox.stop();
}

// Everything on the two cores at once, with who asks: a smaller machine for each than it would have.
async function several(name: string, plan: Omit<Evening, 'port'>): Promise<void> {
  const missing = noNginx || noPostgres;
  if (missing) return void rows.push([name, `non mesuré : ${missing}`, '', '', '', '', '', '']);
  const [mailbox, postgres, port] = [await openCounter(), await startPostgres(), await freePort()];
  const shared = {
    ...mailSettings(mailbox),
    PGP_PUBLIC_KEY_FILE,
    DATABASE_URL: await postgres.freshDatabase(),
    OUTBOX_SECRET: 'un secret assez long, le même pour toutes',
    TRUSTED_PROXIES: '127.0.0.1',
  };
  const servers = await Promise.all([site(shared), site(shared), site(shared)]);
  const pids = servers.flatMap((one) => one.pids);
  for (const pid of pids) pin([pid], `${cores.served},${cores.asking}`);
  const upstream = servers.map(({ origin }) => `server ${new URL(origin).host};`).join(' ');
  const proxy = await startNginx(
    `worker_processes 1;
    worker_rlimit_nofile 20000;
    pid nginx.pid;
    events { worker_connections 20000; }
    http {
      access_log off;
      keepalive_timeout 5;
      upstream site { ${upstream} keepalive 64; }
      server {
        listen 127.0.0.1:${port} backlog=4096;
        location / {
          proxy_pass http://site;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_set_header X-Forwarded-For $remote_addr;
        }
      }
    }`,
    port,
  );
  await told(name, { ...plan, port }, { mailbox, servers, pids });
  await proxy.stop();
  await Promise.all(servers.map(({ stop }) => stop()));
  await postgres.kill();
  mailbox.stop();
}

type Running = { mailbox: Counter; servers: Contender[]; pids: number[] };

async function told(name: string, plan: Evening, { mailbox, pids }: Running): Promise<void> {
  pin([mailbox.pid], cores.asking);
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, ...pids.map((pid) => memoryOf(pid)));
  }, 500);
  const before = workOf(pids);
  const account = await arrivals(plan);
  const busy = (workOf(pids) - before) / plan.seconds;
  clearInterval(watch);
  const arrived = await settled(mailbox, account.forms.done);
  rows.push(row(name, plan, { account, busy, most, arrived }));
  console.error(rows.at(-1)?.join(' | '));
}

async function settled(mailbox: Counter, expected: number): Promise<number> {
  for (const end = Date.now() + 60_000; Date.now() < end && (await mailbox.arrived()) < expected; )
    await pause(200);
  return mailbox.arrived();
}

type Outcome = { account: Account; busy: number; most: number; arrived: number };

function row(name: string, plan: Evening, { account, busy, most, arrived }: Outcome): string[] {
  const { visits, forms } = account;
  const times = [visits, forms].map(
    ({ median, p99, longest }) => `${[median, p99, longest].map((ms) => written(ms)).join(', ')} ms`,
  );
  return [
    `${name}, ${written(plan.seconds)} s`,
    `${written(visits.reached)} sur ${written(plan.visits)}`,
    written(visits.failed + forms.failed),
    ...times,
    `${written(forms.done)} → ${written(arrived)}`,
    `${written(100 * busy)} %, ${written(100 * account.busy)} %`,
    `${written(most)} Mo`,
  ];
}
