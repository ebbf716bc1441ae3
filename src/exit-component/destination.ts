// Where the exit of another site leads: what the tag of its script says (`data-sortie`). What is thrown here reaches the
// console; the exit is not armed then, and the link still leaves.

/** The address to leave for, http or https. */
export const destination = document.currentScript?.dataset.sortie ?? ''; // a module has no tag

if (!/^https?:\/\/./.test(destination)) throw new Error('sortie.js : il faut data-sortie="https://…"');
