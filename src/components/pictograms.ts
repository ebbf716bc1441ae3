// Small drawings of one family: one stroke, round ends, no meaning that the words beside them do not carry.

/** The paths of each, on a square of 24. */
export const pictograms = {
  step: 'M3 20h6v-6h6V8h6',
  phone: 'M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z',
  callback:
    'M6 8h3l1 4-2 1a8 8 0 0 0 4 4l1-2 4 1v3a2 2 0 0 1-2 2A12 12 0 0 1 4 10a2 2 0 0 1 2-2zM13 6h7m-3-3 3 3-3 3',
  numbers: 'M4 5h16v14H4zM8 9h8M8 12h8M8 15h4',
  discreet: 'M3 3l18 18M2 12q10-12 20 0-10 12-20 0z',
  what: 'M4 11l8-7 8 7v9H4zM10 20v-6h4v6',
  who: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 20a6 6 0 0 1 12 0M16 11a3 3 0 1 0-1-5.8M17 14a6 6 0 0 1 5 6',
  when: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l4 2',
  talk: 'M4 5h16v11H11l-5 4v-4H4zM8 9h8M8 12h5',
  leave: 'M14 4H5v16h9M10 12h11M17 8l4 4-4 4',
  play: 'M7 4v16l13-8z',
  sound: 'M4 9h4l5-4v14l-5-4H4zM16 9a4 4 0 0 1 0 6m3-9a8 8 0 0 1 0 12',
  alert: 'M12 3l10 18H2zM12 10v5M12 18v.5',
} as const;

/** The markup of a drawing, for the texts that are not components. */
export function pictogram(name: keyof typeof pictograms): string {
  return `<svg class="pictogram" viewBox="0 0 24 24" aria-hidden="true"><path d="${pictograms[name]}"></path></svg>`;
}
