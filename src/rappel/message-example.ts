// E-mails on which nobody must act: those that test the way, and those that the team learns with.
import { type Message, textOf } from './message.ts';

/** An e-mail that only proves that requests arrive. */
export function asTest(message: Message): Message {
  const lines = [
    'ESSAI TECHNIQUE : NE PAS APPELER',
    'Ce courriel vérifie que les demandes arrivent. Il n’y a rien à faire. Ce qui suit est un exemple.',
  ];
  return { ...example(message, lines, 'ESSAI'), kind: 'essai', subject: 'Essai technique' };
}

/** An e-mail on an invented request: for the team to learn, sent like a true one. */
export function asExercise(message: Message): Message {
  const lines = [
    'EXERCICE : NE PAS APPELER',
    'Cette demande est inventée, pour apprendre à lire les vraies. Ce qui suit se lit comme une vraie demande.',
  ];
  return {
    ...example(message, lines, 'EXERCICE'),
    kind: 'exercice',
    subject: `EXERCICE ${message.subject}`,
  };
}

// Its moments too say in the agenda that nobody waits.
function example(message: Message, lines: string[], word: string): Message {
  const calendars = message.calendars.map(({ method, file }) => ({
    method,
    file: file.replaceAll('SUMMARY:', `SUMMARY:${word} `),
  }));
  return { ...message, text: textOf([lines, [message.text.trimEnd()]]), calendars };
}
