// A command for who runs the site: what its help says, what it takes, where it is.

/** What a command was given, each checked. `argument`: '' when it takes none. */
export type Given = { argument: string; options: string[]; environment: NodeJS.ProcessEnv };

/** Does it, and prints; resolves with whether all is well. Rejects with `SettingError` when a setting is in the way. */
export type Run = (given: Given) => Promise<boolean>;

/** A command, without what it needs to run: its help costs nothing and touches nothing. */
export type Command = {
  /** Its line in the list, and the rest of its own page. */
  what: string;
  more: string;
  takes?: Argument;
  /** Each option, and what it allows. */
  options?: Record<string, string>;
  load(): Promise<{ run: Run }>;
};

/** What follows the word: how it is called, how it is asked for, what it must look like. */
export type Argument = { name: string; question: string; example: string; pattern: RegExp };

/** The commands, by the word that is typed. */
export type Commands = ReadonlyMap<string, Command>;
