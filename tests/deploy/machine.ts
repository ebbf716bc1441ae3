// A machine of its own for tests: a real systemd as its first process, in namespaces, over a throw-away copy of this
// one's disk. It starts nothing by itself, cannot change this kernel, and shares this network, so that tests reach it.
import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../support/folder.ts';

/** A running machine. */
export type Machine = {
  /** Runs a command on it; resolves with what it says, rejects when it fails. */
  run(...words: string[]): Promise<string>;
  stop(): Promise<void>;
};

// Before the namespaces: control groups of its own, so that whatever it makes lies under them.
const leave = `set -e
for group in $GROUPS_OF_ITS_OWN; do mkdir -p "$group"; echo $$ > "$group/cgroup.procs"; done
exec unshare --fork --kill-child --pid --mount --uts --ipc --cgroup sh "$LAY_DISK" "$@"`;

const systemd = ['/lib/systemd/systemd', '--system', '--unit=essai.target', '--show-status=false'];

const site = new URL('../..', import.meta.url).pathname;

/** Why tests that need such a machine are skipped, or false. */
export const skip = reasonToSkip();

/** Starts a machine with these files in its /etc, by path. It ends with this process. */
export async function startMachine(files: Record<string, string>): Promise<Machine> {
  const target = { 'systemd/system/essai.target': '[Unit]\nDefaultDependencies=no\n' };
  const { words, environment, groups } = launch({ ...files, ...target }, systemd);
  const child = spawn('sh', words, { env: environment, stdio: 'ignore' });
  process.once('exit', () => child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const run = async (...command: string[]) => {
    const inside = ['--target', firstProcess(child.pid), '--all', '--', ...command];
    return (await promisify(execFile)('nsenter', inside)).stdout;
  };
  while (!(await run('systemctl', 'is-active', 'essai.target').catch(() => '')))
    if (child.exitCode !== null) throw new Error('The machine did not start');
  return {
    run,
    async stop() {
      process.kill(Number(firstProcess(child.pid)), 'SIGKILL'); // and with it all the others
      await ended;
      remove(groups);
    },
  };
}

function reasonToSkip(): string | false {
  if (spawnSync(systemd[0] as string, ['--version']).error)
    return 'systemd is not installed (Debian package: systemd)';
  const { words, environment, groups } = launch({}, ['true']);
  const { status, stderr } = spawnSync('sh', words, { env: environment, encoding: 'utf8' });
  remove(groups);
  return status === 0 ? false : `no machine can be made here: ${stderr.trim().split('\n').at(-1)}`;
}

function launch(files: Record<string, string>, command: string[]) {
  const [disk, etc] = [temporaryFolder(), temporaryFolder()];
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(etc, path)), { recursive: true });
    writeFileSync(join(etc, path), contents, { mode: path.includes('/secrets/') ? 0o600 : 0o644 });
  }
  const groups = ownGroups();
  const environment = {
    PATH: process.env.PATH,
    LAY_DISK: join(import.meta.dirname, 'lay-disk.sh'),
    GROUPS_OF_ITS_OWN: groups.join(' '),
  };
  return { words: ['-c', leave, 'sh', disk, etc, site, ...command], environment, groups };
}

// One under each control group of this process; cpuset's would need processors of its own.
function ownGroups(): string[] {
  const lines = readFileSync('/proc/self/cgroup', 'utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const [, kind = '', path = ''] = line.split(':');
    if (kind === 'cpuset') return [];
    return [join('/sys/fs/cgroup', kind.replace('name=', '') || 'unified', path, `essai-${process.pid}`)];
  });
}

function remove(groups: string[]): void {
  for (const group of groups) spawnSync('find', [group, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', ';']);
}

function firstProcess(parent: number | undefined): string {
  return execFileSync('pgrep', ['--parent', String(parent)], { encoding: 'utf8' }).trim();
}
