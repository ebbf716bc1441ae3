// The effects handed to those who receive: time, chance, keys and the outbox. The domain reaches nothing by itself.
import type { Opening } from '../service/service.ts';
import type { Message } from './message.ts';
import type { Outbox } from './outbox.ts';
import type { Box } from './seal.ts';

export type Desk = {
  opening: Opening;
  now(): Date;
  /** Thirty-two random hexadecimal digits. */
  newId(): string;
  seal(message: Message): Promise<Uint8Array>;
  digest(text: string): string;
  tokens: Box;
  outbox: Outbox;
  /** Tells the courier that something waits. */
  wake(): void;
  /** Whether what is kept now is likely to reach the team late. */
  isMailLate(): Promise<boolean>;
  /** Writes an event with a code, never words. */
  journal(event: string, details: Record<string, string>): void;
};
