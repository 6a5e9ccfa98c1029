/** The dashboard as `vite build` leaves it: one script and one style, as text, so that any runtime can serve them. */
export const script: string;
export const style: string;
