/** The script of the page in the frame, as `scripts/build-frame.mjs` leaves it. */
export const script: string;
