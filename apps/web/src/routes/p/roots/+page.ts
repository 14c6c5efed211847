/** A public page: no scripts. */
export const csr = false;
