/** Bytes that any feature may put behind its rows: content-addressed, of types that are read from the bytes themselves. */
export { filePath, preparing, storeFile } from './files.ts';
