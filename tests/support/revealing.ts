/** Words that no title, address, preview or neutral text may hold: a history and a passer-by would read them. */
export const revealing = /violence|victime|conjugal|abus|viol|danger|urgence|plainte|aide/i;
