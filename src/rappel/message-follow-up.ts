// The three links by which the team tells itself who takes a request. An e-mail of its own, never an answer: an answer
// quotes the number.

/** What the links say, in the subject. */
const steps = ['Je m’en charge', 'Jointe', 'Terminé'];

/** One line for each step: a new e-mail to the team's own mailbox, with a subject and nothing else (RFC 6068). */
export function followUp(reference: string, mailbox: string): string[] {
  return [
    'SUIVI (objet seul, corps vide : ne jamais répondre à ce courriel, une réponse recopie le numéro)',
    ...steps.map((step) => `  - ${step} : ${mailtoLink(mailbox, `${step} ${reference}`)}`),
  ];
}

function mailtoLink(mailbox: string, subject: string): string {
  const at = mailbox.lastIndexOf('@');
  const address = `${encodeURIComponent(mailbox.slice(0, at))}@${mailbox.slice(at + 1)}`;
  return `mailto:${address}?subject=${encodeURIComponent(subject)}`;
}
