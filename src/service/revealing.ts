// Words that tell what the line is about, to whoever holds the phone and reads its history, or sees a paper by chance. No
// title, address, preview or text for anybody to see may hold one.

/** Any of them, or the start of one. */
export const revealing = /violence|victime|conjugal|abus|viol|danger|urgence|plainte|aide/i;
