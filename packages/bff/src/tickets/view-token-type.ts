/** The `typ` header of view tokens; tickets with it are refused, as view tokens without it are. */
export const viewTokenType = 'b131-view+jwt';
