/**
 * Stands for the area, in addresses and keys, of an approval whose published list does not show one.
 * No program can name an area so.
 */
export const unknownArea = 'unknown-area';
