declare const published: unique symbol;

/**
 * What has passed the disclosure gate. Minted in `server/disclosure/gate.ts` alone; what lacks it cannot be
 * stored for readers.
 */
export type Published<T> = T & { readonly [published]: true };
