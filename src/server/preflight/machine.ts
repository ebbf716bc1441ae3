// The machine that is checked, and what checks of it have in common.
import type { Opening } from '../../service/service.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Ask, Reply } from './ask.ts';
import type { Finding } from './finding.ts';

/** A machine: what it is set to, and how it looks at the world. */
export type Machine = {
  settings: Settings;
  environment: NodeJS.ProcessEnv;
  opening: Opening;
  ask: Ask;
  /** What the exit address answers, asked once for all. */
  exit: Promise<Reply | { error: unknown }>;
  /** Milliseconds since 1970. */
  now(): number;
};

/** Looks at one thing; what it finds is told in order. It changes nothing, and sends nothing. */
export type Check = (machine: Machine) => Promise<Finding[]>;
